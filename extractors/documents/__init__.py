"""Documents: what an issuer says in its own words, and what its document attributes to others."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
