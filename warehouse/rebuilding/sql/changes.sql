-- Every statement that was lost, added, relabelled or given to somebody else, and those that stand as they were.
-- One in the same place is the same; of what is left, two that overlap most are one whose borders moved.
CREATE OR REPLACE TEMP TABLE changes AS
WITH was AS (
    SELECT *, list_min([one.start FOR one IN spans]) AS begins, list_max([one."end" FOR one IN spans]) AS ends
    FROM earlier.statements
),
now AS (
    SELECT statement_id, article_id, content, polarity, category, severity, conditional, speaker_id,
           coalesce(speaker, speaker_text, '') AS speaker, coalesce(side, speaker_country, '') AS side,
           list_min([one.start FOR one IN spans]) AS begins, list_max([one."end" FOR one IN spans]) AS ends
    FROM statements LEFT JOIN claim_events USING (claim_id)
    WHERE pending IS DISTINCT FROM 'drop'
),
moved AS (
    SELECT was.statement_id AS was_id, now.statement_id AS now_id,
           least(was.ends, now.ends) - greatest(was.begins, now.begins) AS shared
    FROM (FROM was ANTI JOIN now USING (statement_id)) AS was
    JOIN (FROM now ANTI JOIN was USING (statement_id)) AS now USING (article_id)
    WHERE shared > 0
    QUALIFY row_number() OVER (PARTITION BY was_id ORDER BY shared DESC, now_id) = 1
        AND row_number() OVER (PARTITION BY now_id ORDER BY shared DESC, was_id) = 1
),
pairs AS (
    SELECT statement_id AS was_id, statement_id AS now_id FROM was SEMI JOIN now USING (statement_id)
    UNION ALL SELECT was_id, now_id FROM moved
    UNION ALL SELECT statement_id, NULL FROM was
              WHERE statement_id NOT IN (SELECT was_id FROM moved) AND statement_id NOT IN (SELECT statement_id FROM now)
    UNION ALL SELECT NULL, statement_id FROM now
              WHERE statement_id NOT IN (SELECT now_id FROM moved) AND statement_id NOT IN (SELECT statement_id FROM was)
)
SELECT CASE
           WHEN now_id IS NULL THEN 'lost'
           WHEN was_id IS NULL THEN 'added'
           WHEN (was.polarity, was.category, was.severity, was.conditional)
                IS DISTINCT FROM (now.polarity, now.category, now.severity, now.conditional) THEN 'relabelled'
           WHEN (was.speaker_id, was.speaker) IS DISTINCT FROM (now.speaker_id, now.speaker) THEN 'reattributed'
           ELSE 'same'
       END AS change,
       was_id, now_id, coalesce(now.article_id, was.article_id) AS article_id,
       was.polarity AS was_polarity, was.category AS was_category, was.severity AS was_severity,
       was.speaker AS was_speaker, was.side AS was_side, was.content AS was_content,
       now.polarity AS now_polarity, now.category AS now_category, now.severity AS now_severity,
       now.speaker AS now_speaker, now.side AS now_side, now.content AS now_content,
       was.polarity = 'escalatory' AND NOT EXISTS (
           FROM now AS other
           WHERE other.article_id = was.article_id AND other.polarity = 'escalatory'
             AND 2 * (least(was.ends, other.ends) - greatest(was.begins, other.begins)) >= was.ends - was.begins
       ) AS lost_escalation,
       now.polarity = 'escalatory' AND NOT EXISTS (
           FROM was AS other
           WHERE other.article_id = now.article_id AND other.polarity = 'escalatory'
             AND 2 * (least(now.ends, other.ends) - greatest(now.begins, other.begins)) >= now.ends - now.begins
       ) AS new_escalation
FROM pairs
LEFT JOIN was ON was.statement_id = was_id
LEFT JOIN now ON now.statement_id = now_id
