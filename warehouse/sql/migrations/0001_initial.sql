-- The slice that takes an article from its source to an alert.
-- No table has a unique constraint: keys are computed from content and every insert asks what is already there, so the
-- same statements work in a lake without constraints. sql/checks/ proves that they hold.

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    source VARCHAR,
    tocsin_version VARCHAR NOT NULL,
    extractor_version VARCHAR,
    articles_added BIGINT NOT NULL DEFAULT 0,
    copies_added BIGINT NOT NULL DEFAULT 0,
    rejections_added BIGINT NOT NULL DEFAULT 0,
    statements_added BIGINT NOT NULL DEFAULT 0,
    claims_added BIGINT NOT NULL DEFAULT 0,
    alerts_added BIGINT NOT NULL DEFAULT 0,
    error VARCHAR
);
COMMENT ON TABLE runs IS 'One execution of a flow: when, with which versions, what it added, how it ended.';
COMMENT ON COLUMN runs.run_id IS 'Random identifier of the run.';
COMMENT ON COLUMN runs.flow IS 'Name of the flow: replay, watch, backfill.';
COMMENT ON COLUMN runs.status IS 'running, completed or failed; a run that was killed stays running until the next one marks it failed.';
COMMENT ON COLUMN runs.started_at IS 'When the run began.';
COMMENT ON COLUMN runs.finished_at IS 'When the run ended; NULL while it runs.';
COMMENT ON COLUMN runs.source IS 'What the run was given: the corpus folder or the files.';
COMMENT ON COLUMN runs.tocsin_version IS 'Version of the Tocsin package.';
COMMENT ON COLUMN runs.extractor_version IS 'Version of the extractors and digest of the configuration they ran with.';
COMMENT ON COLUMN runs.articles_added IS 'Articles seen for the first time in this run.';
COMMENT ON COLUMN runs.copies_added IS 'Places where an article was seen for the first time in this run.';
COMMENT ON COLUMN runs.rejections_added IS 'Inputs rejected for the first time in this run.';
COMMENT ON COLUMN runs.statements_added IS 'Statements extracted for the first time in this run.';
COMMENT ON COLUMN runs.claims_added IS 'Claims opened in this run.';
COMMENT ON COLUMN runs.alerts_added IS 'Alerts raised in this run.';
COMMENT ON COLUMN runs.error IS 'Why a failed run failed, in one line.';

CREATE TABLE sources (
    source_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    location VARCHAR NOT NULL,
    title VARCHAR,
    outlet VARCHAR,
    country VARCHAR
);
COMMENT ON TABLE sources IS 'Something polled (feed, news sitemap) or read once (a folder of files, a WARC file).';
COMMENT ON COLUMN sources.source_id IS 'Identifier computed from kind and location.';
COMMENT ON COLUMN sources.kind IS 'folder, feed, sitemap, page or warc.';
COMMENT ON COLUMN sources.location IS 'URL of the source, or the name of the folder or file.';
COMMENT ON COLUMN sources.title IS 'What the source calls itself.';
COMMENT ON COLUMN sources.outlet IS 'Outlet whose articles it lists, where there is one.';
COMMENT ON COLUMN sources.country IS 'Country of the outlet, ISO 3166 alpha-3.';

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
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
COMMENT ON TABLE articles IS 'Clean text with its metadata, each text once: identity is the hash of the normalised body.';
COMMENT ON COLUMN articles.article_id IS 'Content hash: SHA-256 of the normalised body, hexadecimal.';
COMMENT ON COLUMN articles.title IS 'Headline.';
COMMENT ON COLUMN articles.author IS 'Byline.';
COMMENT ON COLUMN articles.outlet IS 'Outlet of the first copy seen.';
COMMENT ON COLUMN articles.section IS 'Section of the outlet.';
COMMENT ON COLUMN articles.url IS 'Canonical URL of the first copy seen; NULL for files.';
COMMENT ON COLUMN articles.language IS 'ISO 639-1 code; statements are extracted from English.';
COMMENT ON COLUMN articles.published_at IS 'When it was published, as well as that is known.';
COMMENT ON COLUMN articles.published_precision IS 'second, minute, day, month or year.';
COMMENT ON COLUMN articles.published_origin IS 'Where the date was read: json-ld, meta, feed, url, text, sidecar.';
COMMENT ON COLUMN articles.published_is_inferred IS 'True where the date is a guess from other facts.';
COMMENT ON COLUMN articles.text IS 'The body: paragraphs joined by a blank line. Every span of the warehouse counts code points in it.';
COMMENT ON COLUMN articles.paragraphs IS 'Where each paragraph stands in the text, and where it stood in the input for plain text.';
COMMENT ON COLUMN articles.dropped IS 'What the reader left out as not being article text, with its reason and place in the input.';
COMMENT ON COLUMN articles.n_words IS 'Number of words of the body.';
COMMENT ON COLUMN articles.first_seen_at IS 'When Tocsin first saw the text (a replay uses the date of the article).';

