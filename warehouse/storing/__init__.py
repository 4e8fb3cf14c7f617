"""Storing: what flows write of the news, and read again to write the rest."""
