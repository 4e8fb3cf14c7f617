-- The texts $ids, each with its earliest place, the addresses it was fetched from, and its role.
WITH ranked AS (
    SELECT text_id, published_by, outlet, location, source_id,
           list(location) FILTER (location IN (SELECT url FROM page_fetches))
               OVER (PARTITION BY text_id) AS addresses
    FROM copies WHERE text_id IN (SELECT unnest($ids))
    QUALIFY row_number() OVER (
        PARTITION BY text_id ORDER BY published_by NULLS LAST, coalesce(outlet, ''), location, source_id
    ) = 1
)
SELECT text_id, coalesce(copy_texts.text, articles.text), ranked.published_by, ranked.outlet, location,
       source_id, coalesce(addresses, []), copy_texts.article_id IS NOT NULL, copy_of, similarity
FROM ranked
LEFT JOIN copy_texts ON copy_texts.article_id = text_id
LEFT JOIN articles ON articles.article_id = text_id
