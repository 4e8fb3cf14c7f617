"""Identifiers computed from content, so that a replay gives the same ones."""

import hashlib

LENGTH = 20


def make_key(*parts: object) -> str:
    """Return the first 80 bits of the SHA-256 of the parts, hexadecimal; parts cannot run into each other."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
