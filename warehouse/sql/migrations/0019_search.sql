-- An inverted index of articles and statements, so that a search reads the words it asks for and not all texts.
-- It stands in a schema of its own: its numbers follow the order of arrival and mean nothing outside the file.

CREATE SCHEMA search;

-- How texts are cut into words. What is stored was cut so: another way of cutting needs the index filled anew.
CREATE MACRO search.words_of(text) AS regexp_extract_all(strip_accents(lower(text)), '[\p{L}\p{N}]+');

CREATE TABLE search.documents (
    doc_id UINTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    size BIGINT NOT NULL
);
COMMENT ON TABLE search.documents IS 'What full text finds: every article and statement, under a number.';
COMMENT ON COLUMN search.documents.doc_id IS 'Its number; given in the order of arrival.';
COMMENT ON COLUMN search.documents.kind IS 'article or statement.';
COMMENT ON COLUMN search.documents.id IS 'The article or the statement.';
COMMENT ON COLUMN search.documents.article_id IS 'The article it stands in.';
COMMENT ON COLUMN search.documents.size IS 'Number of words.';

CREATE TABLE search.vocabulary (
    word_id UINTEGER NOT NULL,
    word VARCHAR NOT NULL
);
COMMENT ON TABLE search.vocabulary IS 'The words of all documents, without case and accents, each under a number.';
COMMENT ON COLUMN search.vocabulary.word_id IS 'Its number; given in the order of arrival.';
COMMENT ON COLUMN search.vocabulary.word IS 'The word.';

CREATE TABLE search.words (
    word_id UINTEGER NOT NULL,
    doc_id UINTEGER NOT NULL,
    place INTEGER NOT NULL
);
COMMENT ON TABLE search.words IS 'Where each word stands; sorted by words within what arrived together, so that they take little room.';
COMMENT ON COLUMN search.words.word_id IS 'The word.';
COMMENT ON COLUMN search.words.doc_id IS 'The document.';
COMMENT ON COLUMN search.words.place IS 'Its place in the text, from 0; below -1 in the title or in the name of the speaker.';

INSERT INTO search.documents
SELECT row_number() OVER (ORDER BY kind, id), * FROM (
    SELECT 'article' AS kind, article_id AS id, article_id, coalesce(n_words, 0) AS size FROM articles
    UNION ALL
    SELECT 'statement', statement_id, article_id, len(string_split(content, ' ')) FROM statements
);

INSERT INTO search.vocabulary
SELECT row_number() OVER (ORDER BY n DESC, word), word FROM (
    SELECT unnest(search.words_of(part)) AS word, count(*) AS n FROM (
        SELECT unnest([coalesce(title, ''), text]) AS part FROM articles
        UNION ALL
        SELECT unnest([coalesce(speaker, speaker_text, ''), content]) FROM statements
    )
    GROUP BY word
);

INSERT INTO search.words
SELECT word_id, doc_id, place
FROM (
    SELECT doc_id, unnest(words) AS word, unnest(range(len(words))) - CASE WHEN is_head THEN len(words) + 1 ELSE 0 END
        AS place
    FROM (
        SELECT doc_id, part.is_head, search.words_of(part.text) AS words
        FROM (
            SELECT 'article' AS kind, article_id AS id,
                   unnest([{'is_head': true, 'text': coalesce(title, '')}, {'is_head': false, 'text': text}]) AS part
            FROM articles
            UNION ALL
            SELECT 'statement', statement_id,
                   unnest([{'is_head': true, 'text': coalesce(speaker, speaker_text, '')},
                           {'is_head': false, 'text': content}])
            FROM statements
        )
        JOIN search.documents USING (kind, id)
    )
)
JOIN search.vocabulary USING (word)
ORDER BY word_id, doc_id, place;
