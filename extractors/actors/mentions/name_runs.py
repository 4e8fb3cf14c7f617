"""Rows of capitalised words: what could be a name that nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.actors.known.folding import Word, find_words
from extractors.actors.known.gazetteer import Gazetteer
from extractors.language import ParsedParagraph
from extractors.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

OPENERS = "“\"‘'(«„[—–:"
NAME_GLUE = frozenset({" ", "-", "‑", ". ", "’", "'", ".", " '", " “"})
COURTESY = frozenset({"Mr", "Mrs", "Ms", "Dr", "Sir"})  # another name begins
LONGEST_RUN = 40  # words; no name is as long, and a list of names without commas is read in parts
ORGANISATION_LINKS = frozenset({"of", "for", "on", "and", "&", "the", "to", "in"})


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as words, with the parse's token and the text between for each word."""

    paragraph: ParsedParagraph
    text: str
    words: Sequence[Word]
    tokens: Sequence[Token | None]
    gaps: Sequence[str]

    def gap(self, position: int) -> str:
        """Return the text between a word and the one before it."""
        return self.gaps[position]

    def part(self, first: int, last: int) -> tuple[Span, str]:
        """Return the place and the text of words ``first`` to before ``last``."""
        span = Span(self.words[first].start, self.words[last - 1].end)
        return span, self.text[span.start - self.paragraph.start : span.end - self.paragraph.start]


def make_line(paragraph: ParsedParagraph) -> Line:
    """Join words and parse; spaCy puts a document's text together anew each time, so it is asked for once."""
    text, start = paragraph.doc.text, paragraph.start
    words = find_words(text, start)
    by_place = {token.idx + start: token for token in paragraph.doc}
    gaps = [
        text[(words[index - 1].end - start if index else 0) : word.start - start] for index, word in enumerate(words)
    ]
    return Line(paragraph, text, words, [by_place.get(word.start) for word in words], gaps)


def is_sentence_start(line: Line, position: int) -> bool:
    """Tell whether the word is capitalised because of its place alone."""
    token = line.tokens[position]
    gap = line.gap(position).strip()
    return (
        position == 0 or (token is not None and bool(token.is_sent_start)) or (gap[-1:] in tuple(OPENERS) and bool(gap))
    )


def may_be_name(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether the word could be part of a name by its capital, its place and its part of speech."""
    word, token = line.words[position], line.tokens[position]
    if not word.is_capitalised or word.folded in gazetteer.roles.never_names or word.text.isdigit():
        return False
    if token is None:
        return True
    is_name = token.pos_ == "PROPN" or (
        token.ent_type_ in {"PERSON", "ORG", "GPE"} and token.pos_ in {"NOUN", "ADJ", "X"}
    )
    if is_sentence_start(line, position):
        listed = word.folded in gazetteer.names.given or gazetteer.names.may_be_family(word.folded)
        return not token.is_stop and (is_name or (listed and token.pos_ in {"NOUN", "ADJ", "VERB", "X", "INTJ"}))
    return is_name or not token.is_stop


def joins(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether the word goes on with the name that the word before it belongs to."""
    gap = line.gap(position)
    if gap not in NAME_GLUE:
        return False
    before = line.words[position - 1].text
    if gap in {". ", "."}:
        short = len(before) == 1 or before.lower() in gazetteer.names.suffixes
        return short or before.lower() in gazetteer.roles.classes or before.lower() in gazetteer.roles.honorifics
    return True


def is_tail(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a lower-case word ends a hyphenated given name ("Tae-yul") rather than an adjective ("-based")."""
    word = line.words[position]
    return (
        line.gap(position) in {"-", "‑"}
        and word.text.isalpha()
        and len(word.text) <= 6
        and word.folded not in gazetteer.names.hyphen_tails
    )


def run_end(line: Line, first: int, gazetteer: Gazetteer, taken: Sequence[bool]) -> int:
    """Return where the name that begins at ``first`` ends; small words count only between capitalised ones."""
    last = position = first + 1
    stop = min(len(line.words), first + LONGEST_RUN)
    while position < stop and not taken[position] and joins(line, position, gazetteer):
        word = line.words[position]
        if word.text in COURTESY:
            break
        if (word.is_capitalised and may_be_name(line, position, gazetteer)) or is_tail(line, position, gazetteer):
            last = position + 1
        elif word.folded not in gazetteer.names.particles:
            break
        position += 1
    return last


def organisation_end(line: Line, last: int, gazetteer: Gazetteer) -> int:
    """Return the end of an organisation's name over "of", "for", "and the" and what is capitalised after them."""
    position = last
    stop = min(len(line.words), last + LONGEST_RUN)
    while position < stop and line.gap(position) in {" ", "-", " & "}:
        word = line.words[position]
        if begins_person(line, position, gazetteer):
            break
        if word.is_capitalised and may_be_name(line, position, gazetteer):
            last = position + 1
        elif word.folded not in ORGANISATION_LINKS:
            break
        position += 1
    return last


def begins_person(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a person begins after a body's name, by a title or a given name ("Committee Chairman Ed Roe")."""
    after = position + 1
    if after >= len(line.words) or line.gap(after) != " " or not line.words[after].is_capitalised:
        return False
    word = line.words[position].folded
    is_given = word in gazetteer.names.given and line.words[after].folded not in gazetteer.roles.organisation
    return is_given or (word in gazetteer.roles.classes and line.words[position].is_capitalised)


def is_title_word(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a capitalised word is a title that leads up to a name, or stands alone."""
    roles, word = gazetteer.roles, line.words[position].folded
    if word not in roles.nouns and word not in roles.modifiers and word not in roles.honorifics:
        return False
    after = position + 1
    return not (word in gazetteer.names.given and after < len(line.words) and line.words[after].is_capitalised)
