-- The one place that says who spoke in a claim: what the first report leaves out of him another report tells, and the list
-- of actors or a correction. What a report says of somebody else, or of a source without a name, is not said of him.
CREATE OR REPLACE VIEW claim_speakers AS
WITH told AS (
    SELECT
        claims.claim_id,
        min_by(statements.speaker_role, statement_id) FILTER (statements.speaker_role IS NOT NULL) AS "role",
        min_by(statements.speaker_country, statement_id) FILTER (statements.speaker_country IS NOT NULL) AS country
    FROM statements
    JOIN claims USING (claim_id)
    JOIN actors ON actors.actor_id = claims.speaker_id
    WHERE claims.n_reports > 1
      AND (statements.speaker_role IS NOT NULL OR statements.speaker_country IS NOT NULL)
      -- he himself, or the official without a name who spoke for a government
      AND (statements.speaker_id = claims.speaker_id OR (statements.speaker_id IS NULL AND actors.kind <> 'person'))
    GROUP BY claims.claim_id
),
voiced AS (
    SELECT
        claims.claim_id,
        claims.speaker_id,
        coalesce(claims.speaker, first_report.speaker_text) AS speaker,
        actors."role" AS listed_role,
        actors.country AS listed_country,
        first_report.speaker_role,
        first_report.speaker_country,
        first_report.speaker_id IS NOT DISTINCT FROM claims.speaker_id
            OR (first_report.speaker_id IS NULL AND actors.kind IS DISTINCT FROM 'person') AS is_his
    FROM claims
    LEFT JOIN statements AS first_report ON first_report.statement_id = claims.first_statement_id
    LEFT JOIN actors ON actors.actor_id = claims.speaker_id
)
SELECT
    voiced.speaker,
    coalesce(CASE WHEN is_his THEN speaker_role END, told."role", listed_role) AS "role",
    coalesce(CASE WHEN is_his THEN speaker_country END, told.country, listed_country) AS country,
    voiced.claim_id,
    voiced.speaker_id
FROM voiced
LEFT JOIN told ON told.claim_id = voiced.claim_id;
COMMENT ON VIEW claim_speakers IS 'Who said each claim, with all that its reports and the list of actors tell of him. Example: from claim_speakers where country = ''RUS''';
COMMENT ON COLUMN claim_speakers.speaker IS 'Name, or the words for a source without one.';
COMMENT ON COLUMN claim_speakers."role" IS 'His role by the first report, else by another one, else by a correction; NULL where none gives one.';
COMMENT ON COLUMN claim_speakers.country IS 'Country, ISO 3166 alpha-3: by the reports, else whose he is known to be; NULL where neither tells. For whom he speaks is told by the side.';
COMMENT ON COLUMN claim_speakers.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_speakers.speaker_id IS 'The actor; NULL for a source without a name.';
