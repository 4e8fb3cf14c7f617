"""Monitoring: whether an installation does its work, noted after each run and told to whoever asks."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
