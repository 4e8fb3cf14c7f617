-- What kind of document a text is, and whose documents a source publishes.

ALTER TABLE extractions ADD COLUMN document_kind VARCHAR DEFAULT 'news';
COMMENT ON COLUMN extractions.document_kind IS 'What the text is by its layout: news, statement, communique, read-out, fact-sheet, address, press-statement, letter, transcript, press-conference, live-blog or quotes.';

ALTER TABLE sources ADD COLUMN issuer VARCHAR;
COMMENT ON COLUMN sources.issuer IS 'The body whose documents the source publishes; NULL for news.';

ALTER TABLE articles ADD COLUMN issuer VARCHAR;
COMMENT ON COLUMN articles.issuer IS 'The body whose document it is, as its source says; NULL where the text alone tells.';

ALTER TABLE copy_texts ADD COLUMN issuer VARCHAR;
COMMENT ON COLUMN copy_texts.issuer IS 'The body whose document it is, as its source says.';
