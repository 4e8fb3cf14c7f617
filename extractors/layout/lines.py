"""Lines as layout sees them: without Markdown and leftover markup, and whether they read as a name or an office."""

import re

MARKUP = re.compile(
    r"</?(?:b|strong|i|em|u|span|p|br|div|h[1-6])\b[^<>\n]{0,80}>|\*\*|__|^#{1,6}\s+|^>\s+", re.IGNORECASE
)
EMPHASIS = re.compile(r"^(?:\*\*|__|<(?:b|strong)>)", re.IGNORECASE)
BULLETS = "▲△▶▷◆◇○●◎□■◦•☞※·"

# words of an office; a line or label that holds one names somebody who may speak for a side
OFFICES = frozenset(
    """president vice premier chancellor prime minister secretary deputy under assistant spokesperson spokesman
    spokeswoman ambassador envoy representative commissioner commander chief chairman chairwoman chair director
    coordinator adviser advisor counselor counsellor general admiral marshal colonel major captain lieutenant brigadier
    governor senator congressman congresswoman speaker king queen prince emir sultan ayatollah leader premier head
    official officials moderator operator minister ministers leaders chargé consul attorney judge member lawmaker
    representatives ministry department government embassy council commission""".split()  # noqa: SIM905
)
HONORIFICS = frozenset(
    """mr mrs ms miss dr prof sir dame lord lady sen rep gen adm lt col maj capt brig cmdr sgt amb gov hon fm pm dpm
    rdml radm vadm secgen pres sec spox""".split()  # noqa: SIM905
)
_PARTICLES = frozenset("de del van von der den al bin ibn la le da dos di ter of for and the to & el".split())  # noqa: SIM905
_NO_NAME = frozenset(
    """note update photo photos correction background summary source sources watch video breaking exclusive opinion
    analysis caption related more read statement text transcript date time place location subject re to from cc contact
    contacts media tags topics table annex appendix chapter section article part step option example warning caution
    conclusion introduction overview q a question answer questions answers reporter journalist press live here today
    yesterday tomorrow also however meanwhile finally first second third fact facts myth reality published updated
    edited written bottom line and but so for on in at with as by if when while after before then now we our
    i my you your he she they it this that these those there all both some no yes well thank thanks good dear""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|&")


def plain(line: str) -> str:
    """Return a line without its marks of emphasis, headings and leftover tags."""
    return MARKUP.sub("", line).strip()


def words(line: str) -> list[str]:
    """Return the words of a line, letters first."""
    return _WORD.findall(line)


def key(word: str) -> str:
    """Return a word as the lists hold it."""
    return word.casefold().rstrip(".").replace("’", "'").removesuffix("'s")


def has_office(line: str) -> bool:
    """Tell whether a line names an office or has a form of address."""
    return any(key(one) in OFFICES or key(one) in HONORIFICS for one in re.split(r"[\s\-–/]+", line))


def is_name(line: str, *, longest: int = 8) -> bool:
    """Tell whether a line reads as somebody's name, with or without his office: capitals but for particles."""
    found = words(line)
    if not 0 < len(found) <= longest or re.search(r"[!?;\"“”]|\d{2}", line):
        return False
    if key(found[0]) in _NO_NAME or (len(found) == 1 and len(found[0]) < 3):
        return False
    return all(one[0].isupper() or key(one) in _PARTICLES for one in found) and found[0][0].isupper()


def is_heading_case(line: str) -> bool:
    """Tell a line of capitals that names nobody: "STANDING UP TO THE REGIME"."""
    found = words(line)
    return len(found) > 3 and line.upper() == line and not has_office(line)