CREATE TABLE copies (
    copy_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    location VARCHAR NOT NULL,
    url VARCHAR,
    outlet VARCHAR,
    title VARCHAR,
    published_at TIMESTAMPTZ,
    reason VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE copies IS 'Every place where an article, or a near-duplicate of it, was seen, the first one included.';
COMMENT ON COLUMN copies.copy_id IS 'Identifier computed from article, source and location.';
COMMENT ON COLUMN copies.article_id IS 'The article it is a copy of.';
COMMENT ON COLUMN copies.source_id IS 'The source it was seen in.';
COMMENT ON COLUMN copies.location IS 'URL, or path inside the source.';
COMMENT ON COLUMN copies.url IS 'Canonical URL; NULL for files.';
COMMENT ON COLUMN copies.outlet IS 'Outlet that carried this copy.';
COMMENT ON COLUMN copies.title IS 'Headline of this copy.';
COMMENT ON COLUMN copies.published_at IS 'When this copy was published.';
COMMENT ON COLUMN copies.reason IS 'first, revision (an address changed its text), same-text or near-duplicate.';
COMMENT ON COLUMN copies.similarity IS 'Containment of the copy in the article, 1 for the same text.';
COMMENT ON COLUMN copies.seen_at IS 'When the copy was first seen.';

CREATE TABLE rejections (
    rejection_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    location VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    rejected_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE rejections IS 'Inputs that gave no article, each with its reason, once.';
COMMENT ON COLUMN rejections.rejection_id IS 'Identifier computed from source, location, content and reason.';
COMMENT ON COLUMN rejections.source_id IS 'The source it came from.';
COMMENT ON COLUMN rejections.location IS 'URL, or path inside the source.';
COMMENT ON COLUMN rejections.stage IS 'The step that rejected it: open, fetch, read, extract.';
COMMENT ON COLUMN rejections.reason IS 'Short stable reason: empty, binary, too-large, unreadable ...';
COMMENT ON COLUMN rejections.detail IS 'What exactly was wrong.';
COMMENT ON COLUMN rejections.rejected_at IS 'When it was rejected (a replay uses the date of its corpus).';

CREATE TABLE actors (
    actor_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    country VARCHAR,
    gender VARCHAR,
    parent_id VARCHAR,
    is_known BOOLEAN NOT NULL
);
COMMENT ON TABLE actors IS 'Persons and institutions that were mentioned: known from the gazetteer or introduced by a text.';
COMMENT ON COLUMN actors.actor_id IS 'Gazetteer identifier, or one computed from the name.';
COMMENT ON COLUMN actors.name IS 'Canonical name.';
COMMENT ON COLUMN actors.kind IS 'person, country, government, ministry, military, agency, alliance, party, company, media ...';
COMMENT ON COLUMN actors.country IS 'ISO 3166 alpha-3.';
COMMENT ON COLUMN actors.gender IS 'f or m where known; used for pronouns.';
COMMENT ON COLUMN actors.parent_id IS 'Actor this one belongs to, such as the government of a ministry.';
COMMENT ON COLUMN actors.is_known IS 'True for actors of the gazetteer, false for those a text introduced.';

CREATE TABLE actor_names (
    actor_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL
);
COMMENT ON TABLE actor_names IS 'Names and spellings of the actors.';
COMMENT ON COLUMN actor_names.actor_id IS 'The actor.';
COMMENT ON COLUMN actor_names.name IS 'One of its names.';

CREATE TABLE extractions (
    article_id VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    n_statements INTEGER NOT NULL,
    extracted_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE extractions IS 'Which articles were extracted by which version; an article without statements is here too.';
COMMENT ON COLUMN extractions.article_id IS 'The article.';
COMMENT ON COLUMN extractions.extractor_version IS 'Version of the extractors and digest of their configuration.';
COMMENT ON COLUMN extractions.n_statements IS 'How many statements were found.';
COMMENT ON COLUMN extractions.extracted_at IS 'When (a replay uses the date of the article).';

CREATE TABLE mentions (
    article_id VARCHAR NOT NULL,
    actor_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
COMMENT ON TABLE mentions IS 'Names of actors at places of articles.';
COMMENT ON COLUMN mentions.article_id IS 'The article.';
COMMENT ON COLUMN mentions.actor_id IS 'The actor.';
COMMENT ON COLUMN mentions."start" IS 'First code point of the name in the text of the article.';
COMMENT ON COLUMN mentions."end" IS 'Code point after the name.';

CREATE TABLE statements (
    statement_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    content VARCHAR NOT NULL,
    spans STRUCT("start" INTEGER, "end" INTEGER)[] NOT NULL,
    cue VARCHAR,
    cue_start INTEGER,
    cue_end INTEGER,
    cue_class VARCHAR,
    speaker_text VARCHAR,
    speaker_start INTEGER,
    speaker_end INTEGER,
    speaker_id VARCHAR,
    speaker VARCHAR,
    speaker_role VARCHAR,
    speaker_country VARCHAR,
    form VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    severity INTEGER NOT NULL,
    conditional BOOLEAN NOT NULL,
    said_on DATE,
    said_on_precision VARCHAR,
    evidence STRUCT("rule" VARCHAR, words VARCHAR, "start" INTEGER, "end" INTEGER, effect VARCHAR)[] NOT NULL,
    reported_by VARCHAR,
    extractor_version VARCHAR NOT NULL,
    claim_id VARCHAR,
    claim_similarity DOUBLE,
    claim_reason VARCHAR
);
COMMENT ON TABLE statements IS 'One attribution each: what an article says that one source said, labelled by the codebook.';
COMMENT ON COLUMN statements.statement_id IS 'Identifier computed from article and spans.';
COMMENT ON COLUMN statements.article_id IS 'The article it stands in.';
COMMENT ON COLUMN statements.ordinal IS 'Place among the statements of the article, from 0.';
COMMENT ON COLUMN statements.content IS 'The words attributed, without quote marks, cue and speaker; several spans are joined by a space.';
COMMENT ON COLUMN statements.spans IS 'Where the content stands in the text of the article.';
COMMENT ON COLUMN statements.cue IS 'The words that attribute it: said, according to, warning ...';
COMMENT ON COLUMN statements.cue_start IS 'First code point of the cue.';
COMMENT ON COLUMN statements.cue_end IS 'Code point after the cue.';
COMMENT ON COLUMN statements.cue_class IS 'Class of the cue in the cue lexicon: report, demand, threaten, accuse, deny ...';
COMMENT ON COLUMN statements.speaker_text IS 'The speaker as the article names him here.';
COMMENT ON COLUMN statements.speaker_start IS 'First code point of the naming of the speaker.';
COMMENT ON COLUMN statements.speaker_end IS 'Code point after it.';
COMMENT ON COLUMN statements.speaker_id IS 'The actor who speaks; NULL for generic sources such as analysts.';
COMMENT ON COLUMN statements.speaker IS 'Canonical name of the speaker; NULL for generic sources.';
COMMENT ON COLUMN statements.speaker_role IS 'Role of the speaker as of the article.';
COMMENT ON COLUMN statements.speaker_country IS 'Country of the speaker, ISO 3166 alpha-3.';
COMMENT ON COLUMN statements.form IS 'direct, indirect or mixed.';
COMMENT ON COLUMN statements.polarity IS 'escalatory, de-escalatory or neutral.';
COMMENT ON COLUMN statements.category IS 'Code of the codebook.';
COMMENT ON COLUMN statements.severity IS 'From 0 (none) to 5 (force announced, nuclear threat, war declared).';
COMMENT ON COLUMN statements.conditional IS 'True where the act depends on a condition.';
COMMENT ON COLUMN statements.said_on IS 'Day of the utterance, or first day of its week, month or year.';
COMMENT ON COLUMN statements.said_on_precision IS 'day, week, month, year; publication where the date is that of the article.';
COMMENT ON COLUMN statements.evidence IS 'The rules and words that led to the label, with their effect.';
COMMENT ON COLUMN statements.reported_by IS 'The statement inside which this one is reported, if any.';
COMMENT ON COLUMN statements.extractor_version IS 'Version that found it.';
COMMENT ON COLUMN statements.claim_id IS 'The claim it reports; NULL until it has been related.';
COMMENT ON COLUMN statements.claim_similarity IS 'Similarity to the claim when it joined, 1 for the first report.';
COMMENT ON COLUMN statements.claim_reason IS 'Why it joined the claim or opened it.';

CREATE TABLE statement_targets (
    statement_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    actor_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR
);
COMMENT ON TABLE statement_targets IS 'The actors a statement is aimed at.';
COMMENT ON COLUMN statement_targets.statement_id IS 'The statement.';
COMMENT ON COLUMN statement_targets.ordinal IS 'Place among its targets, from 0.';
COMMENT ON COLUMN statement_targets.actor_id IS 'The target.';
COMMENT ON COLUMN statement_targets.name IS 'Canonical name of the target.';
COMMENT ON COLUMN statement_targets.country IS 'Country of the target, ISO 3166 alpha-3.';

CREATE TABLE claims (
    claim_id VARCHAR NOT NULL,
    first_statement_id VARCHAR NOT NULL,
    first_reported_at TIMESTAMPTZ,
    speaker_id VARCHAR,
    speaker VARCHAR,
    said_on DATE,
    said_on_precision VARCHAR,
    polarity VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    severity INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    n_reports INTEGER NOT NULL,
    reiterates VARCHAR,
    merged_into VARCHAR,
    merge_reason VARCHAR
);
COMMENT ON TABLE claims IS 'One utterance each, however many outlets report it: a cluster of statements.';
COMMENT ON COLUMN claims.claim_id IS 'Identifier computed from the statement that opened it; it never changes.';
COMMENT ON COLUMN claims.first_statement_id IS 'The earliest report.';
COMMENT ON COLUMN claims.first_reported_at IS 'When the earliest report was published.';
COMMENT ON COLUMN claims.speaker_id IS 'The actor who spoke.';
COMMENT ON COLUMN claims.speaker IS 'Name of the speaker, or the words of a generic source.';
COMMENT ON COLUMN claims.said_on IS 'When it was said, by the report that knows best.';
COMMENT ON COLUMN claims.said_on_precision IS 'Precision of said_on.';
COMMENT ON COLUMN claims.polarity IS 'Polarity of the most severe report.';
COMMENT ON COLUMN claims.category IS 'Category of the most severe report.';
COMMENT ON COLUMN claims.severity IS 'Peak severity, one lower where the claim reiterates an earlier one.';
COMMENT ON COLUMN claims.quote IS 'The widest wording seen.';
COMMENT ON COLUMN claims.n_reports IS 'How many statements report it.';
COMMENT ON COLUMN claims.reiterates IS 'The earlier claim whose position it repeats on another day.';
COMMENT ON COLUMN claims.merged_into IS 'The claim it turned out to be the same as; NULL for claims that stand.';
COMMENT ON COLUMN claims.merge_reason IS 'Why it was merged.';

CREATE TABLE statement_keys (
    statement_id VARCHAR NOT NULL,
    key VARCHAR NOT NULL
);
COMMENT ON TABLE statement_keys IS 'Blocking keys by which a new statement finds those it may be one claim with.';
COMMENT ON COLUMN statement_keys.statement_id IS 'The statement.';
COMMENT ON COLUMN statement_keys.key IS 'Speaker with days, rare words or a run of words; equal keys make candidates.';

CREATE TABLE alerts (
    alert_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    severity INTEGER NOT NULL,
    is_replay BOOLEAN NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE alerts IS 'A claim that met a rule, once for each rule.';
COMMENT ON COLUMN alerts.alert_id IS 'Identifier computed from claim and rule.';
COMMENT ON COLUMN alerts.claim_id IS 'The claim.';
COMMENT ON COLUMN alerts.rule IS 'Name of the rule in alerts.toml.';
COMMENT ON COLUMN alerts.statement_id IS 'The statement that met the rule.';
COMMENT ON COLUMN alerts.category IS 'Category when it rang.';
COMMENT ON COLUMN alerts.severity IS 'Severity when it rang.';
COMMENT ON COLUMN alerts.is_replay IS 'True where a replay raised it.';
COMMENT ON COLUMN alerts.raised_at IS 'When (a replay uses the date of the article).';

CREATE TABLE deliveries (
    delivery_id VARCHAR NOT NULL,
    alert_id VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    delivered_at TIMESTAMPTZ,
    error VARCHAR
);
COMMENT ON TABLE deliveries IS 'The outbox: one alert on its way to one channel.';
COMMENT ON COLUMN deliveries.delivery_id IS 'Identifier computed from alert and channel; the idempotency key of the message.';
COMMENT ON COLUMN deliveries.alert_id IS 'The alert.';
COMMENT ON COLUMN deliveries.channel IS 'Name of the channel in alerts.toml.';
COMMENT ON COLUMN deliveries.status IS 'pending, delivered or dead.';
COMMENT ON COLUMN deliveries.attempts IS 'How often it was tried.';
COMMENT ON COLUMN deliveries.due_at IS 'When it is to be tried next.';
COMMENT ON COLUMN deliveries.delivered_at IS 'When the channel took it.';
COMMENT ON COLUMN deliveries.error IS 'What went wrong the last time.';
