-- Which deliveries a silence of $scope and $target takes back: those not under way to anybody yet. All on record rang before it was made.
UPDATE deliveries SET status = 'silenced'
WHERE status = 'pending' AND leased_until IS NULL AND alert_id IN (
    SELECT alert_id FROM alerts JOIN claims USING (claim_id)
    WHERE CASE $scope
        WHEN 'event' THEN $target IN (
            event_id, (SELECT merged_into FROM events_placed WHERE events_placed.event_id = alerts.event_id)
        )
        WHEN 'claim' THEN alert_id IN (SELECT alert_id FROM alert_claims WHERE alert_claims.claim_id = $target)
            OR $target IN (claim_id, merged_into)
        WHEN 'rule' THEN "rule" = $target
        ELSE speaker_id = $target OR claim_id IN (SELECT claim_id FROM statements WHERE speaker_id = $target)
    END
)
