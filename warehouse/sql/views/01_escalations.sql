CREATE OR REPLACE VIEW claim_reports AS
SELECT
    statements.claim_id,
    statements.statement_id,
    copies.outlet,
    coalesce(copies.published_at, articles.published_at) AS reported_at,
    coalesce(statements.shown, statements.content) AS wording,
    statements.claim_similarity AS similarity,
    statements.claim_reason AS reason,
    copies.title,
    coalesce(copies.url, copies.location) AS location,
    statements.article_id,
    copies.copy_id,
    coalesce(statements.shown_form, statements.form) AS form,
    statements.method,
    statements.confidence
FROM statements
JOIN articles USING (article_id)
JOIN copies USING (article_id)
WHERE statements.claim_id IS NOT NULL;
COMMENT ON VIEW claim_reports IS 'Who reported a claim when, and how the wording differs: one row a statement and copy. Example: from claim_reports where claim_id = (select claim_id from escalations limit 1) order by reported_at';

CREATE OR REPLACE VIEW escalations AS
WITH standing AS (
    FROM claims WHERE merged_into IS NULL AND polarity = 'escalatory'
),
reported AS (
    SELECT
        claim_id,
        list_sort(list_distinct(list(coalesce(outlet, location)))) AS outlets,
        count(DISTINCT coalesce(outlet, location)) AS n_outlets
    FROM claim_reports
    GROUP BY claim_id
),
aimed AS (
    SELECT
        statements.claim_id,
        list_sort(list_distinct(list(statement_targets.name))) AS targets,
        list_sort(list_distinct(list(statement_targets.country))) AS target_countries
    FROM statements
    JOIN statement_targets USING (statement_id)
    GROUP BY statements.claim_id
)
SELECT
    standing.claim_id,
    standing.said_on,
    standing.said_on_precision,
    standing.first_reported_at,
    standing.speaker,
    first_report.speaker_role AS "role",
    first_report.speaker_country AS country,
    coalesce(aimed.targets, []) AS targets,
    coalesce(aimed.target_countries, []) AS target_countries,
    standing.category,
    standing.severity,
    first_report.conditional,
    standing.quote,
    coalesce(reported.outlets, []) AS outlets,
    coalesce(reported.n_outlets, 0) AS n_outlets,
    standing.n_reports,
    articles.title AS first_title,
    articles.url AS first_url,
    standing.first_statement_id,
    EXISTS (FROM alerts WHERE alerts.claim_id = standing.claim_id) AS has_rung,
    standing.form,
    first_report.method,
    first_report.confidence
FROM standing
JOIN statements AS first_report ON first_report.statement_id = standing.first_statement_id
JOIN articles ON articles.article_id = first_report.article_id
LEFT JOIN reported ON reported.claim_id = standing.claim_id
LEFT JOIN aimed ON aimed.claim_id = standing.claim_id
ORDER BY standing.said_on NULLS LAST, standing.first_reported_at NULLS LAST, standing.claim_id;
COMMENT ON VIEW escalations IS 'One row for each escalating claim: first report, outlets (the place of a copy whose outlet is unknown), quote, speaker, role, country, targets. Example: from escalations where severity >= 4';

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
COMMENT ON VIEW escalation_timeline IS 'Escalating claims per day and dyad. Example: from escalation_timeline where said_on >= date ''2024-10-01''';

CREATE OR REPLACE VIEW dyads AS
SELECT
    statements.speaker_country AS source_country,
    statement_targets.country AS target_country,
    count(DISTINCT statements.claim_id) AS n_claims,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'escalatory') AS n_escalatory,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'de-escalatory') AS n_deescalatory,
    max(statements.severity) AS peak_severity,
    min(statements.said_on) AS first_on,
    max(statements.said_on) AS last_on
FROM statements
JOIN statement_targets USING (statement_id)
WHERE statements.speaker_country IS NOT NULL
  AND statement_targets.country IS NOT NULL
  AND statements.speaker_country <> statement_targets.country
GROUP BY ALL
ORDER BY n_escalatory DESC, source_country, target_country;
COMMENT ON VIEW dyads IS 'Who speaks about or to whom: country of the speaker to country of the target, with counts. Example: from dyads limit 10';

CREATE OR REPLACE VIEW actor_activity AS
SELECT
    statements.speaker_id AS actor_id,
    any_value(statements.speaker) AS actor,
    any_value(statements.speaker_country) AS country,
    count(*) AS n_statements,
    count(DISTINCT statements.claim_id) AS n_claims,
    count(DISTINCT statements.claim_id) FILTER (statements.polarity = 'escalatory') AS n_escalatory,
    max(statements.severity) AS peak_severity,
    min(statements.said_on) AS first_on,
    max(statements.said_on) AS last_on
FROM statements
WHERE statements.speaker_id IS NOT NULL
GROUP BY statements.speaker_id
ORDER BY n_statements DESC, actor_id;
COMMENT ON VIEW actor_activity IS 'What each actor said, in numbers. Example: from actor_activity where country = ''RUS''';

CREATE OR REPLACE VIEW coverage AS
SELECT
    copies.outlet,
    CAST(coalesce(copies.published_at, copies.seen_at) AS DATE) AS on_day,
    count(*) AS n_copies,
    count(*) FILTER (copies.reason = 'first') AS n_first
FROM copies
GROUP BY ALL
ORDER BY on_day, copies.outlet NULLS LAST;
COMMENT ON VIEW coverage IS 'Articles by outlet and day. Example: from coverage where outlet is not null';
