"""Statements: what an article says that somebody said."""

import lazy_loader

VERSION = "9"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
