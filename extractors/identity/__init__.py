"""Identity: which addresses are one page, which texts are one article, and what a text is among those known."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
