# ruff: noqa: E501 (one pattern a line: it is data)
"""Who is helped or stood by: named in the words, but not whom they are aimed at."""

import re

from extractors.model import Span

SENTENCE = 120  # characters that hold a denial of it
BEFORE = 60  # characters that can hold the words of help before a name
_ARMS = (
    r"(?:aid|arms|assistance|help|support|suppl(?:y|ies)|weapon(?:s|ry)?|missiles?|tanks?|ammunition|munitions?|shells|"
    r"howitzers?|jets?|drones?|rockets?|artillery|shipments?|deliver(?:y|ies)|packages?|funding|relief)"
)
# what is wished to whom one stands by: "the sovereignty of X", "X's right to defend itself"
_GOODS = (
    r"(?:sovereignty|independence|territorial integrity|freedom|liberty|unity|survival|self-defen[cs]e"
    r"|security|stability|democracy|reconstruction|recovery|future|victory)"
)
_STANDING = (
    r"(?:support(?:s|ed)?|help(?:s|ed)?|helping|supporting|aiding|assisting|arming|arm|defend(?:s|ed)?|defending"
    r"|protect(?:s|ed)?|protecting|back(?:s|ing)?|strengthen(?:s|ing)?|solidarity with|stand(?:s|ing)? (?:\w+ )?(?:with|by|behind|beside|alongside)"
    r"|side[ds]? with|behind|allegiance to|friends of|commitments? to|committed to|ironclad for)"
)
HELPED = re.compile(
    rf"\b{_ARMS}\s+(?:[\w-]+\s+){{0,3}}(?:to|for|of)\s+(?:the\s+)?$|\b{_ARMS}\s+(?:the\s+)?$"
    rf"|\b{_STANDING}\s+(?:the\s+)?(?:(?:people|government|defen[cs]e|security) of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
# "the sovereignty of X": whoever speaks of it
GOOD_OF = re.compile(
    rf"\b{_GOODS}\s+(?:(?:and|or|,)\s+(?:[\w-]+\s+){{1,3}})?(?:of|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "this will not strengthen the security of X" wishes nobody well
DENIED = re.compile(
    r"\b(?:unlikely|not|hardly|never|no)\b[^.;]{0,40}\b(?:strengthen|improv|enhanc|serv|help|add|bring|benefit|ensur)\w*\b[^.;]{0,40}$",
    re.IGNORECASE,
)
GIVING = re.compile(
    r"\b(?:provid|suppl|equip|furnish|giv|gave|send|sent|sell|sold|offer|hand|lend|lent|grant)\w*\s+(?:the\s+)?$",
    re.IGNORECASE,
)
GIVEN = re.compile(
    r"^\W+(?:\w+\s+)?(?:with\s+)?(?:[\w“”\"-]+\s+){0,3}[“\"]?"
    r"(?:aid|arms|assistance|support|weapon|missile|tank|ammunition|shell|jet|drone)",
    re.IGNORECASE,
)
OWNED = re.compile(
    rf"^(?:['’]s?|n|an|ian)?\s+(?:[\w-]+\s+)?{_GOODS}\b(?!\s+(?:council|concerns|services?|forces|threat|agency|adviser|advisor|minister))"
    r"|^['’]s?\s+(?:\w+\s+)?(?:right|ability|capacity|capability|capabilities|fight|struggle|efforts?) (?:to|of|against)\b",
    re.IGNORECASE,
)
# "Peru-backed rebels": Peru is a word about somebody else
BACKING = re.compile(r"[-–](?:backed|aligned|led|allied|linked|supported|made|based|funded|held|occupied|run)\b")


def is_helped(text: str, span: Span) -> bool:
    """Tell whether the words around a name say that he is given something or stood by: "arms for X", "X's right to"."""
    before = text[max(0, span.start - BEFORE) : span.start]
    after = text[span.end : span.end + BEFORE]
    if BACKING.match(after) or HELPED.search(before) or is_wished_well(text, span):
        return True
    return GIVING.search(before) is not None and GIVEN.search(after) is not None


def is_wished_well(text: str, span: Span) -> bool:
    """Tell whether somebody's good is spoken of, which others may harm: "X's sovereignty", "the independence of X"."""
    before = text[max(0, span.start - BEFORE) : span.start]
    if DENIED.search(text[max(0, span.start - SENTENCE) : span.start]):
        return False
    return GOOD_OF.search(before) is not None or OWNED.match(text[span.end : span.end + BEFORE]) is not None
