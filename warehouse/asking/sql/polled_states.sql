-- How each polled source stands, from its state alone: cheap enough to be asked after every run.
WITH standing AS (
    SELECT
        sources.source_id,
        source_states.next_at,
        source_states.polled_at,
        source_states.succeeded_at,
        coalesce(source_states.n_errors, 0) AS n_errors,
        CASE
            WHEN NOT sources.is_enabled THEN 'disabled'
            WHEN source_states.disabled_reason IS NOT NULL THEN 'gone'
            WHEN source_states.polled_at IS NULL THEN 'new'
            WHEN source_states.n_errors >= 3
                OR (source_states.n_errors > 0 AND source_states.succeeded_at IS NULL) THEN 'failing'
            ELSE 'answering'
        END AS state,
        source_states.disabled_reason
    FROM sources
    LEFT JOIN source_states USING (source_id)
    WHERE sources.origin IS NOT NULL
),
failed AS (
    SELECT source_id, arg_max(error, polled_at) AS error
    FROM polls
    WHERE error IS NOT NULL AND source_id IN (SELECT source_id FROM standing WHERE state = 'failing')
    GROUP BY source_id
)
SELECT
    standing.source_id,
    standing.state,
    standing.next_at,
    standing.polled_at,
    standing.succeeded_at,
    standing.n_errors,
    coalesce(standing.disabled_reason, failed.error)
FROM standing
LEFT JOIN failed USING (source_id)
ORDER BY standing.source_id
