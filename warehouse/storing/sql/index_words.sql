-- Where the words of $docs stand: rows of a document's number, its words in order, and whether they stand above its text.
INSERT INTO search.words
SELECT word_id, doc_id, place
FROM (
    SELECT doc_id, unnest(words) AS word,
           unnest(range(len(words))) - CASE WHEN is_head THEN len(words) + 1 ELSE 0 END AS place
    FROM (SELECT unnest(doc) FROM (SELECT unnest($docs) AS doc))
)
JOIN search.vocabulary USING (word)
ORDER BY word_id, doc_id, place
