"""What the trial of a source found, for people and machines."""

from collections import Counter
from typing import Any

from flows.intake import Trial
from flows.telling import counted
from warehouse.storing import Listed

ENTRIES_SHOWN = 10


def trial_record(trial: Trial) -> dict[str, Any]:
    """Return the trial as one JSON object."""
    source = trial.source
    head = {"source_id": source.source_id, "url": source.url, "problem": trial.problem}
    if trial.problem is not None:
        return head
    return head | {
        "kind": trial.kind,
        "title": trial.title,
        "flaws": list(trial.flaws),
        "n_entries": len(trial.listed),
        "n_dated": len(trial.dates),
        "oldest": trial.dates[0].isoformat() if trial.dates else None,
        "newest": trial.dates[-1].isoformat() if trial.dates else None,
        "n_wanted": len(trial.wanted),
        "entries": [_entry_record(one) for one in trial.listed],
    }


def trial_text(trial: Trial) -> str:
    """Return the trial for people."""
    head = f"{trial.source.source_id}: {trial.source.url}"
    if trial.problem is not None:
        return f"{head}\n  failed: {trial.problem}"
    counts = Counter(one.decision for one in trial.wanted)
    listed = counted(len(trial.listed), "entry")
    lines = [
        head,
        f"  {trial.kind}{f' {trial.title!r}' if trial.title else ''}: {listed}, {_dates(trial)}",
        *([f"  flaws: {', '.join(trial.flaws)}"] if trial.flaws else []),
        f"  would fetch {len(trial.wanted)}: {counts['fetch']} match, {counts['fetch-to-decide']} to decide",
        *(
            f"    {one.decision}: {one.entry.title or one.entry.url} ({_why(one)})"
            for one in trial.wanted[:ENTRIES_SHOWN]
        ),
    ]
    left = len(trial.wanted) - ENTRIES_SHOWN
    return "\n".join([*lines, *([f"    and {left} more"] if left > 0 else [])])


def _dates(trial: Trial) -> str:
    if not trial.dates:
        return "none dated"
    return f"{len(trial.dates)} dated, {trial.dates[0]:%Y-%m-%d %H:%M} to {trial.dates[-1]:%Y-%m-%d %H:%M} UTC"


def _why(one: Listed) -> str:
    return ", ".join(one.topics) or one.reason


def _entry_record(one: Listed) -> dict[str, Any]:
    published = one.entry.published
    return {
        "title": one.entry.title,
        "url": one.entry.url,
        "published": published.at.isoformat() if published else None,
        "decision": one.decision,
        "is_wanted": one.is_wanted,
        "topics": list(one.topics),
        "reason": one.reason,
    }
