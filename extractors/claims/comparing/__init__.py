"""Comparing two reports: voice, occasion and content."""
