CREATE OR REPLACE VIEW claim_reports AS
SELECT
    coalesce(copies.published_at, articles.published_at) AS reported_at,
    copies.outlet,
    coalesce(statements.shown, statements.content) AS wording,
    coalesce(statements.shown_form, statements.form) AS form,
    statements.claim_similarity AS similarity,
    statements.claim_reason AS reason,
    coalesce(copies.title, articles.title) AS title,
    coalesce(copies.url, copies.location) AS location,
    statements.method,
    statements.confidence,
    statements.claim_id,
    statements.statement_id,
    statements.article_id,
    copies.copy_id
FROM statements
JOIN articles USING (article_id)
JOIN copies USING (article_id)
WHERE statements.claim_id IS NOT NULL;
COMMENT ON VIEW claim_reports IS 'Who reported a claim when, and how the wording differs: one row a statement and copy. Example: from claim_reports where claim_id = (select claim_id from escalations limit 1) order by reported_at';
COMMENT ON COLUMN claim_reports.reported_at IS 'When this copy was published.';
COMMENT ON COLUMN claim_reports.outlet IS 'Outlet that carried it; NULL where nothing names it, location then tells the place.';
COMMENT ON COLUMN claim_reports.wording IS 'The words as this article has them.';
COMMENT ON COLUMN claim_reports.form IS 'Form of wording: direct where it stands in quotation marks there, else indirect or mixed.';
COMMENT ON COLUMN claim_reports.similarity IS 'Likeness to the nearest report published before it, 1 for the first.';
COMMENT ON COLUMN claim_reports.reason IS 'In what they are alike; or that it is the first report.';
COMMENT ON COLUMN claim_reports.title IS 'Headline there, else that of the article it is a copy of.';
COMMENT ON COLUMN claim_reports.location IS 'Its address, or its place in the corpus.';
COMMENT ON COLUMN claim_reports."method" IS 'What the label rests on: rule, network or both; NULL for labels from before this was kept.';
COMMENT ON COLUMN claim_reports.confidence IS 'How often a label like this has the right polarity, from 0 to 1; NULL likewise.';
COMMENT ON COLUMN claim_reports.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_reports.statement_id IS 'The statement that reports it.';
COMMENT ON COLUMN claim_reports.article_id IS 'The article it stands in.';
COMMENT ON COLUMN claim_reports.copy_id IS 'The place where that article, or a copy of it, was seen.';

CREATE OR REPLACE VIEW escalations AS
WITH standing AS (
    FROM claims WHERE merged_into IS NULL AND polarity = 'escalatory'
),
reported AS (
    SELECT claim_id, list_sort(list(outlet)) AS outlets
    FROM (
        SELECT DISTINCT claim_id, coalesce(copies.outlet, copies.location) AS outlet
        FROM statements
        JOIN copies USING (article_id)
        WHERE claim_id IN (SELECT claim_id FROM standing)
    )
    GROUP BY claim_id
),
aimed AS (
    SELECT
        claim_id,
        list_sort(list_distinct(list(statement_targets."name"))) AS targets,
        list_sort(list_distinct(list(statement_targets.country))) AS target_countries
    FROM statements
    JOIN statement_targets USING (statement_id)
    WHERE claim_id IN (SELECT claim_id FROM standing)
    GROUP BY claim_id
)
SELECT
    standing.said_on,
    standing.severity,
    standing.category,
    voices.speaker,
    standing.quote,
    coalesce(aimed.targets, []) AS targets,
    voices."role",
    voices.country,
    nullif(claim_events.side, '') AS side,
    nullif(claim_events.aim, '') AS aim,
    coalesce(reported.outlets, []) AS outlets,
    coalesce(len(reported.outlets), 0) AS n_outlets,
    standing.n_reports,
    standing.form,
    first_report.confidence,
    first_report."method",
    first_report.conditional,
    standing.said_on_precision,
    standing.first_reported_at,
    EXISTS (FROM alerts WHERE alerts.claim_id = standing.claim_id) AS has_rung,
    coalesce(aimed.target_countries, []) AS target_countries,
    articles.title AS first_title,
    articles.url AS first_url,
    standing.claim_id,
    claim_events.event_id,
    standing.first_statement_id
