"""Numbers with their nouns."""


def counted(n: int, noun: str) -> str:
    """Return how many there are, with the noun in the singular for one alone."""
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("y") else f"{n} {noun}s"
