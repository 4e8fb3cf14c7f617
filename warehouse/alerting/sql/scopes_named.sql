-- The events and speakers that $target names: an event by its id, its alert's, a claim's or a statement's (messages
-- name one), or the beginning of one.
WITH named AS (
    SELECT event_id FROM events_placed WHERE starts_with(event_id, $target)
    UNION SELECT event_id FROM alerts WHERE starts_with(alert_id, $target)
    UNION SELECT claim_events.event_id FROM claims
          JOIN claim_events ON claim_events.claim_id = coalesce(merged_into, claims.claim_id)
          WHERE starts_with(claims.claim_id, $target)
    UNION SELECT event_id FROM statements JOIN claim_events USING (claim_id)
          WHERE starts_with(statement_id, $target)
)
SELECT DISTINCT 'event', coalesce(merged_into, event_id) FROM named JOIN events_placed USING (event_id)
WHERE length($target) >= 4
UNION
SELECT 'speaker', actor_id FROM actors
WHERE actor_id = $target OR lower("name") = lower($target)
ORDER BY ALL
