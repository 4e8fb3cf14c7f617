"""Feeds: the bytes of a listing to entries, what of them is new, and when a source is asked again."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
