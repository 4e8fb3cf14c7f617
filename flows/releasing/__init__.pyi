from .release import Release, write_release

__all__ = ["Release", "write_release"]
