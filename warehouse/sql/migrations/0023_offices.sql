-- What the list of actors says of their offices: views tell the office of somebody of whom no article gives one, and who
-- speaks for an organisation speaks for its side.
CREATE TABLE actor_offices (
    actor_id VARCHAR NOT NULL,
    "role" VARCHAR NOT NULL,
    country VARCHAR,
    organisation VARCHAR,
    since DATE,
    until DATE,
    ordinal INTEGER NOT NULL
);
COMMENT ON TABLE actor_offices IS 'Offices of the actors on record, as the list of actors (actors.toml) has them.';
COMMENT ON COLUMN actor_offices.actor_id IS 'Who holds or held it.';
COMMENT ON COLUMN actor_offices."role" IS 'The office.';
COMMENT ON COLUMN actor_offices.country IS 'State that it speaks for, ISO 3166 alpha-3; NULL for offices of organisations of no state.';
COMMENT ON COLUMN actor_offices.organisation IS 'Organisation that it is an office of; NULL for offices of a state.';
COMMENT ON COLUMN actor_offices.since IS 'First day; NULL where it is not known.';
COMMENT ON COLUMN actor_offices.until IS 'Last day; NULL while it is held.';
COMMENT ON COLUMN actor_offices.ordinal IS 'Place in the list of actors, from 0.';
