-- The matrix of sides: who did what towards whom, and how grave.
SELECT
    events_placed.side,
    events_placed.aim,
    count(*) FILTER (events_placed.polarity = 'escalatory'),
    count(*) FILTER (events_placed.polarity = 'de-escalatory'),
    coalesce(max(claims.severity) FILTER (events_placed.polarity = 'escalatory'), 0)
FROM events_placed
JOIN claims ON claims.claim_id = events_placed.headline_claim_id
WHERE events_placed.merged_into IS NULL AND events_placed.polarity <> 'neutral'
GROUP BY ALL
ORDER BY count(*) DESC, events_placed.side, events_placed.aim
