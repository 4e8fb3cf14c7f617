"""What a run came to, for people: the table of new escalation claims and the line of counts."""

from collections.abc import Sequence
from pathlib import Path

from flows.analysis.cells import markdown_table
from flows.analysis.run import RunLog
from flows.telling import counted
from warehouse.asking import EscalationRow, alerts_of, escalation_rows
from warehouse.connection import open_writer
from warehouse.storing import Counts

COLUMNS = ("date", "speaker", "category", "severity", "words", "outlets")
ALERT_COLUMNS = ("rule", "action", "speaker", "category", "severity", "words", "claim")
WORDS_SHOWN = 240
# What a date is marked with when the text gives no day.
ROUGH = {"week": "week of ", "month": "month of ", "year": "year of ", "publication": "by "}


def table_rows(rows: Sequence[EscalationRow]) -> list[tuple[str, ...]]:
    """Return the rows of the table of escalation claims as cells."""
    return [
        (
            said_on_words(row),
            speaker_words(row),
            row.category,
            str(row.severity),
            shortened(row.quote),
            ", ".join(row.outlets) or "-",
        )
        for row in rows
    ]


def said_on_words(row: EscalationRow) -> str:
    """Return the date, with a word where it is not a day the text names."""
    return f"{ROUGH.get(row.said_on_precision or '', '')}{row.said_on}" if row.said_on else "?"


def speaker_words(row: EscalationRow) -> str:
    """Return name, role and country."""
    facts = ", ".join(one for one in (row.role, row.country) if one)
    return f"{row.speaker or '?'} ({facts})" if facts else row.speaker or "?"


def shortened(text: str) -> str:
    """Return the text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= WORDS_SHOWN else line[:WORDS_SHOWN].rsplit(" ", 1)[0] + " ..."


def counts_words(counts: Counts) -> str:
    """Return what a run added as one line."""
    if counts.is_nothing:
        return "nothing new: no article, statement, claim or alert was added"
    parts = (
        (counts.articles, "article"),
        (counts.copies - counts.articles, "copy"),  # an article's own place is on record too, and is no copy
        (counts.rejections, "rejection"),
        (counts.statements, "statement"),
        (counts.claims, "claim"),
        (counts.alerts, "alert"),
    )
    return "added " + ", ".join(counted(n, word) for n, word in parts)


def run_markdown(warehouse: Path, log: RunLog) -> str:
    """Return the run's result as Markdown, for Prefect's page of the run."""
    with open_writer(warehouse) as con:
        rows = escalation_rows(con, log.claim_ids)
        alerts = alerts_of(con, log.alert_ids)
    parts = [f"## Tocsin {log.flow}\n\n{counts_words(log.counts)}\n"]
    if rows:
        parts.append(markdown_table(COLUMNS, table_rows(rows)))
    if alerts:
        cells = [[shortened(str(cell or "")) for cell in row] for row in alerts]
        parts.append(f"### Alerts ({len(alerts)})\n\n{markdown_table(ALERT_COLUMNS, cells)}")
    return "\n".join(parts)
