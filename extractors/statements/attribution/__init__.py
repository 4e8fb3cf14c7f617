"""Attributing: whom the syntax around a cue names as the speaker."""
