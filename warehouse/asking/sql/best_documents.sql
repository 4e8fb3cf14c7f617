-- The $limit best documents of $kinds by BM25, of those where $n_needed of the terms stand. A term stands where all of
-- its $words do, one behind the other.
WITH words AS (
    SELECT term, place AS "offset", unnest(word_ids) AS word_id FROM (SELECT unnest(word) FROM (SELECT unnest($words) AS word))
),
lengths AS (
    SELECT term, count(*) AS n_words FROM (SELECT unnest(word) FROM (SELECT unnest($words) AS word)) GROUP BY term
),
places AS (
    SELECT term, doc_id, place - "offset" AS start, count(*) AS n_words
    FROM (FROM search.words WHERE word_id IN (SELECT unnest($word_ids))) JOIN words USING (word_id)
    GROUP BY ALL
),
counted AS (
    SELECT term, doc_id, sum(CASE WHEN start < 0 THEN $title_weight ELSE 1 END) AS n
    FROM places JOIN lengths USING (term, n_words) GROUP BY ALL
),
kinds AS (
    SELECT kind, count(*) AS n_docs, greatest(avg(size), 1) AS usual_size FROM search.documents GROUP BY kind
),
found AS (
    SELECT *, count(*) OVER (PARTITION BY term, kind) AS n_found, count(*) OVER (PARTITION BY doc_id) AS n_terms
    FROM counted JOIN search.documents USING (doc_id)
    WHERE kind IN (SELECT unnest($kinds))
),
scored AS (
    SELECT kind, id, article_id, sum(
        ln(1 + (n_docs - n_found + 0.5) / (n_found + 0.5)) * n * ($k1 + 1)
            / (n + $k1 * (1 - $b + $b * size / usual_size)) ORDER BY term
    ) AS score
    FROM found JOIN kinds USING (kind) WHERE n_terms >= $n_needed
    GROUP BY kind, id, article_id
)
SELECT kind, id, article_id, score
FROM scored JOIN (SELECT article_id, published_at FROM articles) USING (article_id)
WHERE ($since IS NULL OR published_at >= CAST($since AS DATE))
ORDER BY score DESC, published_at DESC NULLS LAST, id
LIMIT $limit
