-- The words of the $terms in order and the numbers they have in the index; the last one of a term that $is_open is a beginning.
WITH terms AS (
    SELECT unnest(range(len($terms))) AS term, unnest($terms) AS text, unnest($is_open) AS is_open
),
cut AS (
    SELECT term, unnest(words) AS word, unnest(range(len(words))) AS place, is_open, len(words) AS n_words
    FROM (SELECT term, is_open, search.words_of(text) AS words FROM terms)
),
wanted AS (SELECT term, place, word, is_open AND place = n_words - 1 AS is_open FROM cut),
exact AS (
    SELECT term, place, word_id FROM wanted JOIN search.vocabulary AS vocabulary USING (word) WHERE NOT is_open
),
open AS (
    SELECT term, place, word_id FROM wanted JOIN search.vocabulary AS vocabulary ON starts_with(vocabulary.word, wanted.word)
    WHERE is_open
)
SELECT term, place, coalesce(list(word_id ORDER BY word_id) FILTER (word_id IS NOT NULL), [])
FROM wanted LEFT JOIN (FROM exact UNION ALL FROM open) AS known USING (term, place)
GROUP BY term, place
ORDER BY term, place
