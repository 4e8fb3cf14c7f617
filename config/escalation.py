"""Reading the escalation lexicon: escalation.toml, codebook.toml and conflicts.toml become one frozen value."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, Field

from config.actors import CountryRow
from config.files import Problem, Section, blame, layer_bytes, locate, read_file, read_leniently, strict
from config.layering.near import suggestion
from extractors.escalation import (
    Act,
    Category,
    Conflict,
    Cue,
    CueMode,
    EscalationLexicon,
    Mode,
    Pattern,
    PatternError,
    Phrase,
    build_lexicon,
    parse_pattern,
)
from extractors.model import Polarity

ACTORS_FILE = "actors.toml"
LEXICON_FILE, CODEBOOK_FILE, CONFLICTS_FILE = "escalation.toml", "codebook.toml", "conflicts.toml"
MODES: tuple[str, ...] = get_args(Mode)


class CategorySection(Section):
    """One category of codebook.toml."""

    code: str
    polarity: Polarity
    severity: int = Field(ge=0, le=5)
    ceiling: int = Field(default=5, ge=0, le=5)
    definition: str
    plover: str = ""
    cameo: str = ""
    goldstein: str = ""


class CodebookFile(Section):
    """codebook.toml."""

    category: tuple[CategorySection, ...]


class ConflictSection(Section):
    """One war: two sides of ISO 3166 alpha-3 codes or actor ids."""

    name: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    since: date
    until: date | None = None


class ConflictsFile(Section):
    """conflicts.toml."""

    groups: tuple[str, ...] = ()
    members: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    conflict: tuple[ConflictSection, ...] = ()


class ActSection(Section):
    """A kind of deed: its patterns, and the category each mode of it stands for."""

    name: str
    match: tuple[str, ...]
    labels: dict[Mode, str]
    examples: dict[Mode, str | tuple[str, ...]] = Field(default_factory=dict)
    passive: Literal["victim", "means"] = "victim"


class PhraseSection(Section):
    """An idiom with its category; ``negated`` is the category of its negation."""

    category: str
    match: tuple[str, ...]
    example: str | tuple[str, ...]
    severity: int | None = Field(default=None, ge=0, le=5)
    negated: str | None = None
    subject: Literal["own", "other", "any"] = "any"


class CueSection(Section):
    """Words of speaking or intending; ``particle`` is what must follow ("out" for "rule out")."""

    words: tuple[str, ...]
    mode: CueMode
    category: str | None = None
    severity: int | None = Field(default=None, ge=0, le=5)
    particle: str | None = None
    example: str | tuple[str, ...] = ()


class CountriesAlone(BaseModel):
    """What actors.toml says of countries."""

    countries: dict[str, CountryRow]


class EscalationFile(Section):
    """escalation.toml."""

    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    features: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    act: tuple[ActSection, ...] = ()
    phrase: tuple[PhraseSection, ...] = ()
    cue: tuple[CueSection, ...] = ()


def load_escalation(folder: Path | None) -> tuple[EscalationLexicon | None, list[Problem]]:
    """Return the lexicon, or every problem of its three files."""
    return strict(read_escalation(folder))


def read_escalation(folder: Path | None) -> tuple[EscalationLexicon | None, list[Problem]]:
    """Do as ``load_escalation``, and return what is right beside the problems."""
    lexicon, problems = read_leniently(folder, LEXICON_FILE, EscalationFile)
    codebook, more = read_leniently(folder, CODEBOOK_FILE, CodebookFile)
    conflicts, most = read_leniently(folder, CONFLICTS_FILE, ConflictsFile)
    problems += [*more, *most]
    if lexicon is None or codebook is None or conflicts is None:
        return None, problems
    file = str(locate(folder, LEXICON_FILE))
    compiled = _Compiler(file, lexicon.words, frozenset(one.code for one in codebook.category))
    packaged = _packaged_phrases(folder)
    built = build_lexicon(
        categories=[Category(**one.model_dump()) for one in codebook.category],
        acts=[compiled.act(number, one) for number, one in enumerate(lexicon.act)],
        phrases=[
            compiled.phrase(number, one, is_own=packaged is not None and _key(one) not in packaged)
            for number, one in enumerate(lexicon.phrase)
        ],
        cues=[compiled.cue(number, one) for number, one in enumerate(lexicon.cue)],
        features={name: frozenset(values) for name, values in lexicon.lists.items()},
        feature_patterns={name: compiled.patterns(f"features.{name}", v) for name, v in lexicon.features.items()},
        conflicts=[_conflict(one) for one in conflicts.conflict],
        groups=conflicts.groups,
        members=conflicts.members,
        places=read_places(folder),
        version=_version(folder),
    )
    return built, [*problems, *blame(folder, LEXICON_FILE, compiled.problems)]


def _packaged_phrases(folder: Path | None) -> set[object] | None:
    """Return what the packaged phrases say; None where nothing else is read."""
    if folder is None:
        return None
    packaged, _ = read_leniently(None, LEXICON_FILE, EscalationFile)
    return {_key(one) for one in packaged.phrase} if packaged else None


def _key(one: PhraseSection) -> object:
    return (one.category, one.match, one.severity, one.negated, one.subject)


def read_places(folder: Path | None) -> dict[str, str]:
    """Return the country code of every country's names, capitals and demonyms in actors.toml, in lower case.

    What is wrong with that file is reported by its own loader; here it only gives no places.
    """
    file, _ = read_file(folder, ACTORS_FILE, CountriesAlone)
    found: dict[str, str] = {}
    for code, row in file.countries.items() if file else ():
        for name in (row.name, *row.names, *row.capitals, *row.adjectives, *row.people, *row.seats):
            found.setdefault(name.lower(), code)
    found.pop("", None)
    return found


def _conflict(one: ConflictSection) -> Conflict:
    first, second = (frozenset(side) for side in one.sides)
    return Conflict(one.name, (first, second), one.since, one.until)


def _version(folder: Path | None) -> str:
    """Return a short hash of the three files: labels made with another lexicon are stale."""
    digest = hashlib.sha256()
    for name in (LEXICON_FILE, CODEBOOK_FILE, CONFLICTS_FILE):
        digest.update(layer_bytes(folder, name))
    return digest.hexdigest()[:12]


class _Compiler:
    """Compiles patterns and checks category names, collecting every problem with its key."""

    def __init__(self, file: str, lists: Mapping[str, Sequence[str]], codes: frozenset[str]) -> None:
        self.file, self.lists, self.codes = file, lists, codes
        self.problems: list[Problem] = []

    def patterns(self, key: str, lines: Iterable[str]) -> tuple[Pattern, ...]:
        found = []
        for line in lines:
            try:
                found.append(parse_pattern(line, self.lists))
            except PatternError as error:
                self.problems.append(Problem(self.file, key, str(error)))
        return tuple(found)

    def code(self, key: str, code: str | None) -> None:
        if code and code not in self.codes:
            self.problems.append(
                Problem(self.file, key, f"no category of the codebook is named {code!r}{suggestion(code, self.codes)}")
            )

    def act(self, number: int, one: ActSection) -> Act:
        key = f"act.{number}"
        for mode, code in one.labels.items():
            self.code(f"{key}.labels.{mode}", code)
        examples = {mode: _several(value) for mode, value in one.examples.items()}
        return Act(one.name, dict(one.labels), self.patterns(f"{key}.match", one.match), examples, one.passive)

    def phrase(self, number: int, one: PhraseSection, *, is_own: bool) -> Phrase:
        key = f"phrase.{number}"
        self.code(f"{key}.category", one.category)
        self.code(f"{key}.negated", one.negated)
        patterns = self.patterns(f"{key}.match", one.match)
        return Phrase(one.category, patterns, _several(one.example), one.severity, one.negated, one.subject, is_own)

    def cue(self, number: int, one: CueSection) -> Cue:
        self.code(f"cue.{number}.category", one.category)
        return Cue(one.words, one.mode, one.category, one.severity, one.particle, _several(one.example))


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
