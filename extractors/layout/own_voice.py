# ruff: noqa: E501 (one pattern a line: it is data)
"""Whether a text speaks for itself: the first person outside quote marks, and which country's "we" it is."""

import re
from collections.abc import Sequence

from extractors.layout.issuers import is_official_body
from extractors.layout.lines import has_office, is_name

SHARE = 0.12  # of the sentences
FEWEST = 2
REPORTED_SHARE = 0.25  # of the sentences of news

_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]")
_FIRST = re.compile(r"\b(?:we|our|ours|us|I|my)\b|\bWe\b|\bOur\b|\bMy\b")
_REPORTED = re.compile(
    r"\b(?:said|told|added|according to|quoted|reporters?|reportedly|in an interview)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_PERFORMS = re.compile(
    r"(?:^|[.!?]\s+|, )(?:Today, )?(?P<who>(?:The )?[A-Z][\w’'-]+(?: (?:of |and )?(?:the )?[A-Z][\w’'-]+){0,4})"
    r"(?: (?:also|strongly|firmly|again|once again|resolutely|fully|today|further|categorically|unequivocally|deeply|both))* "
    r"(?:condemns?|calls? (?:on|for|upon)|urges?|welcomes?|reaffirms?|reiterates?|stands? (?:with|by|ready)"
    r"|remains? (?:committed|concerned|deeply|steadfast|ready)|rejects?|demands?|express(?:es)?|deplores?|considers? it"
    r"|reserves? the right|(?:have |has )?agreed (?:to|on|that)|opposes?|supports?"
    r"|(?:is|are) (?:designating|imposing|announcing|committed|taking|deeply|sanctioning|gravely))\b"
)
_NOBODY = frozenset({"we", "i", "it", "he", "she", "they", "this", "that", "these", "both sides", "all", "who"})


def speaks_for_itself(paragraphs: Sequence[str]) -> bool:
    """Tell whether enough sentences are in the first person, and few report what others said."""
    texts = [_QUOTED.sub("", one) for one in paragraphs]
    n_sentences = max(1, sum(len(_SENTENCE.findall(one)) for one in texts))
    first = sum(len(_FIRST.findall(one)) for one in texts)
    reported = sum(len(_REPORTED.findall(one)) for one in texts)
    return first >= FEWEST and first >= SHARE * n_sentences and reported * 2 <= first


def speaks(paragraphs: Sequence[str]) -> bool:
    """Tell whether a text says "we" or "I" outside quote marks, and more often than it reports what others said."""
    texts = [_QUOTED.sub("", one) for one in paragraphs]
    first = sum(len(_FIRST.findall(one)) for one in texts)
    return first > sum(len(_REPORTED.findall(one)) for one in texts)


def reports(paragraphs: Sequence[str]) -> bool:
    """Tell whether a text reports what was said, as news does, more than it speaks for itself."""
    texts = [_QUOTED.sub("", one) for one in paragraphs]
    reported = sum(len(_REPORTED.findall(one)) for one in texts)
    first = sum(len(_FIRST.findall(one)) for one in texts)
    return reported > first and reported >= REPORTED_SHARE * sum(len(_SENTENCE.findall(one)) for one in texts)


def performer(paragraphs: Sequence[str]) -> str | None:
    """Return who performs acts in the present: "The Republic condemns ...", where it is the same twice or the first."""
    found: dict[str, int] = {}
    for text in paragraphs:
        for one in _PERFORMS.finditer(_QUOTED.sub("", text)):
            who = re.sub(r"^The ", "the ", one["who"])
            found[who] = found.get(who, 0) + 1
    able = {
        who: number
        for who, number in found.items()
        if who.lower() not in _NOBODY
        and is_name(who.removeprefix("the "), longest=9)
        and (is_official_body(who) or not has_office(who))
    }
    return max(able, key=lambda one: able[one], default=None)
