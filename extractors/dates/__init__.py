"""Dates: what feeds, pages and sentences write of a time, as a moment, a day or a period."""
