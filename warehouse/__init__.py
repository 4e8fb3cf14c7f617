"""All SQL: what is stored, what is asked of it, and what keeps it in order."""
