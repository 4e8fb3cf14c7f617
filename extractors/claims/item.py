"""A report with all that comparing it needs, worked out once."""

from dataclasses import dataclass

from extractors.claims.content import Content, prepare
from extractors.claims.model import Report, Thesaurus
from extractors.claims.occasions import Window, window_of
from extractors.claims.speakers import Voice, voice_of


@dataclass(frozen=True, slots=True)
class Item:
    """A report with its voice, the days it may have been said on and its prepared content."""

    report: Report
    voice: Voice
    window: Window | None
    content: Content

    @property
    def signature(self) -> tuple[object, ...]:
        """Equal for reports that no comparison can tell apart, such as one agency's text in many outlets."""
        report = self.report
        return self.voice, self.window, self.content, report.quoted, report.category, report.targets


def prepare_item(report: Report, thesaurus: Thesaurus) -> Item:
    """Return the report prepared."""
    return Item(report, voice_of(report), window_of(report), prepare(report, thesaurus))
