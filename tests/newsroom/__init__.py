"""Invented outlets that publish on loopback, and what a reader of them should end up with."""

from tests.newsroom.newsroom import ExpectedArticle, Newsroom

__all__ = ["ExpectedArticle", "Newsroom"]
