-- The words of the documents $docs in order, those of the text and those of what stands above it: a title, a speaker.
WITH wanted AS (FROM search.documents WHERE doc_id IN (SELECT unnest($docs)))
SELECT doc_id, true AS is_head, search.words_of(coalesce(title, '')) AS words
FROM wanted JOIN articles ON kind = 'article' AND articles.article_id = id
UNION ALL
SELECT doc_id, false, search.words_of("text") FROM wanted JOIN articles ON kind = 'article' AND articles.article_id = id
UNION ALL
SELECT doc_id, true, search.words_of(coalesce(speaker, speaker_text, ''))
FROM wanted JOIN statements ON kind = 'statement' AND statement_id = id
UNION ALL
SELECT doc_id, false, search.words_of(content) FROM wanted JOIN statements ON kind = 'statement' AND statement_id = id
