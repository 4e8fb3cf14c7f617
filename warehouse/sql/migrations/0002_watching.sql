-- Live sources: what is polled, what it listed, what was fetched, which text an address had when.

ALTER TABLE sources ADD COLUMN standing VARCHAR;
ALTER TABLE sources ADD COLUMN note VARCHAR;
ALTER TABLE sources ADD COLUMN language VARCHAR;
ALTER TABLE sources ADD COLUMN topics VARCHAR[];
ALTER TABLE sources ADD COLUMN shortest_minutes INTEGER;
ALTER TABLE sources ADD COLUMN longest_minutes INTEGER;
ALTER TABLE sources ADD COLUMN origin VARCHAR;
ALTER TABLE sources ADD COLUMN is_enabled BOOLEAN;
COMMENT ON COLUMN sources.standing IS 'agency, broadcaster, government, ministry, paper, state-media, think-tank ...';
COMMENT ON COLUMN sources.note IS 'What an analyst has to know of the source.';
COMMENT ON COLUMN sources.language IS 'Language it is written in, as configured.';
COMMENT ON COLUMN sources.topics IS 'Topics it is read for; empty for all.';
COMMENT ON COLUMN sources.shortest_minutes IS 'It is read at most this often.';
COMMENT ON COLUMN sources.longest_minutes IS 'It is read at least this often.';
COMMENT ON COLUMN sources.origin IS 'config for sources.toml, added for `tocsin sources add`, NULL for what is read once.';
COMMENT ON COLUMN sources.is_enabled IS 'False where it is not polled; NULL for what is read once.';

CREATE TABLE source_states (
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    interval_seconds DOUBLE,
    next_at TIMESTAMPTZ,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash VARCHAR,
    polled_at TIMESTAMPTZ,
    succeeded_at TIMESTAMPTZ,
    read_in_full_at TIMESTAMPTZ,
    new_at TIMESTAMPTZ,
    gap_seconds DOUBLE,
    n_errors INTEGER NOT NULL,
    n_unchanged INTEGER NOT NULL,
    n_not_modified INTEGER NOT NULL,
    moved_from VARCHAR[] NOT NULL,
    disabled_reason VARCHAR
);
COMMENT ON TABLE source_states IS 'What is known of a polled source between two polls.';
COMMENT ON COLUMN source_states.source_id IS 'The source.';
COMMENT ON COLUMN source_states.url IS 'Where it is read now, after permanent redirects.';
COMMENT ON COLUMN source_states.interval_seconds IS 'Time between two polls, adapted to how often it publishes.';
COMMENT ON COLUMN source_states.next_at IS 'When it is read next; NULL for now, or never where it is disabled.';
COMMENT ON COLUMN source_states.etag IS 'Validator of the last answer.';
COMMENT ON COLUMN source_states.last_modified IS 'Validator of the last answer.';
COMMENT ON COLUMN source_states.body_hash IS 'Hash of the last body: some servers keep their validators while the body changes.';
COMMENT ON COLUMN source_states.polled_at IS 'Last poll.';
COMMENT ON COLUMN source_states.succeeded_at IS 'Last poll that was answered as it should be.';
COMMENT ON COLUMN source_states.read_in_full_at IS 'Last time the whole body was asked for.';
COMMENT ON COLUMN source_states.new_at IS 'Last time it listed something new.';
COMMENT ON COLUMN source_states.gap_seconds IS 'Usual time between two of its items.';
COMMENT ON COLUMN source_states.n_errors IS 'Errors in a row.';
COMMENT ON COLUMN source_states.n_unchanged IS 'Unchanged answers in a row.';
COMMENT ON COLUMN source_states.n_not_modified IS 'Answers 304 in a row.';
COMMENT ON COLUMN source_states.moved_from IS 'Addresses it left by permanent redirects.';
COMMENT ON COLUMN source_states.disabled_reason IS 'Why it is no longer polled, such as 410 Gone.';

