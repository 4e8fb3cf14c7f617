"""Pure extraction: bytes and text in, frozen values out.

Its faces, like this one, import a name from its module when the name is first used: importing one costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
