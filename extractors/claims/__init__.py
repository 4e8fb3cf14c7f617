"""Claims: which statements report the same utterance. Statements in, groups with reasons out."""

import lazy_loader

VERSION = "3"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
