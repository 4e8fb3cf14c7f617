-- The sources in trouble, what their trouble is counted by, and the words it is told in. The same trouble is told of
-- again only after the source was well in between.
SELECT health, source_id, coalesce(outlet, source_id), url,
       CASE health
           WHEN 'silent' THEN coalesce(CAST(new_at AS VARCHAR), 'never')
           WHEN 'disabled' THEN disabled_reason
           WHEN 'failing' THEN coalesce(CAST(succeeded_at AS VARCHAR), 'never')
           ELSE CAST(date_trunc('month', polled_at) AS VARCHAR)
       END,
       CASE health
           WHEN 'silent' THEN 'nothing new for ' || CAST(round(silent_hours) AS INTEGER) || ' hours'
           WHEN 'disabled' THEN 'no longer polled: ' || disabled_reason
           WHEN 'failing' THEN error_streak || ' polls failed in a row: ' || coalesce(last_error, 'no answer')
           WHEN 'unreadable' THEN 'its pages can no longer be read as before'
           ELSE 'its articles have become much shorter'
       END
FROM source_health
WHERE health IN ('silent', 'failing', 'unreadable', 'shrinking') OR disabled_reason IS NOT NULL
ORDER BY source_id
