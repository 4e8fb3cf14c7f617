-- What follows the findings of a rebuild when it is taken over. What could not be extracted again keeps its version.
UPDATE extractions SET extractor_version = substr(extractor_version, length('before ') + 1)
WHERE starts_with(extractor_version, 'before ');
UPDATE statements SET extractor_version = substr(extractor_version, length('before ') + 1)
WHERE starts_with(extractor_version, 'before ');
UPDATE alerts SET statement_id = same.statement_id, event_id = same.event_id
FROM rebuilt.alerts AS same WHERE same.alert_id = alerts.alert_id;
INSERT INTO rejections BY NAME
FROM rebuilt.rejections AS new WHERE new.rejection_id NOT IN (SELECT rejection_id FROM rejections);
DELETE FROM rebuilt_claims;
INSERT INTO rebuilt_claims BY NAME
SELECT claim_id, count(DISTINCT copy_id) AS n_places
FROM statements JOIN articles USING (article_id) JOIN copies USING (article_id)
WHERE claim_id IS NOT NULL
GROUP BY claim_id
HAVING bool_or(copies.reason <> 'first' OR articles.first_seen_at > $now)
