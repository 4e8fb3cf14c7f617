-- The alerts that told of the claims $ids, the first that rang last: which claim it was, which claim and event these are by
-- now, and the alert.
SELECT alert_claims.claim_id, coalesce(claims.merged_into, alert_claims.claim_id),
       coalesce(events_placed.merged_into, alerts.event_id), alert_id, coalesce(alerts.event_id, ''), alerts.claim_id, "rule",
       statement_id, alerts.category, alerts.severity, is_replay, raised_at, "action", reasons, coalesce(n_outlets, 0),
       "level", step, silence_id, told_severity, told_rank
FROM alerts
JOIN alert_claims USING (alert_id)
LEFT JOIN claims ON claims.claim_id = alert_claims.claim_id
LEFT JOIN events_placed ON events_placed.event_id = alerts.event_id
WHERE alert_claims.claim_id IN (SELECT unnest($ids))
ORDER BY "action" = 'ring', raised_at DESC, alert_id
