-- Where each of these events was reported: one row an event and place, in the order of publication.
SELECT
    claim_events.event_id,
    coalesce(any_value(claim_reports.outlet), any_value(claim_reports.location)),
    min(claim_reports.reported_at) AS reported_at,
    any_value(claim_reports.title),
    any_value(claim_reports.location)
FROM events_placed
JOIN claim_events USING (event_id)
JOIN claim_reports USING (claim_id)
WHERE events_placed.event_id IN (SELECT unnest($events))
GROUP BY claim_events.event_id, claim_reports.copy_id
ORDER BY claim_events.event_id, reported_at NULLS LAST, any_value(claim_reports.outlet), claim_reports.copy_id
