"""Asking: what people want to know of the warehouse, each question in one place."""
