-- What may be near-duplicates of the texts $ids: for each the $at_most articles and the $at_most later copies that share
-- the most bands with it; and its copies, whatever they share.
WITH all_texts AS (
    SELECT article_id, true AS is_copy FROM copy_texts
    UNION ALL
    SELECT article_id, false FROM articles ANTI JOIN copy_texts USING (article_id)
),
bands AS (SELECT article_id AS one, band FROM article_signatures WHERE article_id IN (SELECT unnest($ids))),
alike AS (
    SELECT one, article_id AS other, count(*) AS n_shared FROM bands JOIN article_signatures USING (band)
    WHERE one <> article_id GROUP BY ALL
),
dated AS (
    SELECT text_id, min(published_by) AS published_by FROM copies
    WHERE text_id IN (SELECT one FROM alike UNION SELECT other FROM alike)
    GROUP BY text_id
)
SELECT one, other, n_shared
FROM alike
JOIN all_texts ON all_texts.article_id = other
LEFT JOIN dated AS own ON own.text_id = one
LEFT JOIN dated ON dated.text_id = other
WHERE NOT is_copy OR dated.published_by IS NULL OR dated.published_by >= own.published_by
QUALIFY row_number() OVER (PARTITION BY one, is_copy ORDER BY n_shared DESC, other) <= $at_most
UNION ALL
SELECT copy_of, article_id, 0 FROM copy_texts
WHERE copy_of IN (SELECT unnest($ids)) AND pruned_at IS NULL  -- a copy without its words stays what it was
