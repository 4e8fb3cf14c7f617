"""Letters as search compares them: without case, accents and what cannot be seen."""

import re
import unicodedata

_COMBINING = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]")
# Letters that have no decomposition and are written plainly in English.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"})


def fold(text: str) -> str:
    """Return the text without case, accents and invisible letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return _COMBINING.sub("", plain)
