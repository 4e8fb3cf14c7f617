-- Entries that have words of their own and no page ($unreadable: reasons for which its page held none), $limit at most.
SELECT entry_id, entries.source_id, coalesce(canonical_url, guid), guid, canonical_url, entries.title, summary,
       content, author, entries.language, published_at, published_precision, published_is_inferred,
       published_raw, outlet, issuer, sources.topics
FROM entries JOIN sources USING (source_id)
WHERE content IS NOT NULL AND decision <> 'skip' AND (
    (basis IS NULL AND entries.url IS NULL AND status = 'skipped')
    OR (basis IS NULL AND status = 'pending' AND n_tries > 0)
    OR (basis IS DISTINCT FROM 'none' AND status = 'failed')
    OR (basis IS DISTINCT FROM 'none' AND status = 'rejected'
        AND split_part(reason, ':', 1) IN (SELECT unnest($unreadable)))
)
ORDER BY published_at NULLS LAST, listed_at, entry_id
LIMIT $limit
