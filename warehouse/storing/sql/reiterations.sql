-- What the claims $ids, and those that repeat or repeated one of them, reiterate: as stored, and by now.
WITH pairs AS (
    SELECT later.claim_id, earlier.claim_id AS earlier_id, repeats_on, similarity, repeats_id
    FROM statement_repeats
    JOIN statements AS later USING (statement_id)
    JOIN statements AS earlier ON earlier.statement_id = repeats_id
    WHERE later.claim_id <> earlier.claim_id
),
concerned AS (
    SELECT unnest($ids) AS claim_id
    UNION SELECT claim_id FROM pairs WHERE earlier_id IN (SELECT unnest($ids))
    UNION SELECT claim_id FROM claims WHERE reiterates IN (SELECT unnest($ids)) AND merged_into IS NULL
)
SELECT concerned.claim_id, any_value(claims.reiterates),
       arg_max(earlier_id, (repeats_on, similarity, repeats_id))
FROM concerned LEFT JOIN pairs USING (claim_id) LEFT JOIN claims USING (claim_id)
GROUP BY concerned.claim_id
