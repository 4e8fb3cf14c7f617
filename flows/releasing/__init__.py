"""Releasing: a folder of a warehouse's tables with all that somebody needs to read, archive and cite them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
