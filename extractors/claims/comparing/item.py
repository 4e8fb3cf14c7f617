"""A report with all that comparing it needs, worked out once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from extractors.claims.blocking import has_keys
from extractors.claims.comparing.content import Content, prepare
from extractors.claims.comparing.occasions import Window, window_of
from extractors.claims.comparing.voices import Voice, voice_of
from extractors.claims.values import Report, Thesaurus, order_of


@dataclass(frozen=True, slots=True)
class Item:
    """A report with its voice, the days it may have been said on and its prepared content."""

    report: Report
    voice: Voice
    window: Window | None
    content: Content


@dataclass(frozen=True, slots=True)
class Clump:
    """Reports that no comparison can tell apart, as one agency's text in many outlets; the first stands for all."""

    members: tuple[Item, ...]

    @property
    def head(self) -> Item:
        """Return the report that is compared."""
        return self.members[0]

    def only(self, allowed: Collection[str]) -> "Clump":
        """Return the clump with those of its reports whose ids are given."""
        return Clump(tuple(item for item in self.members if item.report.statement_id in allowed))


def prepare_item(report: Report, thesaurus: Thesaurus) -> Item:
    """Return the report prepared."""
    return Item(report, voice_of(report), window_of(report), prepare(report, thesaurus))


def clump(items: Iterable[Item]) -> list[Clump]:
    """Gather reports that are alike in all that is compared, the first published first.

    One that has no blocking key stays alone: others like it would be met by chance only.
    """
    found: dict[tuple[object, ...], list[Item]] = {}
    for item in sorted(items, key=lambda item: order_of(item.report)):
        report = item.report
        alone = None if has_keys(item.voice, item.content) else report.statement_id
        look = item.voice, item.window, item.content, report.quoted, report.category, report.polarity, alone
        found.setdefault(look, []).append(item)
    return [Clump(tuple(members)) for members in found.values()]
