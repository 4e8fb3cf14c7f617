"""The pass itself: from an article to its layout."""

import re
from collections.abc import Sequence

from extractors.layout.furniture import is_furniture
from extractors.layout.interviews import interview, names_answers
from extractors.layout.issuers import (
    body_in_head,
    is_official_body,
    issuer_of_byline,
    issuer_of_head,
    issuer_of_opening,
    issuer_of_title,
    person_first,
    person_of_opening,
    person_of_title,
    several,
    signature,
)
from extractors.layout.kinds import kind_of_title
from extractors.layout.labels import Label
from extractors.layout.lines import has_office
from extractors.layout.model import Layout, Part, Voice
from extractors.layout.own_voice import performer, reports, speaks, speaks_for_itself
from extractors.layout.quoting import is_quoted, lists_quotes, with_quoted
from extractors.layout.salutation import greeting, is_by_leader, nation
from extractors.layout.turns import divide, labels_of
from extractors.model import Article, DocumentKind

# documents that tell of their leaders in the third person: those speak in them as in news
THIRD_PERSON = frozenset({"read-out", "fact-sheet"})
SPOKEN = frozenset({"transcript", "address", "statement", "press-statement"})  # what may be given by several in turn
POSTS = 3  # the fewest that make a live blog
_POST = re.compile(
    r"(?:\*\*|#+ )?\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4}\b)?(?:\*\*)?\s*[:|–—-]?\s", re.IGNORECASE
)
_CONFERENCE = re.compile(r"\b(?:press|news) conference\b", re.IGNORECASE)
TURNS = 3  # the fewest that show a transcript where a name comes back


def read_layout(article: Article) -> Layout:
    """Return what kind of document an article is, and whose words each of its paragraphs are."""
    texts = [one.span.of(article.text) for one in article.paragraphs]
    layout = _read(article, texts)
    return with_quoted(layout, texts, article.title) if layout.kind == "quotes" else layout


def _read(article: Article, texts: Sequence[str]) -> Layout:
    labels = labels_of(texts)
    title = article.title or _title_in(texts)
    announced = (
        None if reports(texts) and not (issuer_of_head(texts) or issuer_of_byline(texts)) else _announced(title, texts)
    )
    body = article.issuer or (article.outlet if is_official_body(article.outlet) else None)
    is_transcript = _is_transcript(labels, texts, announced)
    greets = None if is_transcript else greeting(texts)
    signed = signature(texts) if announced or body or greets else None
    issuer = _issuer(title, texts, announced, body, signed, is_transcript=is_transcript)
    leads = bool(greets) and is_by_leader(texts) and issuer in {None, body}
    first = Voice(issuer, "leader" if leads else "self") if issuer else None
    if first is None or (announced == "read-out" and issuer == body):  # the leader whose talks are told of
        first = _side(title, texts, announced or ("address" if greets else None)) or first
    asked = interview(title, texts, body) if first is None and not names_answers(labels, texts) else None
    if asked is not None:
        return asked
    if first is None and not is_transcript:
        return _voiceless(title, texts, labels, announced)
    kind = _kind(
        announced or ("address" if greets else None), texts, is_transcript=is_transcript, is_signed=bool(signed)
    )
    people = list(several(issuer)) if issuer else []
    has_issuer = first is not None
    turns = divide(texts, labels if is_transcript else [None] * len(texts), issuer=has_issuer)
    parts = _without_head(turns.parts, texts, issuer)
    if signed is not None:
        parts[-signed[1] :] = [Part("signature")] * signed[1]
    if people and is_transcript:
        first = Voice(people[0])
    return Layout(kind, tuple(parts), (first or Voice(""), *map(Voice, turns.names)), tuple(people), body, has_issuer)


def _voiceless(
    title: str | None, texts: Sequence[str], labels: Sequence[Label | None], announced: DocumentKind | None
) -> Layout:
    """Return the layout of a text that names no issuer: news, in which a label may still give words to somebody."""
    names: list[str] = []
    parts = []
    for text, label in zip(texts, labels, strict=True):
        if label is not None and _gives_words(label, text, texts):
            names.append(label.name)
            parts.append(Part("turn", label.end, len(names)))
        else:
            parts.append(Part("furniture" if is_furniture(text) else "text"))
    return Layout(_kind_of_news(title, texts, announced), tuple(parts), (Voice(""), *map(Voice, names)))


