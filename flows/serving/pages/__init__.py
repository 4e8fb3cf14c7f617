"""Tocsin's own pages: the report, metrics and health, answered beside Prefect's."""
