"""What a release holds and what it does not: every table and view of the warehouse is in one of the lists.

A view is released as a table of what it shows, so that no other version of DuckDB has to understand its query.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Released:
    """A table or view that is released.

    ``month_of`` is the column whose month parts its Parquet files, ``without`` the columns that stay here,
    ``instead`` pairs of a column and the SQL of what stands in it.
    """

    name: str
    month_of: str | None = None
    without: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()


# A text is passed on where every source that brought the article, or a copy of it, allows it: `shared` says which.
SHARED = """
    SELECT article_id FROM copies LEFT JOIN sources USING (source_id)
    GROUP BY article_id HAVING bool_and(coalesce(sources.texts, 'keep') = 'share')
"""
IS_SHARED = f"article_id IN ({SHARED}) AND pruned_at IS NULL"
SHARED_ONLY = (
    ("text", f"CASE WHEN {IS_SHARED} THEN text END"),
    ("paragraphs", f"CASE WHEN {IS_SHARED} THEN paragraphs ELSE [] END"),
)
# Of a folder or an archive its name alone: where it lay is nobody's business.
NAMED_ONLY = (
    ("location", "CASE WHEN location LIKE 'http%' THEN location ELSE regexp_extract(location, '[^/]*$') END"),
)

RELEASED = (
    Released("events", "said_on"),
    Released("event_timeline", "said_on"),
    Released("claims", "said_on"),
    Released("claim_speakers"),
    Released("escalations", "said_on"),
    Released("escalation_timeline", "said_on"),
    Released("statements", "said_on", ("found", "pending")),
    Released("statement_targets"),
    Released("statement_repeats"),
    Released("claim_reports", "reported_at"),
    Released("claim_events"),
    Released("events_placed", "said_on"),
    Released("alert_log", "raised_at"),
    Released("alerts", "raised_at"),
    Released("alert_claims"),
    Released("alert_statements"),
    Released("dyads"),
    Released("actor_activity"),
    Released("actor_directory"),
    Released("actors", without=("found",)),
    Released("actor_names"),
    Released("actor_offices"),
    Released("mentions", without=("found_actor_id", "correction_id")),
    Released("articles", "published_at", ("dropped", "pruned_at"), SHARED_ONLY),
    Released("article_topics"),
    Released("article_versions", "seen_at"),
    Released("version_changes", "seen_at"),
    Released("copies", "published_at", ("text_id", "published_by")),
    Released("coverage", "on_day"),
    Released("extractions", without=("extracted_at",)),
    Released(
        "sources",
        without=("topics", "shortest_minutes", "longest_minutes", "origin", "is_enabled"),
        instead=NAMED_ONLY,
    ),
)

# Keys, signatures and the index by which Tocsin finds things, where raw pages lie and what was asked of whom when, the
# outbox, what people here silenced and corrected, and the texts of copies.
WITHHELD = frozenset({
    "actor_corrections", "article_signatures", "captures", "channel_states", "copy_texts", "deliveries", "documents",
    "entries", "introductions", "key_file", "listing_parts", "notices", "page_fetches", "polls", "rebuilt_claims",
    "rejections", "runs", "schema_migrations", "silences", "source_health", "source_states", "tries", "undelivered",
    "vocabulary", "words",
})  # fmt: skip
