-- Where each event was reported: one row an event and place, in the order of publication.
SELECT
    claim_events.event_id,
    coalesce(any_value(claim_reports.outlet), any_value(claim_reports.location)),
    min(claim_reports.reported_at) AS reported_at,
    any_value(claim_reports.title),
    any_value(claim_reports.location)
FROM events_placed
JOIN claim_events USING (event_id)
JOIN claim_reports USING (claim_id)
WHERE events_placed.merged_into IS NULL AND events_placed.polarity <> 'neutral'
GROUP BY claim_events.event_id, claim_reports.copy_id
ORDER BY claim_events.event_id, reported_at NULLS LAST, any_value(claim_reports.outlet), claim_reports.copy_id
