-- What the licence of a source lets be done with its texts, and which texts were let go of.

ALTER TABLE sources ADD COLUMN licence VARCHAR;
COMMENT ON COLUMN sources.licence IS 'Licence of its texts, as sources.toml names it; NULL where nothing is said.';

ALTER TABLE sources ADD COLUMN texts VARCHAR;
COMMENT ON COLUMN sources.texts IS 'share: a release holds its texts; keep (also NULL): they stay here; expire: until they are pruned, then only metadata and statements.';

ALTER TABLE articles ADD COLUMN pruned_at TIMESTAMPTZ;
COMMENT ON COLUMN articles.pruned_at IS 'When its text was let go of: text, paragraphs and dropped are empty since; NULL where they are there.';

ALTER TABLE copy_texts ADD COLUMN pruned_at TIMESTAMPTZ;
COMMENT ON COLUMN copy_texts.pruned_at IS 'As in articles.';
