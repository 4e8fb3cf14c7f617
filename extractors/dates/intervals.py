"""How long before the main clause somebody spoke: "The raid came two days after the envoy warned of it"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from extractors.dates.time_expressions import NUMBER, NUMBERS

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 24  # code points before "after"
_SPAN = re.compile(rf"\b(?P<count>{NUMBER}|the)\s(?P<unit>day|hour)s?\s$", re.IGNORECASE)
VAGUE = frozenset({"a few", "several", "a couple of"})


def clause_before(cue: Token) -> timedelta | None:
    """Return how long before the main clause the cue's own lies, told in days or hours; None where it is not."""
    mark = next((child for child in cue.lefts if child.dep_ == "mark" and child.lower_ == "after"), None)
    if mark is None or cue.dep_ not in {"advcl", "pcomp"}:
        return None
    text = cue.doc.text
    found = _SPAN.search(text, max(0, mark.idx - REACH), mark.idx)
    if found is None:
        return None
    word = found["count"].lower()
    if found["unit"].lower() == "hour":
        return timedelta(0)
    if word in VAGUE:
        return None
    return timedelta(days=int(word) if word.isdigit() else NUMBERS.get(word, 1))
