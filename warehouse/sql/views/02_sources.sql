-- Health is measured up to the last successful poll, not to the present: an installation that stood still for a week
-- has no silent sources, and the view says the same of a snapshot whenever it is read.
-- Silence as in extractors/plan.py: ten usual gaps, two days at least.
CREATE OR REPLACE VIEW source_health AS
WITH polled AS (
    SELECT
        source_id,
        min(polls.polled_at) AS first_polled_at,
        count(*) AS n_polls,
        count(*) FILTER (outcome IN ('error', 'gone')) AS n_failed_polls,
        -- a poll dated after the last one was dated by a clock that was ahead
        arg_max(error, polls.polled_at) FILTER (
            error IS NOT NULL AND polls.polled_at <= coalesce(source_states.polled_at, polls.polled_at)
        ) AS last_error
    FROM polls
    LEFT JOIN source_states USING (source_id)
    GROUP BY source_id
),
settled AS (
    SELECT
        source_id,
        status = 'read' AS gave_article,
        status = 'read' OR reason LIKE 'off-topic%' AS was_readable,
        row_number() OVER (PARTITION BY source_id ORDER BY listed_at DESC, entry_id) <= 50 AS is_recent
    FROM entries
    WHERE status IN ('read', 'rejected', 'failed')
),
listed AS (
    SELECT source_id, count(*) AS n_entries, count(*) FILTER (status = 'pending') AS n_waiting
    FROM entries
    GROUP BY source_id
),
pages AS (
    SELECT
        source_id,
        count(*) AS n_settled,
        count(*) FILTER (gave_article) AS n_articles,
        avg(CAST(gave_article AS INTEGER)) AS article_share,
        avg(CAST(was_readable AS INTEGER)) FILTER (is_recent) AS recent_share,
        avg(CAST(was_readable AS INTEGER)) FILTER (NOT is_recent) AS earlier_share,
        count(*) FILTER (NOT is_recent) AS n_earlier
    FROM settled
    GROUP BY source_id
),
texts AS (
    SELECT
        copies.source_id,
        articles.n_words,
        row_number() OVER (PARTITION BY copies.source_id ORDER BY copies.seen_at DESC, copies.copy_id) AS age
    FROM copies
    JOIN articles USING (article_id)
    WHERE copies.reason <> 'near-duplicate'  -- of those, only the original's text is kept
),
lengths AS (
    SELECT
        source_id,
        CAST(median(n_words) FILTER (age <= 10) AS INTEGER) AS recent_words,
        CAST(median(n_words) FILTER (age BETWEEN 11 AND 110) AS INTEGER) AS usual_words,
        count(*) FILTER (age BETWEEN 11 AND 110) AS n_usual
    FROM texts
    GROUP BY source_id
),
facts AS (
    SELECT
        sources.source_id,
        sources.outlet,
        sources.country,
        sources.kind,
        coalesce(source_states.url, sources.location) AS url,
        sources.is_enabled AND source_states.disabled_reason IS NULL AS is_polled,
        source_states.disabled_reason,
        source_states.polled_at,
        source_states.succeeded_at,
        source_states.new_at,
        source_states.next_at,
        coalesce(source_states.n_errors, 0) AS error_streak,
        polled.last_error,
        coalesce(polled.n_polls, 0) AS n_polls,
        coalesce(polled.n_failed_polls, 0) AS n_failed_polls,
        coalesce(listed.n_entries, 0) AS n_entries,
        coalesce(listed.n_waiting, 0) AS n_waiting,
        coalesce(pages.n_settled, 0) AS n_settled,
        coalesce(pages.n_articles, 0) AS n_articles,
        pages.article_share,
        pages.recent_share AS readable_share,
        lengths.recent_words,
        lengths.usual_words,
        coalesce(source_states.gap_seconds, source_states.interval_seconds) / 3600 AS usual_gap_hours,
        epoch(source_states.succeeded_at - coalesce(source_states.new_at, polled.first_polled_at)) / 3600
            AS silent_hours,
        coalesce(
            epoch(source_states.succeeded_at - coalesce(source_states.new_at, polled.first_polled_at))
            > greatest(10 * coalesce(source_states.gap_seconds, source_states.interval_seconds, 1800), 2 * 86400),
            false
        ) AS is_silent,
        coalesce(
            source_states.succeeded_at IS NULL
            AND source_states.polled_at - polled.first_polled_at >= INTERVAL 1 DAY, false
        ) AS has_never_answered,
        coalesce(
            source_states.n_errors >= 3 OR (source_states.n_errors > 0 AND source_states.succeeded_at IS NULL), false
        ) AS is_failing,
        coalesce(lengths.n_usual >= 10 AND lengths.recent_words < lengths.usual_words / 2, false) AS is_shrinking,
        coalesce(pages.n_earlier >= 20 AND pages.recent_share < pages.earlier_share / 2, false) AS is_unreadable
    FROM sources
    LEFT JOIN source_states ON source_states.source_id = sources.source_id
    LEFT JOIN polled ON polled.source_id = sources.source_id
    LEFT JOIN listed ON listed.source_id = sources.source_id
    LEFT JOIN pages ON pages.source_id = sources.source_id
    LEFT JOIN lengths ON lengths.source_id = sources.source_id
    WHERE sources.origin IS NOT NULL
)
SELECT
    source_id,
    outlet,
    country,
    CASE
        WHEN NOT is_polled THEN 'disabled'
        WHEN polled_at IS NULL THEN 'new'
        WHEN has_never_answered THEN 'never-answered'
        WHEN is_failing THEN 'failing'
        WHEN is_unreadable THEN 'unreadable'
        WHEN is_shrinking THEN 'shrinking'
        WHEN is_silent THEN 'silent'
        ELSE 'ok'
    END AS health,
    * EXCLUDE (source_id, outlet, country)
