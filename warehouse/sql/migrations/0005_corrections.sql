-- Who is who, corrected for good: the ledger of corrections, what was found before them, and why a name was taken for
-- an actor. What was found is kept beside what stands, so a correction can be taken back.

CREATE TABLE actor_corrections (
    correction_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    variant_ids VARCHAR[] NOT NULL,
    to_id VARCHAR NOT NULL,
    to_name VARCHAR NOT NULL,
    by_names VARCHAR[] NOT NULL,
    by_articles VARCHAR[] NOT NULL,
    by_statements VARCHAR[] NOT NULL,
    new_name VARCHAR,
    new_kind VARCHAR,
    new_country VARCHAR,
    new_role VARCHAR,
    n_statements INTEGER NOT NULL,
    n_mentions INTEGER NOT NULL,
    n_targets INTEGER NOT NULL,
    n_claims INTEGER NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    reason VARCHAR,
    undone_by VARCHAR,
    undone_at TIMESTAMPTZ,
    undo_reason VARCHAR
);
COMMENT ON TABLE actor_corrections IS 'What people corrected about who is who: applied at once, and to whatever is found afterwards, in this order.';
COMMENT ON COLUMN actor_corrections.correction_id IS 'Identifier computed from what is corrected, by whom and when.';
COMMENT ON COLUMN actor_corrections.ordinal IS 'Place in the order in which corrections are applied, from 1.';
COMMENT ON COLUMN actor_corrections.kind IS 'merge, split or rename.';
COMMENT ON COLUMN actor_corrections.actor_id IS 'The actor that is corrected: merged into another one, split, renamed.';
COMMENT ON COLUMN actor_corrections."name" IS 'Name of that actor when the correction was made.';
COMMENT ON COLUMN actor_corrections.variant_ids IS 'Identifiers that a text alone would give further spellings of a merged actor; they are merged with him.';
COMMENT ON COLUMN actor_corrections.to_id IS 'Who is meant from then on: the actor kept, the one a split gives to, the renamed one himself.';
COMMENT ON COLUMN actor_corrections.to_name IS 'Name of that actor when the correction was made.';
COMMENT ON COLUMN actor_corrections.by_names IS 'A split: the names that go; empty for all.';
COMMENT ON COLUMN actor_corrections.by_articles IS 'A split: the articles in which it holds; empty for all.';
COMMENT ON COLUMN actor_corrections.by_statements IS 'A split: the statements whose speaker it changes.';
COMMENT ON COLUMN actor_corrections.new_name IS 'Name it gives to_id; NULL leaves the name.';
COMMENT ON COLUMN actor_corrections.new_kind IS 'Kind it gives to_id; NULL leaves the kind.';
COMMENT ON COLUMN actor_corrections.new_country IS 'Country it gives to_id, ISO 3166 alpha-3; NULL leaves the country.';
COMMENT ON COLUMN actor_corrections.new_role IS 'Role it gives to_id in every statement; NULL leaves what the articles call him.';
COMMENT ON COLUMN actor_corrections.n_statements IS 'Statements it changed when it was made.';
COMMENT ON COLUMN actor_corrections.n_mentions IS 'Mentions it changed when it was made.';
COMMENT ON COLUMN actor_corrections.n_targets IS 'Targets of statements it changed when it was made.';
COMMENT ON COLUMN actor_corrections.n_claims IS 'Claims it changed when it was made.';
COMMENT ON COLUMN actor_corrections.made_by IS 'Who made it.';
COMMENT ON COLUMN actor_corrections.made_at IS 'When.';
COMMENT ON COLUMN actor_corrections.reason IS 'Why.';
COMMENT ON COLUMN actor_corrections.undone_by IS 'Who took it back; NULL while it stands.';
COMMENT ON COLUMN actor_corrections.undone_at IS 'When.';
COMMENT ON COLUMN actor_corrections.undo_reason IS 'Why it was taken back.';

ALTER TABLE actors ADD COLUMN aliases VARCHAR[];
ALTER TABLE actors ADD COLUMN "role" VARCHAR;
ALTER TABLE actors ADD COLUMN merged_into VARCHAR;
ALTER TABLE actors ADD COLUMN found STRUCT("name" VARCHAR, kind VARCHAR, country VARCHAR);
UPDATE actors SET aliases = coalesce(
    (SELECT list(actor_names."name" ORDER BY actor_names."name") FROM actor_names
     WHERE actor_names.actor_id = actors.actor_id AND actor_names."name" <> actors."name"),
    []
);
COMMENT ON COLUMN actors.aliases IS 'Further names known before any text: those of the gazetteer.';
COMMENT ON COLUMN actors."role" IS 'Role that a correction gives in every statement; NULL where the articles tell it.';
COMMENT ON COLUMN actors.merged_into IS 'The actor he turned out to be, by a correction; NULL for actors that stand.';
COMMENT ON COLUMN actors.found IS 'Name, kind and country before corrections; NULL where they are as found.';

ALTER TABLE actor_names ADD COLUMN reason VARCHAR;
ALTER TABLE actor_names ADD COLUMN first_article_id VARCHAR;
COMMENT ON COLUMN actor_names.reason IS 'Why the name was taken for the actor; NULL where it was found before reasons were kept.';
COMMENT ON COLUMN actor_names.first_article_id IS 'The first article that names him so; NULL for names no article has used.';

ALTER TABLE mentions ADD COLUMN "name" VARCHAR;
ALTER TABLE mentions ADD COLUMN reason VARCHAR;
ALTER TABLE mentions ADD COLUMN found_actor_id VARCHAR;
ALTER TABLE mentions ADD COLUMN correction_id VARCHAR;
UPDATE mentions SET "name" = substring(articles."text", "start" + 1, "end" - "start")
FROM articles WHERE articles.article_id = mentions.article_id;
COMMENT ON COLUMN mentions."name" IS 'The name as written there.';
COMMENT ON COLUMN mentions.reason IS 'Why the extractor took the name for the actor it found.';
COMMENT ON COLUMN mentions.found_actor_id IS 'The actor that the extractor found, where a correction says another one; else NULL.';
COMMENT ON COLUMN mentions.correction_id IS 'The correction that says so.';

ALTER TABLE statements ADD COLUMN found STRUCT(
    speaker_id VARCHAR, speaker VARCHAR, speaker_role VARCHAR, speaker_country VARCHAR,
    targets STRUCT(actor_id VARCHAR, "name" VARCHAR, country VARCHAR)[]
);
COMMENT ON COLUMN statements.found IS 'Speaker and targets as the extractor found them, where corrections of actors changed them; else NULL.';
