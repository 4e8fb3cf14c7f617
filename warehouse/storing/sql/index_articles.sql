-- Give the articles $ids that stand a number each in the index of full text.
INSERT INTO search.documents
SELECT (SELECT coalesce(max(doc_id), 0) FROM search.documents) + row_number() OVER (ORDER BY article_id),
       'article', article_id, article_id, n_words
FROM articles WHERE article_id IN (SELECT unnest($ids))
RETURNING doc_id
