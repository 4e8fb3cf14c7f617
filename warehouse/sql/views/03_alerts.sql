CREATE OR REPLACE VIEW alert_log AS
WITH rung AS (
    SELECT alerts.*, coalesce(claims.merged_into, claims.claim_id) AS standing_id,
           coalesce(events_placed.merged_into, alerts.event_id) AS standing_event
    FROM alerts
    JOIN claims USING (claim_id)
    LEFT JOIN events_placed USING (event_id)
),
members AS (
    SELECT event_id, claim_id, speaker_rank FROM claim_events WHERE event_id IN (SELECT standing_event FROM rung)
),
reported AS (
    SELECT event_id, list(outlet ORDER BY reported_at NULLS LAST, outlet) AS outlets
    FROM (
        SELECT event_id, coalesce(outlet, location) AS outlet, min(reported_at) AS reported_at
        FROM claim_reports JOIN members USING (claim_id)
        GROUP BY ALL
    )
    GROUP BY event_id
),
aimed AS (
    SELECT
        members.event_id,
        list_sort(list_distinct(list(statement_targets.name))) AS targets,
        list_sort(list_distinct(list(statement_targets.country))) AS target_countries
    FROM statements
    JOIN members USING (claim_id)
    JOIN statement_targets USING (statement_id)
    GROUP BY members.event_id
),
worded AS (
    SELECT
        members.event_id,
        claims.claim_id,
        claims.speaker,
        claims.severity,
        claims.category,
        claims.quote,
        claims.form
    FROM members
    JOIN claims USING (claim_id)
),
others AS (
    SELECT
        rung.alert_id,
        list(
            {'speaker': worded.speaker, 'severity': worded.severity, 'category': worded.category, 'quote': worded.quote,
             'form': worded.form}
            ORDER BY worded.severity DESC, worded.claim_id
        ) AS claims
    FROM rung
    JOIN worded ON worded.event_id = rung.standing_event AND worded.claim_id <> rung.standing_id
    GROUP BY rung.alert_id
),
first_copies AS (
    SELECT article_id, min_by(location, copy_id) AS location FROM copies WHERE reason = 'first' GROUP BY article_id
)
SELECT
    rung.alert_id,
    rung.raised_at,
    rung."rule",
    claims.said_on,
    claims.said_on_precision,
    voices.speaker,
    voices."role",
    voices.country,
    rung.category,
    rung.severity,
    claims.quote,
    coalesce(statements.evidence, []) AS evidence,
    coalesce(aimed.targets, []) AS targets,
    coalesce(reported.outlets, []) AS outlets,
    articles.title,
    coalesce(articles.url, first_copies.location) AS location,
    rung.is_replay,
    rung.claim_id,
    rung.statement_id,
    rung."action",
    rung.reasons,
    rung.silence_id,
    rung.step,
    claims.polarity,
    claims.severity AS current_severity,
    coalesce(statements.conditional, false) AS conditional,
    coalesce(aimed.target_countries, []) AS target_countries,
    articles.url,
    rung.standing_event AS event_id,
    placed.side,
    nullif(placed.aim, '') AS aim,
    claims.form,
    coalesce(others.claims, []) AS other_claims,
    statements.method,
    statements.confidence
