"""Reading: the bytes of a page or text to an article, or the reason why they hold none."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
