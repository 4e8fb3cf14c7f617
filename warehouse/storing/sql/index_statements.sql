-- Give the statements $ids that stand a number each in the index of full text.
INSERT INTO search.documents
SELECT (SELECT coalesce(max(doc_id), 0) FROM search.documents) + row_number() OVER (ORDER BY statement_id),
       'statement', statement_id, article_id, len(string_split(content, ' '))
FROM statements WHERE statement_id IN (SELECT unnest($ids))
RETURNING doc_id
