-- The events that hold one of the claims $ids, as rules of alerts see them: over all reports of all their claims.
WITH wanted AS (
    SELECT events_placed.event_id, events_placed.polarity, events_placed.said_on, events_placed.said_on_precision,
           claims.claim_id, claims.category, claims.severity, claims.speaker, claims.quote
    FROM events_placed JOIN claims ON claims.claim_id = headline_claim_id
    WHERE events_placed.merged_into IS NULL AND event_id IN (
        SELECT event_id FROM claim_events WHERE claim_id IN (SELECT unnest($ids))
    )
),
members AS (
    SELECT event_id, claim_id, speaker_rank FROM claim_events WHERE event_id IN (SELECT event_id FROM wanted)
),
facts AS (
    SELECT event_id, list(claim_id) AS claims, list_distinct(list(category)) AS categories,
           list_distinct(list(speaker_id)) AS speakers, max(speaker_rank) AS rank,
           min(first_reported_at) AS reported_at
    FROM members JOIN claims USING (claim_id) GROUP BY event_id
),
reports AS (
    SELECT statements.*, event_id, articles.first_seen_at, articles.published_at
    FROM statements JOIN members USING (claim_id) JOIN articles USING (article_id)
),
best AS (
    SELECT reports.event_id, reports.statement_id
    FROM reports JOIN wanted ON wanted.event_id = reports.event_id AND wanted.claim_id = reports.claim_id
    QUALIFY row_number() OVER (
        PARTITION BY reports.event_id
        ORDER BY (reports.category = wanted.category) DESC, reports.severity DESC, published_at NULLS LAST,
                 article_id, ordinal
    ) = 1
),
said AS (
    SELECT event_id, max(first_seen_at) AS seen_at, list_distinct(list(speaker_id)) AS speakers,
           list_distinct(list(speaker_country)) AS countries
    FROM reports GROUP BY event_id
),
aimed AS (
    SELECT event_id, list_distinct(list(country)) AS countries, list_distinct(list([speaker_country, country])) AS dyads
    FROM reports JOIN statement_targets USING (statement_id)
    WHERE country IS NOT NULL
    GROUP BY event_id
),
about AS (
    SELECT event_id, list_distinct(list(topic)) AS topics FROM reports JOIN article_topics USING (article_id)
    GROUP BY event_id
),
carried AS (
    SELECT event_id, list_distinct(list(outlet)) AS outlets, count(DISTINCT coalesce(outlet, location)) AS n_outlets
    FROM claim_reports JOIN members USING (claim_id)
    GROUP BY event_id
),
absorbed AS (
    SELECT event_id, list(claims.claim_id ORDER BY claims.claim_id) AS ids
    FROM claims JOIN members ON members.claim_id = merged_into
    GROUP BY event_id
)
SELECT wanted.event_id, wanted.polarity, wanted.category, wanted.severity, wanted.said_on, wanted.said_on_precision,
       facts.reported_at, facts.claims, facts.categories, facts.rank, facts.speakers, wanted.claim_id, wanted.speaker,
       wanted.quote, best.statement_id, said.seen_at, said.speakers, said.countries, aimed.countries, aimed.dyads,
       about.topics, carried.outlets, carried.n_outlets, absorbed.ids
FROM wanted
JOIN facts USING (event_id)
JOIN best USING (event_id)
JOIN said USING (event_id)
LEFT JOIN aimed USING (event_id)
LEFT JOIN about USING (event_id)
LEFT JOIN carried USING (event_id)
LEFT JOIN absorbed USING (event_id)
ORDER BY said.seen_at, wanted.severity DESC, wanted.event_id
