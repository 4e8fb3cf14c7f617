"""Actors: who is known, who is mentioned, who speaks."""

import lazy_loader

VERSION = "8"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
