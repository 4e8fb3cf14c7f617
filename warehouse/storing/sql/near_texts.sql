-- What may be near-duplicates of the texts $ids: for each the $at_most articles and the $at_most later copies that share
-- the most bands with it; and its copies, whatever they share.
WITH all_texts AS (
    SELECT article_id, published_at, true AS is_copy FROM copy_texts
    UNION ALL
    SELECT article_id, published_at, false FROM articles ANTI JOIN copy_texts USING (article_id)
),
bands AS (SELECT article_id AS one, band FROM article_signatures WHERE article_id IN (SELECT unnest($ids))),
alike AS (
    SELECT one, article_id AS other, count(*) AS n_shared FROM bands JOIN article_signatures USING (band)
    WHERE one <> article_id GROUP BY ALL
)
SELECT one, other, n_shared
FROM alike
JOIN all_texts ON all_texts.article_id = other
JOIN all_texts AS own ON own.article_id = one
WHERE NOT all_texts.is_copy OR all_texts.published_at IS NULL OR all_texts.published_at >= own.published_at
QUALIFY row_number() OVER (PARTITION BY one, all_texts.is_copy ORDER BY n_shared DESC, other) <= $at_most
UNION ALL
SELECT copy_of, article_id, 0 FROM copy_texts WHERE copy_of IN (SELECT unnest($ids))
