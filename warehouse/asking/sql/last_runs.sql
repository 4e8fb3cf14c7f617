-- The last run of each flow, and when one last came to its end; one dated after $ahead is last where there is no other.
SELECT
    flow,
    run_id,
    started_at,
    finished_at,
    status,
    error,
    tocsin_version,
    extractor_version,
    max(finished_at) FILTER (status = 'completed' AND finished_at <= $ahead) OVER (PARTITION BY flow),
    articles_added,
    copies_added,
    rejections_added,
    statements_added,
    claims_added,
    alerts_added
FROM runs
QUALIFY row_number() OVER (PARTITION BY flow ORDER BY started_at > $ahead, started_at DESC, run_id) = 1
ORDER BY flow
