"""Killing real commands at random moments, and comparing what they leave with what an undisturbed run leaves."""
