-- Who spoke in the events: one row a speaker, who escalated most often first.
WITH said AS (
    SELECT
        coalesce(claims.speaker_id, claims.speaker) AS who,
        claims.speaker,
        voices."role",
        voices.country,
        events_placed.event_id,
        events_placed.said_on,
        claims.polarity,
        claims.severity
    FROM events_placed
    JOIN claim_events USING (event_id)
    JOIN claims USING (claim_id)
    LEFT JOIN claim_speakers AS voices USING (claim_id)
    WHERE events_placed.merged_into IS NULL AND events_placed.polarity <> 'neutral'
)
SELECT
    arg_max(speaker, coalesce(said_on, DATE '0001-01-01')),
    arg_max("role", coalesce(said_on, DATE '0001-01-01')) FILTER ("role" IS NOT NULL),
    arg_max(country, coalesce(said_on, DATE '0001-01-01')) FILTER (country IS NOT NULL),
    count(DISTINCT event_id) FILTER (polarity = 'escalatory') AS n_escalatory,
    count(DISTINCT event_id) FILTER (polarity = 'de-escalatory') AS n_deescalatory,
    coalesce(max(severity) FILTER (polarity = 'escalatory'), 0),
    min(said_on),
    max(said_on)
FROM said
WHERE who IS NOT NULL
GROUP BY who
ORDER BY n_escalatory DESC, n_deescalatory DESC, who
