"""Which texts are articles and which are copies of one: decided by the set of texts, not by the order they came in.

Texts are looked at by their rank, the earliest published first. One that is a near-duplicate of no earlier article is
an article; any other is a copy of the article that shares most with it. So a text that comes in late, with an early
date, may take over from an article, and what followed that one is looked at anew: it and nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from extractors.identity.fingerprint import bands, containment, is_near_duplicate, near_signature
from extractors.model import Moment

Kind: TypeAlias = Literal["article", "copy", "near-duplicate", "revision", "same", "ignored"]
PlaceRank: TypeAlias = tuple[datetime, str, str, str]

UNDATED = datetime.max.replace(tzinfo=UTC)
DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """What a text is at a place. ``original`` is set for a near-duplicate, and where one is read again."""

    kind: Kind
    original: str | None = None
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """What a text is: an article (``copy_of`` None), or a near-duplicate of one, by which share of the shorter text."""

    copy_of: str | None = None
    similarity: float = 1.0


ARTICLE = Role()


@dataclass(frozen=True, slots=True)
class Text:
    """A text on record: the rank of its earliest place, the addresses it stood at, its role (None: not settled yet)."""

    text_id: str
    text: str
    rank: PlaceRank
    addresses: frozenset[str]
    role: Role | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Texts, and for each one asked about those that may be near-duplicates of it: how many bands they share."""

    texts: Mapping[str, Text]
    shared: Mapping[str, Mapping[str, int]]


Look: TypeAlias = Callable[[Collection[str]], Surroundings]


def text_bands(text: str) -> tuple[str, ...]:
    """Return the index keys under which near-duplicates of the text are found."""
    return bands(near_signature(text))


def published_by(published: Moment | None) -> datetime | None:
    """Return the last instant that the date allows: of what is known by its day alone, nobody can say it was first."""
    if published is None:
        return None
    at, precision = published.at, published.precision
    if precision == "day":
        return at + DAY - INSTANT
    if precision == "month":
        return _first_of_next(at, months=1) - INSTANT
    return _first_of_next(at, months=12) - INSTANT if precision == "year" else at


def _first_of_next(at: datetime, months: int) -> datetime:
    month = at.month + months - 1
    return at.replace(year=at.year + month // 12, month=month % 12 + 1, day=1)


def rank_of_place(at_the_latest: datetime | None, outlet: str | None, location: str, source_id: str) -> PlaceRank:
    """Return what places are sorted by: the date, undated ones last, then names that are the same in every run."""
    return at_the_latest or UNDATED, outlet or "", location, source_id


def settle(changed: Iterable[str], look: Look) -> dict[str, Role]:
    """Return the roles of texts that are new or got another place, and of all whose role depends on them.

    ``look`` is asked for texts with what surrounds them: near-duplicates by their bands, and the copies of an article.
    """
    scene = _Scene(look)
    changed = set(changed)
    waiting, settled = set(changed), dict[str, Role]()
    scene.see(waiting)
    while waiting:
        one = min(waiting, key=scene.rank)
        waiting.remove(one)
        before, now = scene.roles[one], scene.decide(one)
        scene.roles[one] = settled[one] = now
        if one in changed or (before == ARTICLE) != (now == ARTICLE):
            waiting |= scene.dependents(one)
            scene.see(waiting)
    return settled


@dataclass(slots=True)
class _Scene:
    """The texts seen so far, with their roles as they stand by now."""

    look: Look
    texts: dict[str, Text] = field(default_factory=dict)
    roles: dict[str, Role | None] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    shared: dict[str, dict[str, int]] = field(default_factory=dict)
    compared: dict[tuple[str, str], bool] = field(default_factory=dict)

    def see(self, text_ids: Collection[str]) -> None:
        """Look at texts that were not looked at yet."""
        fresh = [one for one in text_ids if one not in self.seen]
        if not fresh:
            return
        found = self.look(fresh)
        for text_id, text in found.texts.items():
            self.texts.setdefault(text_id, text)
            self.roles.setdefault(text_id, text.role)
        self.seen.update(fresh)
        for one, near in found.shared.items():
            for other, n_shared in near.items():
                self.shared.setdefault(one, {})[other] = n_shared
                self.shared.setdefault(other, {}).setdefault(one, n_shared)

    def rank(self, text_id: str) -> tuple[PlaceRank, str]:
        return self.texts[text_id].rank, text_id

    def decide(self, one: str) -> Role:
        """Return the role of a text, all earlier ones having theirs: a copy of what is nearest among articles."""
        near, rank = self.shared.get(one, {}), self.rank(one)
        earlier = [other for other in near if self.roles[other] == ARTICLE and self.rank(other) < rank]
        for other in sorted(earlier, key=lambda other: (-near[other], self.rank(other))):
            if self.is_copy(one, other):
                return Role(other, round(containment(self.texts[one].text, self.texts[other].text), 4))
        return ARTICLE

    def dependents(self, one: str) -> set[str]:
        """Return the later texts whose role may be another one now that this text has its own."""
        rank, is_article = self.rank(one), self.roles[one] == ARTICLE
        return {
            other
            for other in self.shared.get(one, {})
            if self.rank(other) > rank and (self._follows(other, one) or (is_article and self.is_copy(one, other)))
        }

    def is_copy(self, one: str, other: str) -> bool:
        """Tell whether two texts are near-duplicates; what stood at one address are versions, not copies."""
        low, high = sorted((one, other))
        if (low, high) not in self.compared:
            first, second = self.texts[low], self.texts[high]
            self.compared[low, high] = not first.addresses & second.addresses and is_near_duplicate(
                first.text, second.text
            )
        return self.compared[low, high]

    def _follows(self, other: str, one: str) -> bool:
        role = self.roles[other]
        return role is not None and role.copy_of == one
