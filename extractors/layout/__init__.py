"""Layout: what kind of document a text is, and in whose voice each of its paragraphs stands."""

import lazy_loader

VERSION = "layout/4"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
