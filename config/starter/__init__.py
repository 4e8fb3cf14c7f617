"""The files that `tocsin config init` writes: they extend the packaged ones and hold examples behind a #.

A line of an example begins with # and no space, so that taking the # from all of them gives one whole example.
"""

from importlib.resources import files

from config.describing.catalog import MODELS


def starter_files() -> dict[str, str]:
    """Return the text of each file by its name, in the order in which one reads them."""
    folder = files(__name__)
    return {name: (folder / name).read_text(encoding="utf-8") for name in MODELS if (folder / name).is_file()}
