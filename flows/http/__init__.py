"""The HTTP door: everything Tocsin asks of the web goes through here."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
