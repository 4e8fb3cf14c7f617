"""Correcting: what people say about who is who, entered in the ledger and applied to what is stored."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
