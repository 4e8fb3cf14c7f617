-- What is counted from all statements: claims, events, alerts; and what a long-running installation has besides.
INSERT INTO claims BY NAME
SELECT claim_id_of(claim) AS claim_id, statement_of(first_n, first_ordinal) AS first_statement_id, time_of(first_n) AS first_reported_at,
       speaker_id, speaker, said_on, CASE WHEN said_on IS NOT NULL THEN said_on_precision END AS said_on_precision,
       kinds.polarity, category, severity, rtrim(sentence, '.') AS "quote", CAST(n_reports AS INTEGER) AS n_reports, form
FROM claim_facts
JOIN kinds ON kinds.polarity = claim_facts.polarity AND kinds.spot = category_at
JOIN sentences ON sentences.n = sentence_n
LEFT JOIN speakers ON speakers.side_n = claim_facts.side_n AND speakers.place = claim_facts.place;

INSERT INTO claim_events BY NAME
SELECT claim_id_of(claim) AS claim_id, coalesce(speaking.side, 'analysts') AS side, coalesce(aimed.side, '') AS aim,
       coalesce(speaker_rank, 0) AS speaker_rank,
       md5('event' || concat_ws('|', coalesce(speaking.side, 'analysts'), coalesce(aimed.side, ''), said_on, polarity,
           CASE WHEN polarity = 'neutral' OR said_on IS NULL THEN claim END)) AS event_id
FROM claim_facts
LEFT JOIN sides AS speaking ON speaking.n = claim_facts.side_n
LEFT JOIN sides AS aimed ON aimed.n = aim_n
LEFT JOIN speakers ON speakers.side_n = claim_facts.side_n AND speakers.place = claim_facts.place;

INSERT INTO events_placed BY NAME
SELECT event_id, any_value(side) AS side, any_value(aim) AS aim, any_value(said_on) AS said_on,
       CASE WHEN bool_or(said_on_precision = 'day') THEN 'day' ELSE any_value(said_on_precision) END AS said_on_precision,
       any_value(polarity) AS polarity, arg_max(claim_id, (severity, speaker_rank, claim_id)) AS headline_claim_id,
       CAST(count(*) AS INTEGER) AS n_claims
FROM claim_events JOIN claims USING (claim_id)
GROUP BY event_id;

INSERT INTO alerts BY NAME
SELECT key20('alert' || event_id) AS alert_id, claim_id, 'escalation' AS "rule", first_statement_id AS statement_id, category, severity,
       false AS is_replay, first_reported_at + INTERVAL 30 MINUTE AS raised_at, 'ring' AS "action",
       ['escalatory', 'severity ' || severity || ' of spot least 4'] AS reasons, 1 AS n_outlets, 0 AS "level", 0 AS step,
       event_id, severity AS told_severity, 2 AS told_rank
FROM events_placed JOIN claims ON claim_id = headline_claim_id
WHERE events_placed.polarity = 'escalatory' AND severity >= 4;
INSERT INTO alert_claims SELECT alert_id, claim_events.claim_id FROM alerts JOIN claim_events USING (event_id);
INSERT INTO deliveries BY NAME
SELECT key20(channel || alert_id) AS delivery_id, alert_id, channel, 'delivered' AS status, 1 AS attempts, raised_at AS due_at,
       raised_at AS delivered_at, 'alert' AS kind, 0 AS step, severity
FROM alerts, (SELECT unnest(['log', 'desk']) AS channel);

INSERT INTO statement_repeats BY NAME
SELECT later.first_statement_id AS statement_id, earlier.first_statement_id AS repeats_id, earlier.said_on AS repeats_on, 0.8 AS similarity
FROM (SELECT *, row_number() OVER (PARTITION BY speaker_id, category ORDER BY said_on, claim_id) AS spot FROM claims WHERE said_on IS NOT NULL) AS later
JOIN (SELECT *, row_number() OVER (PARTITION BY speaker_id, category ORDER BY said_on, claim_id) AS spot FROM claims WHERE said_on IS NOT NULL) AS earlier
  ON earlier.speaker_id = later.speaker_id AND earlier.category = later.category AND earlier.spot = later.spot - 1 AND later.spot % 20 = 0;

INSERT INTO source_states BY NAME
SELECT source_id, site || 'feed.xml' AS url, 1800.0 AS interval_seconds, time_of(getvariable('n_articles')) AS next_at,
       time_of(getvariable('n_articles')) AS polled_at, time_of(getvariable('n_articles')) AS succeeded_at,
       time_of(getvariable('n_articles') - 300) AS new_at, 3600.0 AS gap_seconds, 0 AS n_errors, 0 AS n_unchanged, 0 AS n_not_modified, [] AS moved_from
FROM outlets;
INSERT INTO polls BY NAME
SELECT key20('poll' || n) AS poll_id, source_id, time_of(n / 3.0) AS polled_at,
       CASE draw(n, 'outcome', 20) WHEN 0 THEN 'error' WHEN 1 THEN 'changed' WHEN 2 THEN 'changed' ELSE 'unchanged' END AS outcome,
       CASE draw(n, 'outcome', 20) WHEN 0 THEN 503 ELSE 200 END AS status,
       CASE draw(n, 'outcome', 20) WHEN 0 THEN 'http-503' END AS error, 20 AS n_entries, 1 AS n_new, 0 AS n_changed, [] AS flaws
FROM range(getvariable('n_articles') * 3) AS numbers(n) JOIN (SELECT n AS outlet_n, source_id FROM outlets) ON outlet_n = draw(n, 'polled', 300);
INSERT INTO rejections BY NAME
SELECT key20('rejection' || entry_id) AS rejection_id, source_id, url AS "location", 'read' AS stage, 'off-topic' AS reason, 'no topic' AS detail,
       listed_at AS rejected_at
FROM entries WHERE status = 'rejected';
INSERT INTO runs BY NAME
SELECT md5('run' || n) AS run_id, 'watch' AS flow, 'completed' AS status,
       CAST(getvariable('first_day') AS TIMESTAMPTZ) + to_hours(n * 6) AS started_at,
       CAST(getvariable('first_day') AS TIMESTAMPTZ) + to_hours(n * 6) + INTERVAL 5 MINUTE AS finished_at, 'sources' AS source,
       '0.1.0' AS tocsin_version, 'bench' AS extractor_version, getvariable('n_articles') // (getvariable('days') * 4) AS articles_added
FROM range(CAST(getvariable('days') * 4 AS BIGINT)) AS numbers(n);
