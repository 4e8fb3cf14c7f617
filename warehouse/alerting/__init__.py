"""Alerting: claims as rules see them, the alerts on record, and the messages they call for."""
