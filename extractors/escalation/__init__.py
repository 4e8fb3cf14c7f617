"""Escalation: a statement's polarity, category and severity by the codebook, with the words that led to it."""

import lazy_loader

VERSION = "escalation/9"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
