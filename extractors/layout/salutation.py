# ruff: noqa: E501 (one pattern a line: it is data)
"""Whom an address greets in its first lines: "Fellow Norlanders!", "Dear colleagues,", "Mr. President,"."""

import re
from collections.abc import Sequence

from extractors.layout.lines import plain, words

LINES = 4
LONGEST = 14  # words

_GREETED = re.compile(
    r"(?:(?:my |our |dear |great |free |proud |indomitable |brave |esteemed |distinguished |honou?rable |fellow |all |good (?:morning|evening|afternoon),? )*"
    r"(?:ladies and gentlemen|friends|colleagues|comrades|compatriots|citizens|countrymen|brothers(?: and sisters)?|defenders|soldiers|people\b.{0,60}"
    r"|(?:mr\.?|madam|mrs\.?|your) [\w ]{3,40}|(?-i:[A-Z]\w+(?:ans|ians|ese|ish|is|ons|ers|es|ns)))(?: (?:of|from) [\w ]{3,40})?(?:,? (?:dear )?(?:friends|colleagues))?)[!,.:]",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"(?:^|\s)(?P<name>[A-Z]\w+(?:ans|ians|ese|ish|is|ons|ers|es|ns))!|\bpeople of (?:\w+ )?(?P<land>[A-Z]\w+)",
    re.ASCII,
)
# what a leader alone says of himself
_LEADS = re.compile(
    r"\bI (?:have |had |also |just |today )*(?:signed (?:\w+ )?(?:decrees?|orders?|laws?)|(?:spoke|talked|met|held (?:talks|a call)|had (?:a )?(?:talks?|call|conversation|phone call)) (?:\w+ ){0,3}with (?:the )?(?:\w+ )?(?:president|prime minister|chancellor|king)"
    r"|instructed|ordered the|appointed|addressed the (?:nation|parliament|world))|\b(?:as (?:your )?president|as commander.in.chief)\b|\bawarding our\b",
    re.IGNORECASE,
)


def greeting(paragraphs: Sequence[str]) -> str | None:
    """Return the line of the first few that greets an audience; None where the text opens without one."""
    for line in map(plain, paragraphs[:LINES]):
        if len(words(line)) <= LONGEST and _GREETED.fullmatch(line):
            return line
    return None


def nation(paragraphs: Sequence[str]) -> str | None:
    """Return the people that an address greets by name."""
    for line in map(plain, paragraphs[:LINES]):
        if len(words(line)) <= LONGEST and (found := _NATION.search(line)):
            return found["name"] or found["land"]
    return None


def is_by_leader(paragraphs: Sequence[str]) -> bool:
    """Tell whether an address to a nation tells of deeds that its leader alone does."""
    return any(_LEADS.search(one) for one in paragraphs)