CREATE TABLE polls (
    poll_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    polled_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    error VARCHAR,
    n_entries INTEGER NOT NULL,
    n_new INTEGER NOT NULL,
    n_changed INTEGER NOT NULL,
    flaws VARCHAR[] NOT NULL
);
COMMENT ON TABLE polls IS 'One reading of a source each, with its outcome.';
COMMENT ON COLUMN polls.poll_id IS 'Identifier computed from source and time.';
COMMENT ON COLUMN polls.source_id IS 'The source.';
COMMENT ON COLUMN polls.polled_at IS 'When.';
COMMENT ON COLUMN polls.outcome IS 'changed, unchanged, error or gone.';
COMMENT ON COLUMN polls.status IS 'HTTP status, NULL where no answer came.';
COMMENT ON COLUMN polls.error IS 'Short stable reason of a failure, and its detail.';
COMMENT ON COLUMN polls.n_entries IS 'Entries listed.';
COMMENT ON COLUMN polls.n_new IS 'Entries never listed before.';
COMMENT ON COLUMN polls.n_changed IS 'Known entries that say something else.';
COMMENT ON COLUMN polls.flaws IS 'What was wrong with the listing without making it unusable.';

CREATE TABLE entries (
    entry_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    guid VARCHAR NOT NULL,
    url VARCHAR,
    canonical_url VARCHAR,
    title VARCHAR,
    summary VARCHAR,
    author VARCHAR,
    language VARCHAR,
    published_at TIMESTAMPTZ,
    published_precision VARCHAR,
    published_is_inferred BOOLEAN,
    published_raw VARCHAR,
    content_key VARCHAR,
    words_key VARCHAR,
    listed_at TIMESTAMPTZ NOT NULL,
    decision VARCHAR NOT NULL,
    topics VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    n_tries INTEGER NOT NULL,
    due_at TIMESTAMPTZ,
    capture_id VARCHAR,
    article_id VARCHAR
);
COMMENT ON TABLE entries IS 'Items that sources listed, each once, with what became of them.';
COMMENT ON COLUMN entries.entry_id IS 'Identifier computed from source and guid.';
COMMENT ON COLUMN entries.source_id IS 'The source that listed it first.';
COMMENT ON COLUMN entries.guid IS 'The identifier its source gives it, else its URL, else its content.';
COMMENT ON COLUMN entries.url IS 'Its page as listed.';
COMMENT ON COLUMN entries.canonical_url IS 'Its page without tracking parameters and variants.';
COMMENT ON COLUMN entries.title IS 'Title as listed.';
COMMENT ON COLUMN entries.summary IS 'Summary as listed.';
COMMENT ON COLUMN entries.author IS 'Author as listed.';
COMMENT ON COLUMN entries.language IS 'Language as listed.';
COMMENT ON COLUMN entries.published_at IS 'Date as listed.';
COMMENT ON COLUMN entries.published_precision IS 'Precision of the date.';
COMMENT ON COLUMN entries.published_is_inferred IS 'True where the date was guessed, as without a zone.';
COMMENT ON COLUMN entries.published_raw IS 'The words of the date as listed.';
COMMENT ON COLUMN entries.content_key IS 'Hash of title, summary and day, by which it is known again under another guid and URL.';
COMMENT ON COLUMN entries.words_key IS 'Hash of title and summary, by which an edit is noticed.';
COMMENT ON COLUMN entries.listed_at IS 'When it was first listed.';
COMMENT ON COLUMN entries.decision IS 'fetch, fetch-to-decide or skip: what title and summary say of the topics.';
COMMENT ON COLUMN entries.topics IS 'Topics that title and summary belong or may belong to.';
COMMENT ON COLUMN entries.status IS 'pending, captured, read, rejected, failed or skipped.';
COMMENT ON COLUMN entries.reason IS 'Why it was skipped, rejected or failed, or what made it pending again.';
COMMENT ON COLUMN entries.n_tries IS 'How often its page was asked for in vain.';
COMMENT ON COLUMN entries.due_at IS 'When its page is to be fetched; NULL once that is settled.';
COMMENT ON COLUMN entries.capture_id IS 'The capture of its page.';
COMMENT ON COLUMN entries.article_id IS 'The article its page gave.';

