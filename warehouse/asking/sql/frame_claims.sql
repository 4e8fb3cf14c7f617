-- Claims that stand, each with who said it, whom it is aimed at and the event it belongs to.
SELECT
    claims.claim_id,
    claims.said_on,
    claims.said_on_precision,
    claims.first_reported_at,
    claims.speaker_id,
    voices.speaker,
    voices."role",
    voices.country,
    coalesce(aimed.targets, []) AS targets,
    coalesce(aimed.target_countries, []) AS target_countries,
    claims.polarity,
    claims.category,
    claims.severity,
    claims.quote,
    claims.form,
    statements.method,
    statements.confidence,
    claims.n_reports,
    claims.reiterates,
    claim_events.event_id,
    claims.first_statement_id
FROM claims
LEFT JOIN statements ON statements.statement_id = claims.first_statement_id
LEFT JOIN claim_speakers AS voices ON voices.claim_id = claims.claim_id
LEFT JOIN claim_events ON claim_events.claim_id = claims.claim_id
LEFT JOIN (
    SELECT
        statements.claim_id,
        list_sort(list_distinct(list(statement_targets."name"))) AS targets,
        list_sort(list_distinct(list(statement_targets.country))) AS target_countries
    FROM statements JOIN statement_targets USING (statement_id)
    GROUP BY statements.claim_id
) AS aimed ON aimed.claim_id = claims.claim_id
WHERE claims.merged_into IS NULL
