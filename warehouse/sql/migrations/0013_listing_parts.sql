-- The listings that an index points to, so that over time all are read, and those that changed first.

CREATE TABLE listing_parts (
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    changed_at TIMESTAMPTZ,
    read_at TIMESTAMPTZ,
    new_at TIMESTAMPTZ,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash VARCHAR,
    n_errors INTEGER NOT NULL
);
COMMENT ON TABLE listing_parts IS 'Sitemaps that an index lists, with what is known of each between two polls.';
COMMENT ON COLUMN listing_parts.source_id IS 'The source whose index lists it.';
COMMENT ON COLUMN listing_parts.url IS 'Where it is.';
COMMENT ON COLUMN listing_parts.kind IS 'sitemap, or sitemap-index for one that lists others.';
COMMENT ON COLUMN listing_parts.changed_at IS 'Its last change, as the index said when it was read.';
COMMENT ON COLUMN listing_parts.read_at IS 'When it was asked for last.';
COMMENT ON COLUMN listing_parts.new_at IS 'When it brought something new last.';
COMMENT ON COLUMN listing_parts.etag IS 'Validator of its last answer.';
COMMENT ON COLUMN listing_parts.last_modified IS 'Validator of its last answer.';
COMMENT ON COLUMN listing_parts.body_hash IS 'Hash of its last body.';
COMMENT ON COLUMN listing_parts.n_errors IS 'Errors in a row.';
