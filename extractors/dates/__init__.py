"""Dates: what feeds, pages and sentences write of a time, as a moment, a day or a period."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
