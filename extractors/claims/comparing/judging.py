"""Comparing reports with those that share a blocking key, each pair once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from types import MappingProxyType

from extractors.claims.blocking import blocking_keys
from extractors.claims.comparing.item import Item
from extractors.claims.comparing.similarity import Semantic
from extractors.claims.comparing.verdict import Pair, Verdict, is_unresolved, judge
from extractors.claims.comparing.voices import Voice, can_be_one
from extractors.claims.values import Report, Thesaurus

DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Known:
    """What was worked out elsewhere of reports, by digest: blocking keys, and verdicts on pairs, the lower one first.

    A digest names all that a report says: of one that has changed since nothing is known. It need not be complete.
    """

    keys: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    verdicts: Mapping[tuple[int, int], Verdict] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_KNOWN = Known()


def digest_of(report: Report) -> int:
    """Return what names a report with all it says: 64 bits, signed."""
    data = repr(report).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=DIGEST_BYTES).digest(), "big", signed=True)


def keys_of(report: Report, thesaurus: Thesaurus, known: Known) -> tuple[str, ...]:
    """Return the report's blocking keys, as they are known or worked out now."""
    found = known.keys.get(digest_of(report)) if known.keys else None
    return blocking_keys(report, thesaurus) if found is None else found


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares reports of voices that can be one, each pair once; what is known of a pair already is taken over.

    Two that share no blocking key are never one, nor a repeat: whether they are compared at all would depend on what
    else came in with them.
    """

    thesaurus: Thesaurus
    semantic: Semantic | None = None
    known: Known = NOTHING_KNOWN
    seen: dict[tuple[str, str], Pair] = field(default_factory=dict)
    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    digests: dict[str, int] = field(default_factory=dict)
    voices: dict[Voice, int] = field(default_factory=dict)
    meeting: dict[tuple[int, int], bool] = field(default_factory=dict)

    def pair_up(self, some: Iterable[Item], others: Iterable[Item]) -> Iterator[Pair]:
        """Yield every pair of different reports, one from each side, that share a key and whose voices can be one."""
        some = list(some)
        wanted: set[str] = set().union(*map(self._keys, some))
        by_key: dict[str, list[tuple[int, Item]]] = {}
        for item in others:
            voiced = self._number(item.voice), item
            for key in self._keys(item) & wanted:
                by_key.setdefault(key, []).append(voiced)
        for item in some:
            met = {one[1].report.statement_id: one for key in self._keys(item) for one in by_key.get(key, ())}
            met.pop(item.report.statement_id, None)
            voice = self._number(item.voice)
            yield from (
                self._judge(item, other)
                for number, other in met.values()
                if self._can_meet(voice, number, item.voice, other.voice)
            )

    def _number(self, voice: Voice) -> int:
        return self.voices.setdefault(voice, len(self.voices))

    def _can_meet(self, one: int, other: int, voice: Voice, another: Voice) -> bool:
        """Tell whether two voices are worth comparing; there are far fewer voices than reports."""
        found = self.meeting.get((one, other))
        if found is None:
            found = can_be_one(voice, another) or is_unresolved(voice, another)
            self.meeting[one, other] = found
        return found

    def _judge(self, one: Item, other: Item) -> Pair:
        low, high = (one, other) if one.report.statement_id < other.report.statement_id else (other, one)
        key = low.report.statement_id, high.report.statement_id
        if key not in self.seen:
            verdict = self._known_verdict(low.report, high.report) or judge(low, high, self.semantic)
            self.seen[key] = Pair(low, high, verdict)
        return self.seen[key]

    def _known_verdict(self, low: Report, high: Report) -> Verdict | None:
        if not self.known.verdicts:
            return None
        one, other = self._digest(low), self._digest(high)
        return self.known.verdicts.get((min(one, other), max(one, other)))

    def _digest(self, report: Report) -> int:
        found = self.digests.get(report.statement_id)
        if found is None:
            found = self.digests[report.statement_id] = digest_of(report)
        return found

    def _keys(self, item: Item) -> frozenset[str]:
        found = self.keys.get(item.report.statement_id)
        if found is None:
            known = self.known.keys.get(self._digest(item.report)) if self.known.keys else None
            found = frozenset(blocking_keys(item.report, self.thesaurus) if known is None else known)
            self.keys[item.report.statement_id] = found
        return found
