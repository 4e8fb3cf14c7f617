-- Whose side speaks, at whom, and with what rank: by the reports of the claims $ids, of several the one most reports give.
-- A side is a country, else an organisation (of who heads one on the day: his), else whoever speaks; aims are those of reports of the claim's polarity, the
-- gravest first: it is the act of these that the claim stands for.
WITH wanted AS (
    SELECT claim_id, polarity, speaker_id, speaker FROM claims
    WHERE merged_into IS NULL AND claim_id IN (SELECT unnest($ids))
),
reports AS (
    SELECT statements.*, wanted.polarity AS claim_polarity FROM statements JOIN wanted USING (claim_id)
),
held AS (
    SELECT statement_id, arg_max(
               coalesce(country, organisation), (coalesce(since, DATE '0001-01-01'), actor_offices.ordinal)) AS body
    FROM reports
    JOIN actor_offices ON actor_offices.actor_id = reports.speaker_id
    JOIN articles USING (article_id)
    WHERE speaker_country IS NULL
      AND coalesce(CAST(published_at AS DATE), said_on, CAST(first_seen_at AS DATE))
          BETWEEN coalesce(since, DATE '0001-01-01') AND coalesce(until, DATE '9999-12-31')
    GROUP BY statement_id
),
voices AS (
    SELECT claim_id, speaker_country IS NOT NULL AS is_state, count(*) AS n,
           coalesce(speaker_country, held.body, CASE WHEN actors.kind = 'person' THEN actors.parent_id END,
                    reports.speaker_id, lower(speaker_text), '') AS side
    FROM reports
    LEFT JOIN actors ON actors.actor_id = reports.speaker_id
    LEFT JOIN held USING (statement_id)
    GROUP BY ALL
),
sides AS (SELECT claim_id, arg_max(side, (is_state, n, side)) AS side FROM voices GROUP BY claim_id),
spoken AS (
    SELECT claim_id, reports.speaker_id IS NOT NULL AND coalesce(actors.kind, 'person') = 'person' AS is_named,
           lower(coalesce(speaker_role, '')) AS office,
           NOT regexp_matches(office, '\b(?:vice|deputy|former|ex|adviser|advisor|press)\b|spokes|aide') AS is_full
    FROM reports LEFT JOIN actors ON actors.actor_id = reports.speaker_id
),
ranks AS (
    SELECT claim_id, max(CASE
        WHEN NOT is_named THEN 0
        WHEN is_full AND regexp_matches(office, '\b(?:president|supreme leader|king|emir|crown prince|head of state)\b')
            THEN 4
        WHEN is_full AND regexp_matches(office, '\b(?:prime minister|premier|chancellor|head of government)\b') THEN 3
        WHEN is_full AND regexp_matches(office, '\b(?:minister|secretary|commander|chief of staff)\b') THEN 2
        ELSE 1 END) AS speaker_rank
    FROM spoken GROUP BY claim_id
),
aims AS (
    SELECT reports.claim_id, coalesce(country, statement_targets.actor_id, lower("name")) AS aim,
           country IS NOT NULL AS is_state,
           sum((1.0 + severity) / (1 + statement_targets.ordinal)) AS n
    FROM reports JOIN statement_targets USING (statement_id) JOIN sides USING (claim_id)
    WHERE reports.polarity = claim_polarity AND aim IS NOT NULL AND aim <> side
    GROUP BY ALL
),
aimed AS (SELECT claim_id, arg_max(aim, (is_state, n, aim)) AS aim FROM aims GROUP BY claim_id)
SELECT claim_id, side, coalesce(aim, '') AS aim, speaker_rank
FROM sides JOIN ranks USING (claim_id) LEFT JOIN aimed USING (claim_id)
