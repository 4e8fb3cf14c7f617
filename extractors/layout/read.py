"""The pass itself: from an article to its layout."""

from collections.abc import Sequence

from extractors.layout.issuers import (
    is_official_body,
    issuer_of_head,
    issuer_of_opening,
    issuer_of_title,
    person_of_title,
    several,
    signature,
)
from extractors.layout.kinds import kind_of_title
from extractors.layout.labels import Label
from extractors.layout.lines import has_office
from extractors.layout.model import Layout, Part, Voice
from extractors.layout.own_voice import performer, speaks_for_itself
from extractors.layout.turns import divide, labels_of
from extractors.layout.furniture import is_furniture
from extractors.model import Article, DocumentKind

QUOTES = 3  # the fewest quotes that make a list of them
# documents that tell of their leaders in the third person: those speak in them as in news
THIRD_PERSON = frozenset({"read-out", "fact-sheet"})


def read_layout(article: Article) -> Layout:
    """Return what kind of document an article is, and whose words each of its paragraphs are."""
    texts = [one.span.of(article.text) for one in article.paragraphs]
    labels = labels_of(texts)
    title = article.title or _title_in(texts)
    announced = kind_of_title(title)
    body = article.issuer or (article.outlet if is_official_body(article.outlet) else None)
    is_transcript = _is_transcript(labels, announced)
    signed = signature(texts) if announced or body else None
    issuer = _issuer(title, texts, announced, body, signed, is_transcript=is_transcript)
    side = _side(title, announced) if issuer is None and not is_transcript else None
    if issuer is None and side is None and not is_transcript:
        return _voiceless(texts, announced)
    kind = _kind(announced, labels, texts, is_transcript=is_transcript, is_signed=signed is not None)
    people = list(several(issuer)) if issuer else []
    has_issuer = issuer is not None or side is not None
    turns = divide(texts, labels, issuer=has_issuer, answers=0 if has_issuer else None)
    parts = _without_head(turns.parts, texts, issuer)
    if signed is not None:
        parts[-signed[1] :] = [Part("signature")] * signed[1]
    first = Voice(side, is_side=True) if side else Voice(people[0] if people and is_transcript else issuer or "")
    return Layout(kind, tuple(parts), (first, *map(Voice, turns.names)), tuple(people), body, has_issuer)


def _voiceless(texts: Sequence[str], announced: DocumentKind | None) -> Layout:
    """Return the layout of a text in nobody's own voice: news, or a document that names no issuer."""
    parts = tuple(Part("furniture" if is_furniture(one) else "text") for one in texts)
    return Layout(announced if announced in THIRD_PERSON else "news", parts)


def _title_in(texts: Sequence[str]) -> str | None:
    """Return a title too long to be told from the body by its length: a first line without an end."""
    first = texts[0].strip() if texts else ""
    return first if len(texts) > 1 and first[-1:].isalnum() else None


def _side(title: str | None, announced: DocumentKind | None) -> str | None:
    """Return the words of the title whose first name tells the side that publishes: its side or its leader's."""
    if announced in THIRD_PERSON:
        return (title or "").partition(":")[2].strip() or title
    return person_of_title(title) if announced is not None else None


def _issuer(
    title: str | None,
    texts: Sequence[str],
    announced: DocumentKind | None,
    body: str | None,
    signed: tuple[str, int] | None,
    *,
    is_transcript: bool,
) -> str | None:
    """Return whom the document is by: the person where it names one, else the body that publishes it."""
    named = None if announced in THIRD_PERSON else issuer_of_title(title, is_announced=announced is not None)
    head = issuer_of_head(texts) or (issuer_of_opening(texts) if announced or body else None)
    found = head or named or (signed[0] if signed else None)
    if found is not None:
        return found
    if body is not None:
        return body
    if announced is not None:
        return None if is_transcript or announced in THIRD_PERSON else performer(texts)
    return performer(texts) if speaks_for_itself(texts) else None


def _is_transcript(labels: Sequence[Label | None], announced: DocumentKind | None) -> bool:
    n_labels = sum(one is not None for one in labels)
    asked = any(one is not None and one.kind == "question" for one in labels)
    names = [one.name.casefold() for one in labels if one is not None and one.kind == "speaker"]
    if asked and len(names) + sum(one is not None and one.kind == "answer" for one in labels) > 0:
        return True
    if any(one is not None and one.is_strong and has_office(one.name) and one.name.isupper() for one in labels):
        return True
    if announced is not None:
        return n_labels > 0 and announced in {"transcript", "address", "statement", "press-statement"}
    return len(names) > len(set(names)) and len(names) >= 3  # noqa: PLR2004 - a name comes back


def _kind(
    announced: DocumentKind | None,
    labels: Sequence[Label | None],
    texts: Sequence[str],
    *,
    is_transcript: bool,
    is_signed: bool,
) -> DocumentKind:
    if is_transcript:
        return "transcript"
    quoted = sum(one.lstrip().startswith(("“", '"', "«")) for one in texts)
    if quoted >= len(texts) / 2 and quoted >= QUOTES:
        return "quotes"
    if announced is not None:
        return "press-statement" if is_signed and announced == "statement" else announced
    return "press-statement" if is_signed else "statement"


def _without_head(parts: Sequence[Part], texts: Sequence[str], issuer: str | None) -> list[Part]:
    """Mark the lines that only say who issues the document: they are in nobody's voice."""
    mended = list(parts)
    for at, text in enumerate(texts[:6]):
        if (
            issuer
            and mended[at].kind in {"text", "heading"}
            and (issuer_of_head([text]) is not None or text.strip() == issuer)
        ):
            mended[at] = Part("issuer")
    return mended
