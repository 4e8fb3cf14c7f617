-- The standing claims among $ids as rules of alerts see them: in the order they were seen, the worst first.
WITH wanted AS (
    SELECT claims.* FROM claims WHERE merged_into IS NULL AND claim_id IN (SELECT unnest($ids))
),
reports AS (
    SELECT statements.*, articles.first_seen_at, articles.published_at
    FROM statements JOIN articles USING (article_id)
    WHERE statements.claim_id IN (SELECT claim_id FROM wanted)
),
best AS (
    SELECT reports.claim_id, reports.statement_id FROM reports JOIN wanted USING (claim_id)
    QUALIFY row_number() OVER (
        PARTITION BY reports.claim_id
        ORDER BY (reports.category = wanted.category) DESC, reports.severity DESC, published_at NULLS LAST,
                 article_id, ordinal
    ) = 1
),
said AS (
    SELECT claim_id, max(first_seen_at) AS seen_at, list_distinct(list(speaker_id)) AS speakers,
           list_distinct(list(speaker_country)) AS countries
    FROM reports GROUP BY claim_id
),
aimed AS (
    SELECT claim_id, list_distinct(list(country)) AS countries,
           list_distinct(list([speaker_country, country])) AS dyads
    FROM reports JOIN statement_targets USING (statement_id)
    WHERE country IS NOT NULL
    GROUP BY claim_id
),
about AS (
    SELECT claim_id, list_distinct(list(topic)) AS topics FROM reports JOIN article_topics USING (article_id)
    GROUP BY claim_id
),
carried AS (
    SELECT claim_id, list_distinct(list(outlet)) AS outlets, count(DISTINCT coalesce(outlet, location)) AS n_outlets
    FROM claim_reports WHERE claim_id IN (SELECT claim_id FROM wanted)
    GROUP BY claim_id
),
absorbed AS (
    SELECT merged_into AS claim_id, list(claim_id ORDER BY claim_id) AS ids FROM claims
    WHERE merged_into IN (SELECT claim_id FROM wanted)
    GROUP BY merged_into
)
SELECT wanted.claim_id, wanted.polarity, wanted.category, wanted.severity, wanted.said_on, wanted.said_on_precision,
       wanted.first_reported_at, wanted.speaker_id, wanted.speaker, wanted.quote, best.statement_id, said.seen_at,
       said.speakers, said.countries, aimed.countries, aimed.dyads, about.topics, carried.outlets, carried.n_outlets,
       absorbed.ids
FROM wanted
JOIN best USING (claim_id)
JOIN said USING (claim_id)
LEFT JOIN aimed USING (claim_id)
LEFT JOIN about USING (claim_id)
LEFT JOIN carried USING (claim_id)
LEFT JOIN absorbed USING (claim_id)
ORDER BY said.seen_at, wanted.severity DESC, wanted.claim_id
