-- The documents $found as people see them, in the order of their scores.
WITH found AS (SELECT unnest(one) FROM (SELECT unnest($found) AS one))
SELECT found.kind, found.id, found.score, articles.outlet, articles.published_at, articles.title,
       coalesce(said.speaker, said.speaker_text),
       coalesce(articles.url, (SELECT min(location) FROM copies WHERE copies.article_id = found.article_id)),
       coalesce(said.content, articles.text)
FROM found
JOIN (FROM articles WHERE article_id IN (SELECT article_id FROM found)) AS articles USING (article_id)
LEFT JOIN (
    SELECT statement_id, speaker, speaker_text, content FROM statements
    WHERE statement_id IN (SELECT id FROM found WHERE kind = 'statement')
) AS said ON found.kind = 'statement' AND said.statement_id = found.id
ORDER BY found.score DESC, articles.published_at DESC NULLS LAST, found.id
