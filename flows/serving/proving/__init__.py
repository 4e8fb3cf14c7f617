"""Proving an installation: a trial of everything, from a feed of our own to an alert that arrives."""
