"""Serving: schedules, and a Prefect server of our own that never outlives us."""
