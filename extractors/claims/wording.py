"""Reading a statement's wording: which parts of it stand in quote marks."""

import re

from extractors.model import Form

QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{2,})[”»\"]")


def quoted_parts(content: str, form: Form) -> tuple[str, ...]:
    """Return the quoted parts of a statement's content: all of it where it is direct, none where it is indirect."""
    if form == "direct":
        return (content,)
    if form == "indirect":
        return ()
    # A quote that opens the content has lost its opening mark with the span's cut, or closes beyond it.
    return tuple(found.strip(" ,.;") for found in QUOTED.findall(content)) or (content.strip('“”„«»" '),)
