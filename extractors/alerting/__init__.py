"""Alerting: which claims ring, by which rule, when and why; nothing is stored or sent here."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
