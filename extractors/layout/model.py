"""What the layout pass finds: the kind of document, whose voice each paragraph is in, and what is no text at all."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.model import DocumentKind

PartKind: TypeAlias = Literal[
    "text", "turn", "question", "quote", "heading", "label", "signature", "issuer", "furniture"
]

StandsFor: TypeAlias = Literal["self", "side", "leader", "quoted", "interviewed"]


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph: ``start`` is where its words begin after a label, ``voice`` indexes ``Layout.voices``.

    ``voice`` is None where the paragraph is in nobody's own voice: news, questions, headings, furniture.
    """

    kind: PartKind
    start: int = 0
    voice: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a document without a cue: ``name`` as a phrase, such as "President Ada Roe".

    ``stands_for`` is what the phrase tells: the speaker himself, only the side that publishes ("Fact sheet: President
    Roe signs ..."), the leader of the nation he greets ("Fellow Norlanders!"), or the first person of a line that leads
    up to a list of quotes ("What President Roe said of the raid:"), or whom an introduction says was interviewed.
    """

    name: str
    stands_for: StandsFor = "self"


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's layout; ``parts`` are its paragraphs in order, ``voices[0]`` is the issuer where ``has_issuer``.

    ``context`` are phrases of the head that introduce people in full; ``body`` is the institution that publishes.
    """

    kind: DocumentKind
    parts: tuple[Part, ...]
    voices: tuple[Voice, ...] = ()
    context: tuple[str, ...] = ()
    body: str | None = None
    has_issuer: bool = False

    @property
    def is_document(self) -> bool:
        """Tell whether somebody speaks in it without a cue."""
        return any(part.voice is not None for part in self.parts)