def _gives_words(label: Label, text: str, texts: Sequence[str]) -> bool:
    """Tell whether a label in news names somebody of whom the rest of the text tells."""
    if label.kind != "speaker" or label.is_alone or is_quoted(text[label.end :]):
        return False
    last = label.name.split()[-1]
    return len(label.name.split()) > 1 and any(last in other for other in texts if other is not text)


def _kind_of_news(title: str | None, texts: Sequence[str], announced: DocumentKind | None) -> DocumentKind:
    if lists_quotes(texts):
        return "quotes"
    if announced in THIRD_PERSON:
        return announced
    if sum(bool(_POST.match(one)) for one in texts) >= POSTS:
        return "live-blog"
    return "press-conference" if title and _CONFERENCE.search(title) else "news"


def _announced(title: str | None, texts: Sequence[str]) -> DocumentKind | None:
    """Return the kind that the title announces, or the line below a title that only names the office."""
    first = texts[0] if texts else None
    return kind_of_title(title) or (kind_of_title(first) if body_in_head(title, ()) and first else None)


def _title_in(texts: Sequence[str]) -> str | None:
    """Return a title too long to be told from the body by its length: a first line without an end."""
    first = texts[0].strip() if texts else ""
    return first if len(texts) > 1 and first[-1:].isalnum() else None


def _side(title: str | None, texts: Sequence[str], kind: DocumentKind | None) -> Voice | None:
    """Return who publishes a document that names no issuer: a leader who greets his nation, or a side alone."""
    if kind in THIRD_PERSON:
        line = (title or "").partition(":")[2].strip() or title
        person = person_first(line) or person_of_opening(texts)
        name = person or line
        return Voice(name, "side") if name else None
    person = person_of_title(title) if kind is not None and kind != "address" else None
    if person is not None:
        return Voice(person, "side")
    people = nation(texts) if kind == "address" and speaks_for_itself(texts) else None
    return Voice(people, "leader" if is_by_leader(texts) else "side") if people else None


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
    named = (
        None
        if announced in THIRD_PERSON
        else issuer_of_title(title, is_announced=announced is not None or is_transcript)
    )
    head = issuer_of_head(texts)
    if announced or body or is_transcript or speaks(texts) or performer(texts):
        head = head or issuer_of_byline(texts)
    head = head or (issuer_of_opening(texts) if announced or body else None)
    found = head or named or (signed[0] if signed else None) or (body_in_head(title, texts) if announced else None)
    if found is not None:
        return found
    if body is not None:
        return body
    if announced is not None:
        return None if is_transcript or announced in THIRD_PERSON else performer(texts)
    return performer(texts) if speaks_for_itself(texts) else None


def _is_transcript(labels: Sequence[Label | None], texts: Sequence[str], announced: DocumentKind | None) -> bool:
    spoken = [one for one, text in zip(labels, texts, strict=True) if one and not is_quoted(text[one.end :])]
    names = [one.name.casefold() for one in spoken if one.kind == "speaker"]
    asked = any(one.kind == "question" for one in spoken)
    if asked and len(names) + sum(one.kind == "answer" for one in spoken) > 0:
        return True
    if any(has_office(one.name) and one.name.isupper() for one in spoken):
        return True
    if announced is not None:
        return bool(spoken) and announced in SPOKEN
    return len(names) > len(set(names)) and len(names) >= TURNS


def _kind(
    announced: DocumentKind | None, texts: Sequence[str], *, is_transcript: bool, is_signed: bool
) -> DocumentKind:
    if is_transcript:
        return "transcript"
    if lists_quotes(texts):
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
            and (issuer_of_head([text]) or issuer_of_byline([text]) or text.strip() == issuer)
        ):
            mended[at] = Part("issuer")
    return mended
