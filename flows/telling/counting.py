"""Numbers with their nouns."""

VOWELS = frozenset("aeiou")


def counted(n: int, noun: str) -> str:
    """Return how many there are, with the noun as the number wants it: "1 copy", "2 copies", "3 days"."""
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in VOWELS else f"{n} {noun}s"


def counted_of(n: int, plural: str) -> str:
    """Return how many there are of what is named in the plural: "1 saved query", "2 saved queries"."""
    return counted(n, f"{plural[:-3]}y" if plural.endswith("ies") else plural.removesuffix("s"))
