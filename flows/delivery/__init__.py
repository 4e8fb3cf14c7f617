"""Delivery: from alerts on record to messages that arrived, each tried until it is settled."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