FROM standing
JOIN statements AS first_report ON first_report.statement_id = standing.first_statement_id
JOIN articles ON articles.article_id = first_report.article_id
LEFT JOIN claim_speakers AS voices ON voices.claim_id = standing.claim_id
LEFT JOIN claim_events ON claim_events.claim_id = standing.claim_id
LEFT JOIN reported ON reported.claim_id = standing.claim_id
LEFT JOIN aimed ON aimed.claim_id = standing.claim_id
ORDER BY standing.said_on NULLS LAST, standing.first_reported_at NULLS LAST, standing.claim_id;
COMMENT ON VIEW escalations IS 'One row for each escalating claim: first report, outlets (the place of a copy whose outlet is unknown), quote, speaker, role, country, targets. Example: from escalations where severity >= 4';
COMMENT ON COLUMN escalations.said_on IS 'Day of the utterance, or first day of its week, month or year; NULL where nothing dates it.';
COMMENT ON COLUMN escalations.severity IS 'From 1 to 5 (force announced, nuclear threat, war declared), one lower where it repeats an earlier claim.';
COMMENT ON COLUMN escalations.category IS 'Code of the codebook.';
COMMENT ON COLUMN escalations.speaker IS 'Who said it: a name, or the words for a source without one.';
COMMENT ON COLUMN escalations."quote" IS 'The widest quote, else the gravest wording; in quotation marks only where form is direct.';
COMMENT ON COLUMN escalations.targets IS 'Whom it is aimed at, by all reports; empty where nobody is.';
COMMENT ON COLUMN escalations."role" IS 'Role of the speaker when he said it; NULL where no report gives one.';
COMMENT ON COLUMN escalations.country IS 'Country of the speaker, ISO 3166 alpha-3: by the reports, else whose he is known to be; NULL where neither tells.';
COMMENT ON COLUMN escalations.side IS 'Side that he speaks for: ISO 3166 alpha-3, else an organisation or a person.';
COMMENT ON COLUMN escalations.aim IS 'Side it is aimed at, likewise; NULL where nobody is known.';
COMMENT ON COLUMN escalations.outlets IS 'Who reported it, by name; the place of a copy whose outlet is unknown.';
COMMENT ON COLUMN escalations.n_outlets IS 'How many.';
COMMENT ON COLUMN escalations.n_reports IS 'How many statements report it, copies not counted.';
COMMENT ON COLUMN escalations.form IS 'Form of quote: direct where it was said in these words, else indirect or mixed.';
COMMENT ON COLUMN escalations.confidence IS 'How often a label like that of the first report has the right polarity, from 0 to 1; NULL for labels from before this was kept.';
COMMENT ON COLUMN escalations."method" IS 'What that label rests on: rule, network or both; NULL likewise.';
COMMENT ON COLUMN escalations.conditional IS 'True where the act depends on a condition.';
COMMENT ON COLUMN escalations.said_on_precision IS 'day, week, month, year; publication where the date is that of the article; NULL with said_on.';
COMMENT ON COLUMN escalations.first_reported_at IS 'When the first report was published.';
COMMENT ON COLUMN escalations.has_rung IS 'True where an alert has it for its headline.';
COMMENT ON COLUMN escalations.target_countries IS 'Countries of the targets, ISO 3166 alpha-3.';
COMMENT ON COLUMN escalations.first_title IS 'Headline of the first report; NULL where the text has none.';
COMMENT ON COLUMN escalations.first_url IS 'Address of the first report; NULL for files.';
COMMENT ON COLUMN escalations.claim_id IS 'The claim.';
COMMENT ON COLUMN escalations.event_id IS 'The event it is part of.';
COMMENT ON COLUMN escalations.first_statement_id IS 'The first report: tocsin explain shows why it is labelled so.';

CREATE OR REPLACE VIEW escalation_timeline AS
SELECT
    said_on,
    country AS speaker_country,
    target,
    count(*) AS n_claims,
    max(severity) AS peak_severity,
    arg_max(speaker || ': ' || quote, severity) AS worst
FROM (SELECT *, unnest(CASE WHEN len(targets) = 0 THEN [NULL] ELSE targets END) AS target FROM escalations)
GROUP BY said_on, speaker_country, target
ORDER BY said_on NULLS LAST, peak_severity DESC, speaker_country, target;
COMMENT ON VIEW escalation_timeline IS 'Escalating claims by day, country of the speaker and target. Example: from escalation_timeline where said_on >= date ''2024-10-01''';
COMMENT ON COLUMN escalation_timeline.said_on IS 'The day; NULL where nothing dates them.';
COMMENT ON COLUMN escalation_timeline.speaker_country IS 'Country of the speakers, ISO 3166 alpha-3; NULL where it is not known.';
COMMENT ON COLUMN escalation_timeline.target IS 'Whom they are aimed at; NULL where nobody is. A claim with two targets counts for both.';
COMMENT ON COLUMN escalation_timeline.n_claims IS 'How many claims.';
COMMENT ON COLUMN escalation_timeline.peak_severity IS 'Highest severity among them.';
COMMENT ON COLUMN escalation_timeline.worst IS 'Speaker and words of a claim of that severity.';

CREATE OR REPLACE VIEW dyads AS
SELECT
    coalesce(statements.speaker_country, actors.country) AS source_country,
    statement_targets.country AS target_country,
    count(DISTINCT statements.claim_id) AS n_claims,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'escalatory') AS n_escalatory,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'de-escalatory') AS n_deescalatory,
    max(statements.severity) FILTER (statements.polarity = 'escalatory') AS peak_severity,
    max(statements.severity) FILTER (statements.polarity = 'de-escalatory') AS peak_deescalatory,
    min(statements.said_on) AS first_on,
    max(statements.said_on) AS last_on
