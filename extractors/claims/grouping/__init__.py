"""Grouping reports: the same groups whatever their order, and ids that last."""
