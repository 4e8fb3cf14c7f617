-- What stands does not depend on what came first: the texts of copies are kept, so that one may take over as the article,
-- with what each article says of an actor and which statement repeats which.

CREATE TABLE copy_texts (
    article_id VARCHAR NOT NULL,
    copy_of VARCHAR,
    similarity DOUBLE,
    topics STRUCT(topic VARCHAR, score DOUBLE)[] NOT NULL,
    title VARCHAR,
    author VARCHAR,
    outlet VARCHAR,
    section VARCHAR,
    url VARCHAR,
    language VARCHAR,
    published_at TIMESTAMPTZ,
    published_precision VARCHAR,
    published_origin VARCHAR,
    published_is_inferred BOOLEAN,
    text VARCHAR NOT NULL,
    paragraphs STRUCT("start" INTEGER, "end" INTEGER, source_start INTEGER)[] NOT NULL,
    dropped STRUCT(reason VARCHAR, "text" VARCHAR, "start" INTEGER, "end" INTEGER)[] NOT NULL,
    n_words INTEGER NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE copy_texts IS 'Texts that are near-duplicates of an article, kept because an earlier or a nearer text may come in later and change which one is the article.';
COMMENT ON COLUMN copy_texts.article_id IS 'Content hash of this text; its id if it becomes an article.';
COMMENT ON COLUMN copy_texts.copy_of IS 'The article it is a copy of. One that is in articles too was the article until then; it goes when the other one has been related.';
COMMENT ON COLUMN copy_texts.similarity IS 'Containment in that article.';
COMMENT ON COLUMN copy_texts.topics IS 'Topics it belongs to by its full text.';
COMMENT ON COLUMN copy_texts.title IS 'Headline.';
COMMENT ON COLUMN copy_texts.author IS 'Byline.';
COMMENT ON COLUMN copy_texts.outlet IS 'Outlet of the earliest place of the text.';
COMMENT ON COLUMN copy_texts.section IS 'Section of the outlet.';
COMMENT ON COLUMN copy_texts.url IS 'Canonical URL of the earliest place; NULL for files.';
COMMENT ON COLUMN copy_texts.language IS 'ISO 639-1 code.';
COMMENT ON COLUMN copy_texts.published_at IS 'When it was published, as well as that is known.';
COMMENT ON COLUMN copy_texts.published_precision IS 'second, minute, day, month or year.';
COMMENT ON COLUMN copy_texts.published_origin IS 'Where the date was read.';
COMMENT ON COLUMN copy_texts.published_is_inferred IS 'True where the date is a guess from other facts.';
COMMENT ON COLUMN copy_texts.text IS 'The body: paragraphs joined by a blank line.';
COMMENT ON COLUMN copy_texts.paragraphs IS 'Where each paragraph stands in the text, and where it stood in the input for plain text.';
COMMENT ON COLUMN copy_texts.dropped IS 'What the reader left out as not being article text.';
COMMENT ON COLUMN copy_texts.n_words IS 'Number of words of the body.';
COMMENT ON COLUMN copy_texts.first_seen_at IS 'When Tocsin first saw the text.';
COMMENT ON COLUMN articles.outlet IS 'Outlet of the earliest place of the text.';
COMMENT ON COLUMN articles.url IS 'Canonical URL of the earliest place of the text; NULL for files.';
COMMENT ON TABLE article_signatures IS 'Index of near-duplicates: MinHash bands; two texts with one in common are candidates.';
COMMENT ON COLUMN article_signatures.article_id IS 'The article, or the text of a copy.';

ALTER TABLE copies ADD COLUMN text_id VARCHAR;
UPDATE copies SET text_id = article_id WHERE reason <> 'near-duplicate';
COMMENT ON COLUMN copies.copy_id IS 'Identifier computed from article, source and location, and the text where a place had several that are copies of one.';
COMMENT ON COLUMN copies.text_id IS 'Content hash of the text that stood there; NULL for near-duplicates that came in before texts of copies were kept.';
COMMENT ON COLUMN copies.reason IS 'first (the earliest place of the article), revision (the same, of an address that changed its text), same-text or near-duplicate.';

ALTER TABLE captures ADD COLUMN text_id VARCHAR;
ALTER TABLE captures ADD COLUMN location VARCHAR;
COMMENT ON COLUMN captures.text_id IS 'Content hash of the text it gave; NULL where it gave none.';
COMMENT ON COLUMN captures.location IS 'The place of the copy it is: the canonical address that the page gives itself.';

ALTER TABLE statements ADD COLUMN pending VARCHAR;
COMMENT ON COLUMN statements.pending IS 'relate where it is to be related anew, drop where it is no longer found and goes once what stands in its place is related; else NULL.';
COMMENT ON COLUMN statements.claim_similarity IS 'Likeness to the nearest report of its claim that was published before it, 1 for the first.';
COMMENT ON COLUMN statements.claim_reason IS 'In what they are alike; or that it is the first report.';
COMMENT ON COLUMN claims.claim_id IS 'Identifier computed from the earliest report. Once it rang or was silenced it stays, whatever comes in.';
COMMENT ON COLUMN claims.merged_into IS 'The claim it turned out to be the same as, of one that had rung or was silenced; NULL for claims that stand.';

CREATE TABLE introductions (
    article_id VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    country VARCHAR,
    gender VARCHAR,
    parent_id VARCHAR,
    aliases VARCHAR[] NOT NULL
);
COMMENT ON TABLE introductions IS 'What each article says of the actors it introduces, those that are not in the gazetteer. Of several articles the earliest published that says it counts, fact by fact.';
COMMENT ON COLUMN introductions.article_id IS 'The article.';
COMMENT ON COLUMN introductions.actor_id IS 'The actor.';
COMMENT ON COLUMN introductions."name" IS 'Name in full.';
COMMENT ON COLUMN introductions.kind IS 'Kind of actor.';
COMMENT ON COLUMN introductions.country IS 'ISO 3166 alpha-3, where the article tells.';
COMMENT ON COLUMN introductions.gender IS 'f or m, where the article tells.';
COMMENT ON COLUMN introductions.parent_id IS 'Actor this one belongs to, where the article tells.';
COMMENT ON COLUMN introductions.aliases IS 'Further names.';
INSERT INTO introductions
SELECT first.article_id, actors.actor_id, coalesce(found."name", "name"), coalesce(found.kind, kind),
       CASE WHEN found IS NULL THEN country ELSE found.country END, gender, parent_id, coalesce(aliases, [])
FROM actors
JOIN (
    SELECT coalesce(found_actor_id, actor_id) AS actor_id,
           arg_min(article_id, (coalesce(published_at, TIMESTAMPTZ '9999-12-31'), article_id)) AS article_id
    FROM mentions JOIN articles USING (article_id) GROUP BY 1
) AS first USING (actor_id)
WHERE NOT is_known;

CREATE TABLE statement_repeats (
    statement_id VARCHAR NOT NULL,
    repeats_id VARCHAR NOT NULL,
    repeats_on DATE NOT NULL,
    similarity DOUBLE NOT NULL
);
COMMENT ON TABLE statement_repeats IS 'Statements that repeat an earlier one of the same side on another day in other words: what claims.reiterates is decided by.';
COMMENT ON COLUMN statement_repeats.statement_id IS 'The later statement.';
COMMENT ON COLUMN statement_repeats.repeats_id IS 'The earlier one.';
COMMENT ON COLUMN statement_repeats.repeats_on IS 'Last day on which the earlier one may have been said.';
COMMENT ON COLUMN statement_repeats.similarity IS 'How alike the two are.';
INSERT INTO statement_repeats
SELECT later.first_statement_id, earlier.first_statement_id, coalesce(earlier.said_on, DATE '0001-01-01'), 1.0
FROM claims AS later JOIN claims AS earlier ON earlier.claim_id = later.reiterates;
COMMENT ON COLUMN claims.reiterates IS 'The latest earlier claim whose position it repeats on another day.';