FROM statements
JOIN statement_targets USING (statement_id)
LEFT JOIN actors ON actors.actor_id = statements.speaker_id
WHERE source_country IS NOT NULL
  AND statement_targets.country IS NOT NULL
  AND source_country <> statement_targets.country
GROUP BY ALL
ORDER BY n_escalatory DESC, source_country, target_country;
COMMENT ON VIEW dyads IS 'Who speaks about or to whom: country of the speaker to country of the target, with counts; by day and by side: event_timeline. Example: from dyads limit 10';
COMMENT ON COLUMN dyads.source_country IS 'Country of the speaker, ISO 3166 alpha-3.';
COMMENT ON COLUMN dyads.target_country IS 'Country of the target, another one.';
COMMENT ON COLUMN dyads.n_claims IS 'Claims of any polarity.';
COMMENT ON COLUMN dyads.n_escalatory IS 'Those of them that escalate.';
COMMENT ON COLUMN dyads.n_deescalatory IS 'Those of them that calm.';
COMMENT ON COLUMN dyads.peak_severity IS 'Highest severity of an escalating one; NULL where none escalates.';
COMMENT ON COLUMN dyads.peak_deescalatory IS 'Highest level of a calming one; NULL where none calms.';
COMMENT ON COLUMN dyads.first_on IS 'Day of the first.';
COMMENT ON COLUMN dyads.last_on IS 'Day of the last.';

CREATE OR REPLACE VIEW actor_activity AS
SELECT
    coalesce(any_value(actors."name"), any_value(statements.speaker)) AS actor,
    coalesce(any_value(statements.speaker_country), any_value(actors.country)) AS country,
    coalesce(
        arg_max(statements.speaker_role, coalesce(statements.said_on, DATE '0001-01-01'))
            FILTER (statements.speaker_role IS NOT NULL),
        any_value(actors."role")
    ) AS "role",
    count(*) AS n_statements,
    count(DISTINCT statements.claim_id) AS n_claims,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'escalatory') AS n_escalatory,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'de-escalatory') AS n_deescalatory,
    max(statements.severity) FILTER (statements.polarity = 'escalatory') AS peak_severity,
    min(statements.said_on) AS first_on,
    max(statements.said_on) AS last_on,
    statements.speaker_id AS actor_id
FROM statements
LEFT JOIN actors ON actors.actor_id = statements.speaker_id
WHERE statements.speaker_id IS NOT NULL
GROUP BY statements.speaker_id
ORDER BY n_statements DESC, actor_id;
COMMENT ON VIEW actor_activity IS 'What each actor said, in numbers. Example: from actor_activity where country = ''RUS''';
COMMENT ON COLUMN actor_activity.actor IS 'Name of the actor.';
COMMENT ON COLUMN actor_activity.country IS 'Country, ISO 3166 alpha-3: the one he speaks for, else whose he is known to be; NULL where neither is known.';
COMMENT ON COLUMN actor_activity."role" IS 'The last role an article gives; NULL where none does.';
COMMENT ON COLUMN actor_activity.n_statements IS 'Statements in articles, each report of a claim counted.';
COMMENT ON COLUMN actor_activity.n_claims IS 'Claims, however many report them.';
COMMENT ON COLUMN actor_activity.n_escalatory IS 'Those of them that escalate.';
COMMENT ON COLUMN actor_activity.n_deescalatory IS 'Those of them that calm.';
COMMENT ON COLUMN actor_activity.peak_severity IS 'Highest severity of an escalating one; NULL where none escalates.';
COMMENT ON COLUMN actor_activity.first_on IS 'Day of the first.';
COMMENT ON COLUMN actor_activity.last_on IS 'Day of the last.';
COMMENT ON COLUMN actor_activity.actor_id IS 'The actor.';

CREATE OR REPLACE VIEW coverage AS
SELECT
    CAST(coalesce(copies.published_at, copies.seen_at) AS DATE) AS on_day,
    copies.outlet,
    count(*) AS n_copies,
    count(*) FILTER (copies.reason = 'first') AS n_first
FROM copies
GROUP BY ALL
ORDER BY on_day, copies.outlet NULLS LAST;
COMMENT ON VIEW coverage IS 'Articles by outlet and day. Example: from coverage where outlet is not null';
COMMENT ON COLUMN coverage.on_day IS 'Day of publication, else the day on which they were first seen.';
COMMENT ON COLUMN coverage.outlet IS 'Outlet that carried them; NULL for texts whose outlet nothing names.';
COMMENT ON COLUMN coverage.n_copies IS 'Articles it carried, taken over from others or not.';
COMMENT ON COLUMN coverage.n_first IS 'Those of them that it had first.';
