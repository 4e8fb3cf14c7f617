-- The warehouse at a glance: counts, and the last run; one dated after $ahead is last where there is no other.
SELECT
    (SELECT count(*) FROM articles), (SELECT count(*) FROM copies), (SELECT count(*) FROM rejections),
    (SELECT count(*) FROM statements), (SELECT count(*) FROM claims WHERE merged_into IS NULL),
    (SELECT count(*) FROM escalations), (SELECT count(*) FROM alerts),
    (SELECT count(*) FROM deliveries WHERE status = 'pending'),
    (SELECT count(*) FROM deliveries WHERE status = 'dead'),
    (SELECT count(*) FROM source_health WHERE is_polled),
    (SELECT coalesce(list(source_id || ' (' || health || ')' ORDER BY source_id), []) FROM source_health
     WHERE health IN ('failing', 'silent', 'shrinking', 'unreadable')),
    (SELECT max(published_at) FROM articles),
    last_run.started_at, last_run.flow, last_run.status, last_run.error
FROM (SELECT 1) LEFT JOIN (
    FROM runs ORDER BY started_at > $ahead, started_at DESC LIMIT 1
) AS last_run ON true
