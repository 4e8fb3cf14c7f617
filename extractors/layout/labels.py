# ruff: noqa: E501 (one pattern a line: it is data)
"""Labels of speakers at the head of a paragraph or on a line of their own: "MR. WARD:", "Q:", "**Ilya Kern**"."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.layout.lines import BULLETS, EMPHASIS, MARKUP, has_office, is_heading_case, is_name, plain

LabelKind: TypeAlias = Literal["speaker", "question", "answer"]
LONGEST = 90  # code points of a label, an office and a bracket included

_LEAD = re.compile(
    rf"(?:[{BULLETS}]+|[-–—]\s|\d{{1,3}}[.)]\s|\*\*|__|<(?:b|strong)>|[<\[(](?=[^<>()\[\]\n]{{1,40}}[>\])]))\s*",
    re.IGNORECASE,
)
_ASKED = r"(?:q(?:uestion)?(?: ?(?:no\.? ?)?\d{1,3})?|reporter|journalist|press|interviewer|correspondent|вопрос|질문|기자|문|问|問|记者|記者)"
_ANSWERED = r"(?:a(?:nswer)?(?: ?\d{1,3})?|reply|response|ответ|답변|답|答)"
_TAIL = r"(?:\s?\([^()\n]{1,40}\))?\s?(?:\*\*|__|</(?:b|strong)>)?\s?[:.：>\])]+\s?(?:\*\*|__|</(?:b|strong)>)?\s*"
QUESTION = re.compile(rf"{_ASKED}{_TAIL}", re.IGNORECASE)
ANSWER = re.compile(rf"{_ANSWERED}{_TAIL}", re.IGNORECASE)
BARE_QUESTION = re.compile(r"Q\s+(?=[A-Z“\"(\[‘'—–-])")  # the stenographers' "Q Did the President ..."
BARE_LINE = {
    "question": re.compile(rf"{_ASKED}\W*", re.IGNORECASE),
    "answer": re.compile(rf"{_ANSWERED}\W*", re.IGNORECASE),
}
_COLON = re.compile(r"(?:\*\*|__|</(?:b|strong)>)?\s?[:：]\s?(?:\*\*|__|</(?:b|strong)>)?\s*")
_BRACKET = re.compile(r"\s?[(\[][^()\[\]\n]{1,60}[)\]]\s*$")
_STAGE = re.compile(
    r"\s*[(\[](?:as (?:interpreted|translated|delivered|prepared)|(?:via|through|in) [\w ,]{2,40}|inaudible|off[ -]mic(?:rophone)?|laughter|laughs|applause|speaks [\w ]{2,30}|speaking [\w ]{2,30})\.?[)\]]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label: ``name`` is the speaker's, empty for questions and answers; ``end`` is where his words begin.

    ``is_strong`` marks one whose shape alone tells: an office, a form of address, capitals or emphasis.
    """

    kind: LabelKind
    name: str
    end: int
    is_strong: bool = False
    is_alone: bool = False


def find_label(text: str) -> Label | None:
    """Return the label that a paragraph begins with; None where it has none."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    for kind, pattern in (("question", QUESTION), ("answer", ANSWER), ("question", BARE_QUESTION)):
        if found := pattern.match(text, start):
            return Label(kind, "", found.end(), is_strong=True, is_alone=found.end() >= len(text))  # type: ignore[arg-type]
    return _named(text, start) or _alone(text)


def is_question(text: str) -> bool:
    """Tell whether a paragraph begins with the label of a question: with it a transcript's body begins."""
    label = find_label(text)
    return label is not None and label.kind == "question"


def skip_stage(text: str, start: int) -> int:
    """Return where the words begin after stage directions: "(As interpreted.) We ..."."""
    while found := _STAGE.match(text, start):
        start = found.end()
    return start


def _named(text: str, start: int) -> Label | None:
    colon = next((one for one in _COLON.finditer(text, start, start + LONGEST)), None)
    if colon is None or colon.end() == colon.start():
        return None
    head = text[start : colon.start()]
    name = _BRACKET.sub("", plain(head)).strip(" \t.-–—]>)")
    if not is_name(name) or is_heading_case(name):
        return None
    emphasised = bool(EMPHASIS.match(text[:start] + head)) or text[:start].strip(" -–—") != ""
    is_capital = name.upper() == name and len(name) > 3
    return Label(
        "speaker", name, colon.end(), emphasised or has_office(name) or is_capital, is_alone=colon.end() >= len(text)
    )


def _alone(text: str) -> Label | None:
    """Return a name that is the whole line."""
    line = plain(text).strip(BULLETS + " \t-–—")
    if len(line) > LONGEST or (line[-1:] in {".", "!", "?", ":", ";", ","} and not line.endswith(("Jr.", "Sr."))):
        return None
    for kind, pattern in BARE_LINE.items():
        if pattern.fullmatch(line):
            return Label(kind, "", len(text), is_strong=True, is_alone=True)  # type: ignore[arg-type]
    name = _BRACKET.sub("", line).strip()
    if not is_name(name) or is_heading_case(name):
        return None
    return Label("speaker", name, len(text), is_strong=bool(MARKUP.search(text)), is_alone=True)