FROM rung
JOIN claims ON claims.claim_id = rung.standing_id
LEFT JOIN events_placed AS placed ON placed.event_id = rung.standing_event
LEFT JOIN others ON others.alert_id = rung.alert_id
LEFT JOIN statements ON statements.statement_id = rung.statement_id  -- a later extraction may have dropped it
LEFT JOIN claim_speakers AS voices ON voices.claim_id = claims.claim_id
LEFT JOIN articles ON articles.article_id = statements.article_id
LEFT JOIN reported ON reported.event_id = rung.standing_event
LEFT JOIN aimed ON aimed.event_id = rung.standing_event
LEFT JOIN first_copies ON first_copies.article_id = articles.article_id
ORDER BY rung.raised_at, rung.severity DESC, rung.alert_id;
COMMENT ON VIEW alert_log IS 'Alerts with their evidence: who, what, when, where reported, why it rang. Example: from alert_log order by severity desc limit 5';
COMMENT ON COLUMN alert_log.alert_id IS 'The alert.';
COMMENT ON COLUMN alert_log.raised_at IS 'When it rang.';
COMMENT ON COLUMN alert_log."rule" IS 'The rule of alerts.toml.';
COMMENT ON COLUMN alert_log.said_on IS 'When it was said.';
COMMENT ON COLUMN alert_log.said_on_precision IS 'Precision of said_on.';
COMMENT ON COLUMN alert_log.speaker IS 'Who said it.';
COMMENT ON COLUMN alert_log."role" IS 'Role of the speaker.';
COMMENT ON COLUMN alert_log.country IS 'Country of the speaker, ISO 3166 alpha-3: the one he speaks for, else whose he is known to be.';
COMMENT ON COLUMN alert_log.category IS 'Category when it rang.';
COMMENT ON COLUMN alert_log.severity IS 'Severity when it rang.';
COMMENT ON COLUMN alert_log.quote IS 'The widest quote, else the gravest wording; in quotation marks only where form is direct.';
COMMENT ON COLUMN alert_log.evidence IS 'The rules and words that led to the label.';
COMMENT ON COLUMN alert_log.targets IS 'Whom it is aimed at.';
COMMENT ON COLUMN alert_log.outlets IS 'Who reported it, the first first; the place of a copy whose outlet is unknown.';
COMMENT ON COLUMN alert_log.title IS 'Headline of the article that rang.';
COMMENT ON COLUMN alert_log.location IS 'Its address, or its place in the corpus.';
COMMENT ON COLUMN alert_log.is_replay IS 'True where a replay raised it.';
COMMENT ON COLUMN alert_log.claim_id IS 'The claim.';
COMMENT ON COLUMN alert_log.statement_id IS 'The statement that met the rule: tocsin explain shows why it is labelled so.';
COMMENT ON COLUMN alert_log."action" IS 'ring, or digest for what was in scope and below the bar.';
COMMENT ON COLUMN alert_log.reasons IS 'Why the rule decided so.';
COMMENT ON COLUMN alert_log.silence_id IS 'The silence under which it was recorded without ringing.';
COMMENT ON COLUMN alert_log.step IS 'Number of the last message about it, from 0.';
COMMENT ON COLUMN alert_log.polarity IS 'Polarity of the claim.';
COMMENT ON COLUMN alert_log.current_severity IS 'Severity of the claim by now.';
COMMENT ON COLUMN alert_log.conditional IS 'True where the act depends on a condition.';
COMMENT ON COLUMN alert_log.target_countries IS 'Countries it is aimed at, ISO 3166 alpha-3.';
COMMENT ON COLUMN alert_log.url IS 'Address of the article; NULL for files.';
COMMENT ON COLUMN alert_log.event_id IS 'The event, as it stands now.';
COMMENT ON COLUMN alert_log.side IS 'Side that speaks: ISO 3166 alpha-3, else an organisation or a person.';
COMMENT ON COLUMN alert_log.aim IS 'Side aimed at, likewise; NULL where nobody is known.';
COMMENT ON COLUMN alert_log.form IS 'Form of quote: direct where it was said in these words, else indirect or mixed.';
COMMENT ON COLUMN alert_log.other_claims IS 'The other claims of the event, the gravest first.';
COMMENT ON COLUMN alert_log.method IS 'What the label rests on: rule, network or both.';
COMMENT ON COLUMN alert_log.confidence IS 'How often a label like this has the right polarity, from 0 to 1.';

CREATE OR REPLACE VIEW alert_statements AS
SELECT DISTINCT alerts.alert_id, statements.statement_id
FROM alerts
LEFT JOIN events_placed USING (event_id)
JOIN claim_events ON claim_events.event_id = coalesce(events_placed.merged_into, alerts.event_id)
JOIN claims ON claims.claim_id = claim_events.claim_id
JOIN statements ON statements.claim_id = claims.claim_id AND statements.polarity = claims.polarity
WHERE alerts."action" = 'ring';
COMMENT ON VIEW alert_statements IS 'The statements behind each alert that rang: those of the claims of its event, of its polarity. Example: from alert_statements join statements using (statement_id)';
COMMENT ON COLUMN alert_statements.alert_id IS 'The alert.';
COMMENT ON COLUMN alert_statements.statement_id IS 'A statement of its event.';

CREATE OR REPLACE VIEW undelivered AS
SELECT
    deliveries.channel,
    deliveries.status,
    deliveries.kind,
    count(*) AS n_deliveries,
    max(deliveries.attempts) AS attempts,
    min(deliveries.due_at) AS due_at,
    any_value(channel_states.blocked_until) AS blocked_until,
    coalesce(any_value(channel_states.error), arg_max(deliveries.error, deliveries.due_at)) AS error
FROM deliveries
LEFT JOIN channel_states USING (channel)
WHERE deliveries.status IN ('pending', 'dead')
GROUP BY ALL
ORDER BY deliveries.status, deliveries.channel, deliveries.kind;
COMMENT ON VIEW undelivered IS 'What waits for a channel, and what was given up. Example: from undelivered where status = ''dead''';
COMMENT ON COLUMN undelivered.channel IS 'The channel.';
COMMENT ON COLUMN undelivered.status IS 'pending or dead (given up).';
COMMENT ON COLUMN undelivered.kind IS 'alert, update, digest or notice.';
COMMENT ON COLUMN undelivered.n_deliveries IS 'How many.';
COMMENT ON COLUMN undelivered.attempts IS 'How often the most tried was tried.';
COMMENT ON COLUMN undelivered.due_at IS 'Since when the oldest is due; in the future for digests and quiet hours.';
COMMENT ON COLUMN undelivered.blocked_until IS 'When the channel is tried again.';
COMMENT ON COLUMN undelivered.error IS 'What failed last.';
