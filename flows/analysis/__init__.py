"""Analysis: from stored articles to statements, claims and alerts, and what a run came to."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
