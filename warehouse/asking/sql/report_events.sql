-- The newest $limit events, each once, with when its first report came in and how grave it was before $since.
WITH chosen AS (
    SELECT events_placed.event_id
    FROM events_placed
    JOIN claims ON claims.claim_id = events_placed.headline_claim_id
    WHERE events_placed.merged_into IS NULL AND events_placed.polarity <> 'neutral'
    ORDER BY events_placed.said_on DESC NULLS LAST, claims.severity DESC, events_placed.event_id
    LIMIT $limit
),
claimed AS (
    SELECT claim_events.event_id, claims.claim_id, claims.severity, min(articles.first_seen_at) AS seen_at
    FROM claim_events
    JOIN claims USING (claim_id)
    JOIN statements USING (claim_id)
    JOIN articles USING (article_id)
    WHERE claim_events.event_id IN (FROM chosen)
    GROUP BY ALL
),
seen AS (
    SELECT event_id, min(seen_at) AS seen_at,
           max(severity) FILTER (seen_at < CAST($since AS TIMESTAMPTZ)) AS severity_before
    FROM claimed
    GROUP BY event_id
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
    has_rung,
    headline_claim_id,
    seen.severity_before
FROM events
LEFT JOIN seen USING (event_id)
WHERE event_id IN (FROM chosen)
ORDER BY said_on DESC NULLS LAST, severity DESC, event_id
