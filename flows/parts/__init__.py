"""Parts: WARC files read and articles extracted by pure functions, here or on other machines, merged by one writer."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
