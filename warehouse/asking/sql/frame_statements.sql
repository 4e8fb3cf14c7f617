-- Statements, each with its targets and the article it stands in.
SELECT
    statements.statement_id,
    statements.said_on,
    statements.said_on_precision,
    statements.speaker_id,
    statements.speaker,
    statements.speaker_text,
    coalesce(statements.speaker_role, actors."role") AS "role",
    coalesce(statements.speaker_country, actors.country) AS country,
    coalesce(aimed.targets, []) AS targets,
    statements.content,
    statements.form,
    statements.polarity,
    statements.category,
    statements.severity,
    statements.conditional,
    statements.method,
    statements.confidence,
    articles.outlet,
    articles.title,
    articles.url,
    articles.published_at,
    statements.claim_id,
    statements.article_id,
    statements.extractor_version
FROM statements
LEFT JOIN actors ON actors.actor_id = statements.speaker_id
LEFT JOIN articles ON articles.article_id = statements.article_id
LEFT JOIN (
    SELECT statement_id, list("name" ORDER BY ordinal) AS targets FROM statement_targets GROUP BY statement_id
) AS aimed ON aimed.statement_id = statements.statement_id
