-- The pages that are due $now, an address once: waiting no longer than until $latest, listed or tried before $ahead, grown
-- since $quiet; what was published before $old comes last.
WITH due AS (
    SELECT entry_id, source_id, url, canonical_url, n_tries, false AS is_visit, published_at, listed_at
    FROM entries
    WHERE status = 'pending' AND url IS NOT NULL
        AND (due_at <= $now OR due_at > $latest OR coalesce(tried_at, listed_at) > $ahead)
    UNION ALL
    SELECT entry_id, source_id, entries.url, canonical_url, 0, true, published_at, listed_at
    FROM page_fetches JOIN entries USING (entry_id)
    WHERE status = 'read' AND entries.url IS NOT NULL AND grown_at >= $quiet
        AND (next_at <= $now OR next_at > $latest)
)
SELECT entry_id, source_id, url, n_tries, is_visit FROM due
QUALIFY row_number() OVER (
    PARTITION BY coalesce(canonical_url, url) ORDER BY is_visit, listed_at, entry_id
) = 1
ORDER BY is_visit DESC, coalesce(published_at < $old, false), published_at NULLS LAST, listed_at, entry_id