CREATE TABLE captures (
    capture_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    entry_id VARCHAR,
    url VARCHAR NOT NULL,
    requested_url VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    file VARCHAR NOT NULL,
    "offset" BIGINT NOT NULL,
    "length" BIGINT NOT NULL,
    digest VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,
    captured_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR
);
COMMENT ON TABLE captures IS 'Raw responses and where they lie in the WARC files.';
COMMENT ON COLUMN captures.capture_id IS 'Identifier computed from file and offset.';
COMMENT ON COLUMN captures.source_id IS 'The source that led to it.';
COMMENT ON COLUMN captures.entry_id IS 'The entry it is the page of; NULL for what came from a WARC file.';
COMMENT ON COLUMN captures.url IS 'Address of the response, after redirects.';
COMMENT ON COLUMN captures.requested_url IS 'Address that was asked for.';
COMMENT ON COLUMN captures.status IS 'HTTP status.';
COMMENT ON COLUMN captures.file IS 'WARC file, by its name in the archive folder.';
COMMENT ON COLUMN captures."offset" IS 'Where the record begins, in bytes.';
COMMENT ON COLUMN captures."length" IS 'How long the record is, in bytes.';
COMMENT ON COLUMN captures.digest IS 'Payload digest as in the WARC record.';
COMMENT ON COLUMN captures.body_hash IS 'SHA-256 of the decoded body.';
COMMENT ON COLUMN captures.captured_at IS 'When the response came in.';
COMMENT ON COLUMN captures.outcome IS 'What reading it came to: article, copy, revision, same, ignored or the reason of a rejection; NULL until then.';

CREATE TABLE article_topics (
    article_id VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    score DOUBLE NOT NULL
);
COMMENT ON TABLE article_topics IS 'Topics an article belongs to by its full text.';
COMMENT ON COLUMN article_topics.article_id IS 'The article.';
COMMENT ON COLUMN article_topics.topic IS 'Name of the topic in topics.toml.';
COMMENT ON COLUMN article_topics.score IS 'Distinct terms found, those of the title weighted.';

CREATE TABLE article_versions (
    url VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    replaces VARCHAR,
    seen_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE article_versions IS 'The texts one address had, in order: an edited article is a new version, the old one is kept.';
COMMENT ON COLUMN article_versions.url IS 'Canonical URL.';
COMMENT ON COLUMN article_versions.version IS 'From 1.';
COMMENT ON COLUMN article_versions.article_id IS 'The article with this text.';
COMMENT ON COLUMN article_versions.replaces IS 'The article with the text before.';
COMMENT ON COLUMN article_versions.seen_at IS 'When this text was first seen there.';

CREATE TABLE page_fetches (
    url VARCHAR NOT NULL,
    hashes VARCHAR[] NOT NULL,
    n_fetches INTEGER NOT NULL,
    n_changes INTEGER NOT NULL
);
COMMENT ON TABLE page_fetches IS 'How often an address was read and with which texts: pages that change by themselves are told by it.';
COMMENT ON COLUMN page_fetches.url IS 'Canonical URL.';
COMMENT ON COLUMN page_fetches.hashes IS 'Content hashes kept as versions, the oldest first.';
COMMENT ON COLUMN page_fetches.n_fetches IS 'How often it was read.';
COMMENT ON COLUMN page_fetches.n_changes IS 'How often its text was another one.';

CREATE TABLE article_signatures (
    article_id VARCHAR NOT NULL,
    band VARCHAR NOT NULL
);
COMMENT ON TABLE article_signatures IS 'Index of near-duplicates: MinHash bands; two articles with one in common are candidates.';
COMMENT ON COLUMN article_signatures.article_id IS 'The article.';
COMMENT ON COLUMN article_signatures.band IS 'Number and values of a band of the signature.';
