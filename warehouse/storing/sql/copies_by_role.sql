-- The copies at all places where the texts $ids stood, as the roles their texts have now make them.
WITH concerned AS (
    SELECT DISTINCT location FROM copies
    WHERE text_id IN (SELECT unnest($ids)) OR (text_id IS NULL AND article_id IN (SELECT unnest($ids)))
),
placed AS (
    SELECT copies.* EXCLUDE (similarity), coalesce(copy_of, text_id, copies.article_id) AS now,
           CASE WHEN text_id IS NULL THEN copies.similarity ELSE coalesce(copy_texts.similarity, 1.0) END
               AS similarity,
           text_id IS NULL OR copy_of IS NOT NULL AS is_near,
           page_fetches.url IS NOT NULL AS is_page
    FROM copies
    LEFT JOIN copy_texts ON copy_texts.article_id = coalesce(text_id, copies.article_id)
    LEFT JOIN page_fetches ON page_fetches.url = location
    WHERE location IN (FROM concerned)
),
firsts AS (
    SELECT arg_min(copy_id, (coalesce(published_by, TIMESTAMPTZ 'infinity'), coalesce(outlet, ''),
                                      location, source_id)) AS first_id
    FROM copies WHERE text_id IN (SELECT text_id FROM placed) GROUP BY text_id
)
SELECT placed.* EXCLUDE (now, is_near, is_page), now, is_near, first_id IS NOT NULL AS is_first,
       is_page AND row_number() OVER (PARTITION BY location ORDER BY text_id IS NOT NULL, seen_at, text_id) > 1
           AND text_id IS DISTINCT FROM first_value(text_id)
               OVER (PARTITION BY location ORDER BY text_id IS NOT NULL, seen_at, text_id) AS is_later,
       row_number() OVER (
           PARTITION BY now, source_id, location ORDER BY text_id IS NOT NULL, seen_at, text_id
       ) > 1 AS is_further
FROM placed LEFT JOIN firsts ON first_id = copy_id
