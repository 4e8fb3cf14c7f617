-- What the id $given, or the beginning of one, names, the whole before its parts; with the statement that tells most of it:
-- of the claim's category and gravest, of several alike the first report; none where no text stands for it any more.
WITH named AS (
    SELECT 1 AS place, 'event' AS kind, standing.event_id AS id, standing.headline_claim_id AS claim_id, NULL AS own
    FROM events_placed JOIN events_placed AS standing
      ON standing.event_id = coalesce(events_placed.merged_into, events_placed.event_id)
    WHERE starts_with(events_placed.event_id, $given)
    UNION ALL
    SELECT 2, 'alert', alert_id, coalesce(claims.merged_into, claims.claim_id), NULL
    FROM alerts JOIN claims USING (claim_id) WHERE starts_with(alert_id, $given)
    UNION ALL
    SELECT 3, 'claim', coalesce(merged_into, claim_id), coalesce(merged_into, claim_id), NULL
    FROM claims WHERE starts_with(claim_id, $given)
    UNION ALL
    SELECT 4, 'statement', statement_id, claim_id, statement_id
    FROM statements WHERE starts_with(statement_id, $given)
),
telling AS (
    SELECT claims.claim_id, statements.statement_id
    FROM claims JOIN statements USING (claim_id)
    WHERE claims.claim_id IN (SELECT claim_id FROM named)
    QUALIFY row_number() OVER (
        PARTITION BY claims.claim_id
        ORDER BY statements.category = claims.category DESC, statements.severity DESC,
                 statements.statement_id = first_statement_id DESC, statements.statement_id
    ) = 1
)
SELECT DISTINCT kind, id, coalesce(own, statement_id), event_id, place
FROM named LEFT JOIN telling USING (claim_id) LEFT JOIN claim_events USING (claim_id)
ORDER BY place, id
LIMIT $limit
