-- The texts $ids with all places where each stood: what topics are decided by, and those it has.
WITH texts AS (
    SELECT article_id, title, "text", published_origin FROM articles
    WHERE article_id IN (SELECT unnest($ids))
    UNION ALL
    SELECT article_id, title, "text", published_origin FROM copy_texts ANTI JOIN articles USING (article_id)
    WHERE article_id IN (SELECT unnest($ids))
),
places AS (
    SELECT coalesce(text_id, article_id) AS article_id, list({'title': title, 'source_id': source_id}) AS places
    FROM copies
    WHERE coalesce(text_id, article_id) IN (SELECT unnest($ids))
    GROUP BY ALL
)
SELECT texts.article_id, texts.title, texts."text", texts.published_origin = 'addition',
       coalesce([[one.title, one.source_id] FOR one IN places], []),
       coalesce(earlier.topics.topics, [])
FROM texts
LEFT JOIN places USING (article_id)
LEFT JOIN earlier.topics USING (article_id)
ORDER BY texts.article_id
