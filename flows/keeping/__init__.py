"""Keeping: copies of a warehouse and its pages, their way back, and what is let go of with age."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
