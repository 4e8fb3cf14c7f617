CREATE OR REPLACE VIEW version_changes AS
WITH edits AS (
    SELECT url, version, seen_at, article_id, replaces FROM article_versions WHERE replaces IS NOT NULL
),
said_now AS (
    SELECT url, version, coalesce(claim_id, content) AS utterance, statements.* EXCLUDE (article_id)
    FROM edits JOIN statements ON statements.article_id = edits.article_id
),
said_before AS (
    SELECT url, version, coalesce(claim_id, content) AS utterance, statements.* EXCLUDE (article_id)
    FROM edits JOIN statements ON statements.article_id = edits.replaces
)
SELECT
    url,
    version,
    edits.seen_at,
    CASE
        WHEN said_before.statement_id IS NULL THEN 'added'
        WHEN said_now.statement_id IS NULL THEN 'dropped'
        WHEN said_before.content <> said_now.content THEN 'reworded'
        ELSE 'kept'
    END AS change,
    coalesce(said_now.speaker, said_before.speaker, said_now.speaker_text, said_before.speaker_text) AS speaker,
    said_before.content AS before,
    said_now.content AS after,
    said_before.severity AS severity_before,
    said_now.severity AS severity_after
FROM said_now
FULL JOIN said_before USING (url, version, utterance)
JOIN edits USING (url, version)
ORDER BY edits.seen_at, url, version, change, coalesce(said_now.ordinal, said_before.ordinal);
COMMENT ON VIEW version_changes IS 'What an edit of an article did to its statements: added, dropped, reworded or kept, by utterance. Example: from version_changes where change <> ''kept''';
COMMENT ON COLUMN version_changes.url IS 'Canonical address of the article.';
COMMENT ON COLUMN version_changes.version IS 'Number of the version that changed it, from 2.';
COMMENT ON COLUMN version_changes.seen_at IS 'When that version was first seen.';
COMMENT ON COLUMN version_changes.change IS 'added, dropped, reworded or kept.';
COMMENT ON COLUMN version_changes.speaker IS 'Who said it: a name, or the words for a source without one.';
COMMENT ON COLUMN version_changes.before IS 'Words of the version before; NULL where added.';
COMMENT ON COLUMN version_changes.after IS 'Words of this version; NULL where dropped.';
COMMENT ON COLUMN version_changes.severity_before IS 'Severity before; NULL where added.';
COMMENT ON COLUMN version_changes.severity_after IS 'Severity now; NULL where dropped.';
