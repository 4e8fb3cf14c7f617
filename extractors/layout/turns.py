"""Turns: whose words each paragraph is, from label to label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layout.furniture import is_furniture
from extractors.layout.labels import Label, find_label, skip_stage
from extractors.layout.lines import is_heading_case, plain, words
from extractors.layout.model import Part

SHORT_HEADING = 12  # words

_RUN_IN = re.compile(
    r"(?:\*\*)?[A-Z][A-Z’'.&,–-]*(?: [A-Z0-9][A-Z0-9’'.&,–-]*)+(?:\*\*)?\s?:\s?(?:\*\*)?\s*(?=\S)|\d{1,2}[.)]\s+"
)


@dataclass(slots=True)
class Turns:
    """The parts of a document and the names of its labels in order; voice 0 is the issuer's."""

    parts: list[Part] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def voice_of(self, name: str) -> int:
        """Return the number of a label's voice."""
        spelled = name.casefold()
        known = [one.casefold() for one in self.names]
        if spelled not in known:
            self.names.append(name)
            return len(self.names)
        return known.index(spelled) + 1


def labels_of(paragraphs: Sequence[str]) -> list[Label | None]:
    """Return the label of each paragraph that has one, those that the whole text bears out."""
    found = [find_label(one) for one in paragraphs]
    names = [one.name.casefold() for one in found if one and one.kind == "speaker" and not one.is_alone]
    alone = [one.name.casefold() for one in found if one and one.kind == "speaker" and one.is_alone]
    asked = any(one and one.kind == "question" for one in found)
    return [
        one
        if one and _is_borne_out(one, names, alone, asked=asked) and _is_followed(one, paragraphs, found, at)
        else None
        for at, one in enumerate(found)
    ]


def _is_borne_out(label: Label, names: Sequence[str], alone: Sequence[str], *, asked: bool) -> bool:
    if label.kind != "speaker":
        return label.kind == "question" or asked
    name = label.name.casefold()
    if label.is_alone:
        return alone.count(name) > 1 or (asked and label.is_strong) or name in names
    return label.is_strong or asked or names.count(name) > 1


def _is_followed(label: Label, paragraphs: Sequence[str], found: Sequence[Label | None], at: int) -> bool:
    """Tell whether a label that stands alone has words below it."""
    if not label.is_alone:
        return True
    return at + 1 < len(paragraphs) and not (found[at + 1] is not None and found[at + 1].is_alone)  # type: ignore[union-attr]


def divide(paragraphs: Sequence[str], labels: Sequence[Label | None], *, issuer: bool) -> Turns:
    """Give each paragraph its part; "A:" is the issuer's voice where there is one."""
    turns = Turns()
    current: int | None = 0 if issuer else None
    is_question = False
    for text, label in zip(paragraphs, labels, strict=True):
        if label is None:
            turns.parts.append(_unlabelled(text, current, is_question=is_question))
            continue
        is_question = label.kind == "question"
        if label.kind == "speaker":
            current = turns.voice_of(label.name)
        elif label.kind == "answer":
            current = 0 if issuer else current
        if label.is_alone:
            turns.parts.append(Part("label"))
        elif is_question:
            turns.parts.append(Part("question", label.end))
        else:
            turns.parts.append(Part("turn", skip_stage(text, label.end), current))
    return turns


def _unlabelled(text: str, current: int | None, *, is_question: bool) -> Part:
    if is_furniture(text):
        return Part("furniture")
    if is_question:
        return Part("question")
    if is_heading(text):
        return Part("heading")
    return Part("text", skip_stage(text, run_in_heading(text)), current)


def run_in_heading(text: str) -> int:
    """Return where the words begin after a heading in capitals on their line: "STANDING FIRM: Today ..."."""
    found = _RUN_IN.match(text)
    return found.end() if found else 0


def is_heading(text: str) -> bool:
    """Tell a line that heads what follows: short, and no sentence."""
    line = plain(text)
    if is_heading_case(line) and line[-1:] in {".", "!"}:
        return False  # a post in capitals: "THEY WILL PAY A HEAVY PRICE!"
    if line != text.strip() and len(words(line)) <= SHORT_HEADING and line[-1:] not in ".!?":
        return True  # set off by Markdown or leftover markup
    return is_heading_case(line) or (len(words(line)) <= SHORT_HEADING and line[-1:].isalnum())
