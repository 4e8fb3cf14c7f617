"""What a claim is, read off its reports."""

from collections.abc import Sequence

from extractors.claims.comparing.similarity import compare
from extractors.claims.comparing.voices import voice_of
from extractors.claims.values import ClaimSummary, Report, Thesaurus, Wording, order_of

_PRECISIONS = ("day", "week", "month", "year", "publication", None)


def summarise(reports: Sequence[Report], thesaurus: Thesaurus, *, reiterates: str | None = None) -> ClaimSummary:
    """Return the first report, the widest quote, the peak of severity and every wording with its similarity."""
    ordered = sorted(reports, key=order_of)
    headline = max(ordered, key=lambda report: (report.severity, len(report.content)))
    widest = max(ordered, key=lambda report: (len(_quote(report)), len(report.content)))
    dated = min(ordered, key=lambda report: (_PRECISIONS.index(report.said_on_precision), order_of(report)))
    is_reiteration = reiterates is not None
    return ClaimSummary(
        first=ordered[0],
        speaker=max(ordered, key=lambda report: voice_of(report).rank),
        headline=headline,
        widest_quote=_quote(widest),
        peak_severity=headline.severity,
        severity=max(1, headline.severity - 1) if is_reiteration and headline.severity else headline.severity,
        is_reiteration=is_reiteration,
        said_on=dated.said_on,
        said_on_precision=dated.said_on_precision,
        outlets=tuple(dict.fromkeys(report.outlet for report in ordered if report.outlet)),
        wordings=tuple(_wording(report, widest, thesaurus) for report in ordered),
    )


def _quote(report: Report) -> str:
    return max(report.quoted, key=len, default="")


def _wording(report: Report, widest: Report, thesaurus: Thesaurus) -> Wording:
    similarity = 1.0 if report is widest else compare(report, widest, thesaurus).score
    return Wording(report.statement_id, report.outlet, report.published_at, report.content, round(similarity, 3))
