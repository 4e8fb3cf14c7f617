"""Joining: one paragraph's quotes and clauses, each content once and cut to size."""
