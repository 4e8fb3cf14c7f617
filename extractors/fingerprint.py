"""An article's identity and its likeness to others."""

import hashlib
import unicodedata

_FOLD = str.maketrans("“”„‟«»‹›‘’‚‛′‐‑‒–—―−", '""""""""\'\'\'\'\'-------', "\u00ad\u200b\u200c\u200d\u2060\ufeff")


def normalise(text: str) -> str:
    """Return the text as identity sees it: NFKC, plain quotes and dashes, case and white space folded."""
    folded = unicodedata.normalize("NFKC", text.translate(_FOLD)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def content_hash(text: str) -> str:
    """Return the SHA-256 of the normalised text in hexadecimal: an article's identity."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()
