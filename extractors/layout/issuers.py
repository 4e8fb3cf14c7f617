# ruff: noqa: E501 (one pattern a line: it is data)
"""Whose document it is: by its title, the line below, the words it opens with, its signature or its publisher."""

import re
from collections.abc import Iterator, Sequence

from extractors.layout.lines import has_office, is_name, plain, words

OPENING = 6  # paragraphs in which a document names its issuer
CLOSING = 4  # lines at the end that a signature takes
LONGEST_NAME = 120
LONGEST_STATE = 5  # words

_DOCUMENT = r"(?:statements?|remarks|speech|address|keynote(?: address)?|press (?:briefing|gaggle|conference|call|statement|release)|briefing|gaggle|message|letter|comment|toast|interview|communiqu[eé]|declaration|transcript|answers?|reply|response|reaction|readout)"
_STOP = (
    r"(?=\s+(?:on|at|in|before|after|during|following|regarding|concerning|about|to|upon|as|for(?=\s+(?:the|a|an|his|her|delivery)\b)|under|against|en route|aboard|welcoming|previewing|ahead|announcing|honoring|commemorating|congratulating|marking|announcing|condemning|responding|and answers?|with|via|from)\b"
    r"|\s*[,:|–—(]|\s+-\s|$)"
)
_BY = re.compile(rf"\b{_DOCUMENT} (?:by|from|of|with|attributable to) (?P<name>(?:the )?.+?){_STOP}", re.IGNORECASE)
# "Address to the Nation by President X", "Statement at the UN Security Council by Ambassador Y"
_THERE_BY = re.compile(
    rf"^(?:\w+ )?{_DOCUMENT} (?:to|at|in|before) .{{3,80}}? by (?P<name>(?:the )?.+?){_STOP}", re.IGNORECASE
)
_BEHALF = re.compile(rf"\b{_DOCUMENT} by .{{3,80}}? on behalf of (?P<name>(?:the )?.+?){_STOP}", re.IGNORECASE)
_POSSESSIVE = re.compile(
    rf"^(?P<name>[^:]+?)['’]s? (?:(?:joint|opening|closing|press|full|video|regular|written|new|exclusive|evening|daily) )*{_DOCUMENT}\b",
    re.IGNORECASE,
)
_ON = re.compile(r"^(?P<name>.+?)\s+(?:On|At|Before|After|And|With|Remarks|Statements?|Holds|Interview)\s")
_MINISTRY = re.compile(
    r"^(?P<name>.{3,60}?\b(?:ministry|department|office|embassy|command|staff|council))\s+(?:statement|comment|communiqu[eé]|press release)\b",
    re.IGNORECASE,
)
_ATTRIBUTABLE = re.compile(
    r"\b(?:following|below) (?:statement |is |text )*(?:may be |can be |is )?attribut(?:able|ed) to (?P<name>.+?)\s*[:.]?$",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    r"^(?:the )?(?:(?:full )?text of the |below is the |following is the )?(?:following|text|statement|communiqu[eé]|joint)\b.{0,80}?\b(?:was |were |is |has been |have been )?(?:released|issued|made|adopted|delivered|published|agreed)(?: today| jointly)? by (?P<name>.+?)\s*[:.]?$",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"^(?P<name>[A-Z].{2,90}?) (?:today |on \w+day |has )?(?:issued|released|made|published) the following (?:press |joint )?(?:statement|communiqu[eé]|comment)\b.{0,80}:?$"
)
_WE = re.compile(r"(?:^(?:\d+\. )?|^Today, )[Ww]e(?:,| [—–-]+) (?P<name>(?:the )?[^.;:]+?)(?:,| [—–-]+) (?=[a-z])")
# "PORT ORE, June 4 (Ore News) -- ": where and by which agency it came, before who issues it
_DATELINE = re.compile(
    r"^[A-Z][^()\n]{1,60}?\([^()\n]{2,40}\)\s?(?:—|–|--?|:)\s+|^[A-Z]{3,}[^()\n]{0,40}?\s(?:—|–|--)\s+"
)
_BYLINE = re.compile(r"^(?P<name>[^,;:!?]{4,60}), (?P<office>[^.;:!?]{4,90})$")
# who writes opinions and reports, whatever his office
_PRIVATE = re.compile(
    r"\b(?:university|institute|institut\w*|college|school|cent(?:er|re) for|foundation|think[ -]tank|fellow|professor|ph\.?d|editor|correspondent|reporter|staff|bureau|columnist|author|analyst|researcher|ceo|company|inc|ltd|news|media|magazine|journal)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset({"joint", "press", "official", "full", "the", "a", "new", "today"})
_PERSON = re.compile(
    r"\b(?:(?:Vice|Deputy|Prime|First|Foreign|Defen[cs]e|National|Security|Supreme|Acting) )*(?:President|Minister|Secretary|Chancellor|Premier|Adviser|Advisor|Leader|General|King|Chairman)(?: (?:[A-Z][\w.’'-]*|[A-Z]\.)){1,4}"
)
_LOOSE = frozenset({_ON, _THERE_BY})
# what may stand before the subject of a clause: "CONFRONTING THE SIEGE: Today, President Roe signed"
_CLAUSE_START = re.compile(r"(?:^|[.:!?]\s+|\b(?:today|yesterday),?\s|\bon [^,.]{3,25},\s)$", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:ministry|department of|white house|state department|office of the (?:president|prime minister)|government|embassy|foreign office|kremlin|presidential (?:office|administration)|general staff|joint chiefs|central command|armed forces|cabinet office|downing street|élysée|european (?:commission|council|union)|security council|secretariat|parliament|council of ministers|commission)\b",
    re.IGNORECASE,
)


