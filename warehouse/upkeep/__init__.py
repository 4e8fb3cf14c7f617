"""Upkeep: the schema's migrations, the snapshot for readers, and the reference page."""
