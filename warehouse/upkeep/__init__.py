"""Upkeep: the schema's migrations, the snapshot for readers, and the reference page."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