FROM facts
ORDER BY health = 'ok', health = 'new', health = 'disabled', health, source_id;
COMMENT ON VIEW source_health IS 'How each polled source fares: last success, last new item, errors, share of entries that gave an article, length of its articles. Example: from source_health where health not in (''ok'', ''new'')';
COMMENT ON COLUMN source_health.source_id IS 'The source.';
COMMENT ON COLUMN source_health.outlet IS 'Who publishes it.';
COMMENT ON COLUMN source_health.country IS 'ISO 3166 alpha-3 code of the outlet.';
COMMENT ON COLUMN source_health.health IS 'disabled, new (never polled), never-answered (in a day or more), failing, unreadable, shrinking, silent or ok: the first that holds.';
COMMENT ON COLUMN source_health.kind IS 'feed, sitemap or page.';
COMMENT ON COLUMN source_health.url IS 'Where it is read now, after permanent redirects.';
COMMENT ON COLUMN source_health.is_polled IS 'False where it was switched off by hand, in sources.toml or by 410 Gone.';
COMMENT ON COLUMN source_health.disabled_reason IS 'Why it is no longer polled, where not by hand.';
COMMENT ON COLUMN source_health.polled_at IS 'Last poll.';
COMMENT ON COLUMN source_health.succeeded_at IS 'Last poll that was answered as it should be.';
COMMENT ON COLUMN source_health.new_at IS 'Last time it listed something new.';
COMMENT ON COLUMN source_health.next_at IS 'When it is read next.';
COMMENT ON COLUMN source_health.error_streak IS 'Failed polls in a row.';
COMMENT ON COLUMN source_health.last_error IS 'What failed last, however long ago.';
COMMENT ON COLUMN source_health.n_polls IS 'Polls on record.';
COMMENT ON COLUMN source_health.n_failed_polls IS 'Those of them that failed.';
COMMENT ON COLUMN source_health.n_entries IS 'Entries it was the first to list.';
COMMENT ON COLUMN source_health.n_waiting IS 'Entries whose page is still to be fetched.';
COMMENT ON COLUMN source_health.n_settled IS 'Entries whose page was fetched and read, or given up.';
COMMENT ON COLUMN source_health.n_articles IS 'Those of them that gave an article or a copy of one.';
COMMENT ON COLUMN source_health.article_share IS 'n_articles of n_settled.';
COMMENT ON COLUMN source_health.readable_share IS 'Share of the last 50 settled entries whose page could be read, on topic or not.';
COMMENT ON COLUMN source_health.recent_words IS 'Median words of its last 10 articles.';
COMMENT ON COLUMN source_health.usual_words IS 'Median words of the 100 before them.';
COMMENT ON COLUMN source_health.usual_gap_hours IS 'Usual time between two of its items, else between two polls.';
COMMENT ON COLUMN source_health.silent_hours IS 'Time from its last new item to the last successful poll.';
COMMENT ON COLUMN source_health.is_silent IS 'That is more than ten usual gaps, and two days at least.';
COMMENT ON COLUMN source_health.has_never_answered IS 'It was asked for a day or more and has not once answered as it should: its address may be a dead one.';
COMMENT ON COLUMN source_health.is_failing IS 'Three failed polls in a row, or it never answered.';
COMMENT ON COLUMN source_health.is_shrinking IS 'Its last 10 articles have less than half the words of those before: the reader may have lost the page.';
COMMENT ON COLUMN source_health.is_unreadable IS 'Its last 50 pages could be read less than half as often as those before.';
