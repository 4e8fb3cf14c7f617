-- What stands before a rebuild, kept beside what it finds; and everything marked as found by another version.
CREATE SCHEMA earlier;
-- What was extracted and was never related is news that has still to ring: the next run finds it as if it just came in.
DELETE FROM extractions
WHERE article_id IN (SELECT article_id FROM statements WHERE claim_id IS NULL)
  AND article_id NOT IN (SELECT article_id FROM statements WHERE claim_id IS NOT NULL);
DELETE FROM statement_targets
WHERE statement_id IN (SELECT statement_id FROM statements WHERE claim_id IS NULL);
DELETE FROM statement_keys
WHERE statement_id IN (SELECT statement_id FROM statements WHERE claim_id IS NULL);
DELETE FROM statements WHERE claim_id IS NULL;
CREATE TABLE earlier.statements AS
SELECT statement_id, article_id, content, spans, polarity, category, severity, conditional, speaker_id,
       coalesce(speaker, speaker_text, '') AS speaker, coalesce(side, speaker_country, '') AS side
FROM statements LEFT JOIN claim_events USING (claim_id) WHERE pending IS DISTINCT FROM 'drop';
CREATE TABLE earlier.events AS
SELECT event_id, claims.polarity, claims.severity FROM events_placed JOIN claims ON claim_id = headline_claim_id
WHERE events_placed.merged_into IS NULL;
CREATE TABLE earlier.versions AS
SELECT extractor_version, count(*) AS n FROM extractions GROUP BY extractor_version;
UPDATE extractions SET extractor_version = 'before ' || extractor_version;
UPDATE statements SET extractor_version = 'before ' || extractor_version;
