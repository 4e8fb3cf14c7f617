-- Every event once, the newest first, with when its first report came in.
WITH seen AS (
    SELECT claim_events.event_id, min(articles.first_seen_at) AS seen_at
    FROM claim_events
    JOIN statements USING (claim_id)
    JOIN articles USING (article_id)
    GROUP BY claim_events.event_id
)
SELECT
    event_id,
    said_on,
    said_on_precision,
    side,
    coalesce(aim, ''),
    polarity,
    category,
    severity,
    speaker,
    headline,
    coalesce(form, 'indirect'),
    coalesce(outlets, []),
    n_claims,
    first_reported_at,
    seen.seen_at,
    has_rung
FROM events
LEFT JOIN seen USING (event_id)
ORDER BY said_on DESC NULLS LAST, severity DESC, event_id
