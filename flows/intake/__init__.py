"""Intake: from sources, files and crawls to stored articles; all that is read from outside is read here."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
