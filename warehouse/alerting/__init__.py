"""Alerting: claims as rules see them, the alerts on record, and the messages they call for."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