def issuer_of_title(title: str | None, *, is_announced: bool) -> str | None:
    """Return the name that a title gives of whom the document is by; ``is_announced`` where it names the kind too."""
    if not title or not is_announced:
        return None
    for pattern in (_BEHALF, _BY, _THERE_BY, _MINISTRY, _POSSESSIVE, _ON):
        found = pattern.search(title)
        if (
            found
            and (name := _clean(found["name"]))
            and _can_issue(name)
            and (pattern not in _LOOSE or _is_office(name))
        ):
            return name
    return None


def body_in_head(title: str | None, lines: Sequence[str]) -> str | None:
    """Return the office whose name is a line of the head, with the state below it: "Ministry of Defence / Peru"."""
    head = [title or "", *lines[:OPENING]]
    for line, below in zip(map(plain, head), map(plain, [*head[1:], ""]), strict=True):
        if is_official_body(line) and is_name(line, longest=10) and line[-1:] not in ".!?:" and not kind_word(line):
            state = below if len(words(below)) <= LONGEST_STATE and is_name(below) else ""
            return _of_state(line, state) if state and not kind_word(below) and not is_official_body(below) else line
    return None


def _of_state(body: str, state: str) -> str:
    return f"{body} of the {state}" if " of " in state else f"{body} of {state}"


def kind_word(line: str) -> bool:
    """Tell a line that says what the document is: "Press Release No. 4"."""
    return re.search(rf"\b{_DOCUMENT}\b|\bpress\b", line, re.IGNORECASE) is not None


def _is_office(name: str) -> bool:
    return has_office(name) and not re.match(rf"{_DOCUMENT}|outcomes?\b", name, re.IGNORECASE)


def issuer_of_head(lines: Sequence[str]) -> str | None:
    """Return whom the first lines name: "attributable to Ada Roe", "released by the G7 foreign ministers"."""
    for line in (_DATELINE.sub("", plain(one)) for one in lines[:OPENING]):
        for pattern in (_ATTRIBUTABLE, _RELEASED, _ISSUED):
            if (found := pattern.search(line)) and (name := _clean(found["name"])):
                return name
    return None


def issuer_of_byline(lines: Sequence[str]) -> str | None:
    """Return the name with an office that stands below the title."""
    return next((found for line in map(plain, lines[:OPENING]) if (found := byline(line)) is not None), None)


def issuer_of_opening(lines: Sequence[str]) -> str | None:
    """Return who says "We, the ...," in the first lines."""
    for line in map(plain, lines[:OPENING]):
        if found := _WE.match(line):
            return _clean(found["name"])
    return None


def byline(line: str) -> str | None:
    """Return a line that is a name with an office: "Ada Roe, Secretary of State"."""
    found = _BYLINE.match(line)
    if found and is_name(found["name"], longest=6) and has_office(found["office"]) and not _PRIVATE.search(line):
        return line
    return None


def signature(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return whom the last lines name, and how many lines they take: "Ada Roe / President of the Republic"."""
    last = [plain(one).strip("-–— ") for one in lines[-CLOSING:]]
    for start in range(len(last)):
        tail = last[start:]
        if all(0 < len(words(one)) <= 10 and one[-1:] not in ".!?:;" for one in tail):
            tail = [
                one
                for one in tail
                if not re.fullmatch(r"signed\W*|sincerely\W*|respectfully\W*|yours .{0,20}", one, re.IGNORECASE)
            ]
            named = [one for one in tail if is_name(one, longest=6)]
            offices = [one for one in tail if has_office(one)]
            if named and offices and len(tail) <= 3:
                return ", ".join(dict.fromkeys([named[0], *offices])), len(last) - start
    return None


def is_official_body(name: str | None) -> bool:
    """Tell whether the name of an outlet is that of a state's or an alliance's own office."""
    return bool(name and _BODY.search(name))


def several(name: str) -> Iterator[str]:
    """Yield the people of "President Roe and Prime Minister Doe of Y", one alone as he is."""
    parts = re.split(r"\s+(?:and|And|AND)\s+|,\s+(?=[A-Z])", name)
    yield from parts if len(parts) > 1 and all(has_office(one) and is_name(one) for one in parts) else [name]


def _clean(name: str) -> str:
    name = re.sub(r"\s+", " ", name).strip(" ,.:;")
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0]


def person_of_title(title: str | None) -> str | None:
    """Return the first person with an office whom a title names: of his side is who publishes it."""
    found = _PERSON.search(title or "")
    return found[0] if found else None


def person_first(line: str | None) -> str | None:
    """Return the person with an office with whom a line begins: "President Roe Signs an Order"; not "Roe's Visit"."""
    found = _PERSON.match(plain(line or ""))
    return found[0] if found and not _is_possessive(found) else None


def person_of_opening(lines: Sequence[str]) -> str | None:
    """Return the first person with an office who does something in the first lines: "Today, President Roe signed"."""
    for line in map(plain, lines[:OPENING]):
        for found in _PERSON.finditer(line):
            if _CLAUSE_START.search(line[: found.start()]) and not _is_possessive(found):
                return found[0]
    return None


def _is_possessive(found: re.Match[str]) -> bool:
    return found[0].endswith(("’s", "'s")) or found.string[found.end() :].startswith(("’s", "'s"))


def _can_issue(name: str) -> bool:
    found = words(name)
    if len(found) == 1 and found[0].casefold() in _GENERIC:
        return False
    return (
        bool(found)
        and any(one[0].isupper() for one in found)
        and not re.search(r"\b(?:is|was|has|have|will|says|said)\b", name)
    )
