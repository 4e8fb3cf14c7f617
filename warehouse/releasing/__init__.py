"""Releasing: what is published of a warehouse as files that others open, archive and cite."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
