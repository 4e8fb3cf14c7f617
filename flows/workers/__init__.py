"""Workers: work in processes that can be killed, and that never outlive who needs them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
