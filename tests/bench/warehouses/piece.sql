-- The articles from number low to number high, with all that hangs on each: places, statements, mentions, keys.
CREATE OR REPLACE TEMP TABLE parts AS
WITH placed AS (
    SELECT n, spot, CASE WHEN spot % 4 = 1 AND spot // 4 < getvariable('n_statements') THEN spot // 4 END AS ordinal,
           CASE WHEN spot % 4 = 1 AND spot // 4 < getvariable('n_statements') THEN claim_of(n, spot // 4) END AS claim
    FROM range(getvariable('low'), getvariable('high')) AS numbers(n),
         range(greatest(24, getvariable('n_statements') * 4)) AS places(spot)
)
SELECT placed.n, spot, ordinal, placed.claim, sentence,
       CAST(coalesce(sum(len(sentence) + 2) OVER (PARTITION BY placed.n ORDER BY spot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS INTEGER) AS "start"
FROM placed
LEFT JOIN claim_facts ON claim_facts.claim = placed.claim
JOIN sentences ON sentences.n = coalesce(sentence_n, draw(placed.n * 1000 + spot, 'filler', 20000));

CREATE OR REPLACE TEMP TABLE heads AS
SELECT n, article_of(n) AS article_id, draw(n, 'outlet', 300) AS outlet_n, time_of(n) AS published_at,
       'https://paper' || draw(n, 'outlet', 300) || '.example/' || n AS url, story_of(n) AS story
FROM range(getvariable('low'), getvariable('high')) AS numbers(n);

INSERT INTO articles BY NAME
SELECT article_id, any_value(rtrim(title.sentence, '.')) AS title, any_value(outlet) AS outlet, any_value(url) AS url, 'en' AS "language",
       any_value(published_at) AS published_at, 'second' AS published_precision, 'json-ld' AS published_origin,
       false AS published_is_inferred, string_agg(parts.sentence, chr(10) || chr(10) ORDER BY spot) AS "text",
       list({'start': parts."start", 'end': parts."start" + len(parts.sentence), 'source_start': parts."start"} ORDER BY spot) AS paragraphs,
       [] AS dropped, CAST(sum(len(parts.sentence) - len(replace(parts.sentence, ' ', '')) + 1) AS INTEGER) AS n_words,
       any_value(published_at) + INTERVAL 20 MINUTE AS first_seen_at, 'page' AS basis, 0.9 AS visible_share
FROM parts JOIN heads USING (n)
JOIN outlets ON outlets.n = outlet_n
JOIN sentences AS title ON title.n = draw(story, 'title', 20000)
GROUP BY article_id;

-- The place of the article itself, and for a third of them one to four places that took it over.
INSERT INTO copies BY NAME
SELECT key20('copy' || heads.n || '|' || carrier) AS copy_id, article_id, source_id, url || '-' || carrier AS location, url || '-' || carrier AS url, outlet,
       title, heads.published_at + to_minutes(CAST(carrier * 90 AS BIGINT)) AS published_at,
       CASE carrier WHEN 0 THEN 'first' WHEN 1 THEN 'same-text' ELSE 'near-duplicate' END AS reason,
       CASE WHEN carrier < 2 THEN 1.0 ELSE 0.93 END AS similarity, heads.published_at + to_minutes(CAST(20 + carrier * 90 AS BIGINT)) AS seen_at,
       CASE WHEN carrier < 2 THEN article_id END AS text_id, heads.published_at + to_minutes(CAST(carrier * 90 AS BIGINT)) AS published_by
FROM (SELECT *, unnest(range(CASE WHEN draw(n, 'copied', 3) = 0 THEN 2 + skew(n, 'copies', 4) ELSE 1 END)) AS carrier FROM heads) AS heads
JOIN (SELECT article_id, title FROM articles WHERE article_id IN (SELECT article_id FROM heads)) AS titles USING (article_id)
JOIN outlets ON outlets.n = (outlet_n + carrier * 7) % 300;

INSERT INTO article_topics BY NAME
SELECT article_id, ['korea-russia-arms', 'nato-russia', 'sea-lanes'][topic + 1] AS topic, 3.0 + draw(n, 'score', 20) AS score
FROM heads, range(3) AS topics(topic) WHERE topic = 0 OR draw(n, topic, 4) = 0;

INSERT INTO statements BY NAME
SELECT statement_of(n, ordinal) AS statement_id, article_of(n) AS article_id, CAST(ordinal AS INTEGER) AS ordinal,
       CASE WHEN draw(n, ordinal, 3) = 0 THEN left(sentence, CAST(len(sentence) * 0.7 AS INTEGER)) ELSE rtrim(sentence, '.') END AS content,
       [{'start': "start", 'end': "start" + len(sentence) - 1}] AS spans, 'said' AS cue, "start" AS cue_start, "start" + 4 AS cue_end,
       'report' AS cue_class, coalesce(speaker, 'analysts') AS speaker_text, "start" AS speaker_start, "start" + 8 AS speaker_end,
       speaker_id, speaker, "role" AS speaker_role, CASE WHEN is_country THEN side END AS speaker_country, form,
       kinds.polarity, category, severity, draw(claim_facts.claim, 'conditional', 8) = 0 AS conditional, said_on,
       CASE WHEN said_on IS NOT NULL THEN said_on_precision END AS said_on_precision,
       [{'rule': 'phrase ' || category, 'words': left(sentence, 12), 'start': "start", 'end': "start" + 12, 'effect': 'label'}] AS evidence,
       'bench' AS extractor_version, claim_id_of(claim_facts.claim) AS claim_id,
       CASE WHEN n = first_n THEN 1.0 ELSE 0.8 END AS claim_similarity,
       CASE WHEN n = first_n THEN 'first report' ELSE 'same words' END AS claim_reason,
       ['rule', 'both', 'network'][draw(n, 'method', 3) + 1] AS method, 0.5 + draw(n * 50 + ordinal, 'sure', 50) / 100.0 AS confidence,
       rtrim(sentence, '.') AS shown, form AS shown_form
FROM parts
JOIN claim_facts USING (claim)
JOIN kinds ON kinds.polarity = claim_facts.polarity AND kinds.spot = category_at
LEFT JOIN speakers ON speakers.side_n = claim_facts.side_n AND speakers.place = claim_facts.place;

INSERT INTO statement_targets BY NAME
SELECT statement_of(said.n, ordinal) AS statement_id, 0 AS ordinal, side AS actor_id, "name", CASE WHEN is_country THEN side END AS country
FROM (SELECT n, ordinal, claim FROM parts WHERE ordinal IS NOT NULL) AS said
JOIN claim_facts USING (claim) JOIN sides ON sides.n = aim_n;

INSERT INTO mentions BY NAME
SELECT article_id, speaker_id AS actor_id, CAST(40 + spot * 97 AS INTEGER) AS "start",
       CAST(40 + spot * 97 + len(speaker) AS INTEGER) AS "end", speaker AS "name", 'name' AS reason
FROM (SELECT article_id, spot, skew(n * 32 + spot // 2, 'mentioned', 60) AS side_n, skew(n * 32 + spot // 2, 'who', 40) AS place
      FROM heads, range(20) AS places(spot)) AS drawn
JOIN speakers USING (side_n, place);

INSERT INTO extractions BY NAME
SELECT article_id, 'bench' AS extractor_version, CAST(getvariable('n_statements') AS INTEGER) AS n_statements,
       published_at + INTERVAL 21 MINUTE AS extracted_at, 'news' AS document_kind
FROM heads;

INSERT INTO introductions BY NAME
SELECT article_id, speaker_id AS actor_id, speaker AS "name", 'person' AS kind,
       CASE WHEN is_country THEN side END AS country, [] AS aliases
FROM (SELECT article_id, skew(n, 'introduced', 60) AS side_n, skew(n, 'who', 40) AS place FROM heads WHERE n % 3 = 0) AS drawn
JOIN speakers USING (side_n, place);

-- Sixty-four bands a text; every twentieth text shares half of them with the one before it.
INSERT INTO article_signatures BY NAME
SELECT article_id, printf('%02x:', band) || left(md5((CASE WHEN n % 20 = 0 AND band % 2 = 0 THEN n - 1 ELSE n END) || '|' || band), 16) AS band
FROM heads, range(64) AS bands(band);


INSERT INTO entries BY NAME
SELECT key20('entry' || heads.n || '|' || twin) AS entry_id, source_id, url AS guid, url, url AS canonical_url, left(title, 80) AS title,
       'en' AS "language", heads.published_at, 'second' AS published_precision, false AS published_is_inferred,
       md5(url) AS content_key, md5(title) AS words_key, heads.published_at + INTERVAL 10 MINUTE AS listed_at,
       'fetch' AS decision, ['korea-russia-arms'] AS topics, CASE twin WHEN 0 THEN 'read' ELSE 'rejected' END AS status,
       CASE twin WHEN 1 THEN 'off-topic' END AS reason, 1 AS n_tries, CASE twin WHEN 0 THEN article_id END AS article_id
FROM heads
JOIN (SELECT article_id, title FROM articles WHERE article_id IN (SELECT article_id FROM heads)) AS titles USING (article_id)
JOIN outlets ON outlets.n = outlet_n, range(2) AS twins(twin) WHERE twin = 0 OR draw(heads.n, 'rejected', 3) = 0;

INSERT INTO captures BY NAME
SELECT key20('capture' || heads.n) AS capture_id, source_id, key20('entry' || heads.n || '|0') AS entry_id, url, url AS requested_url, 200 AS status,
       'tocsin-' || heads.n // 5000 || '.warc.gz' AS file, heads.n % 5000 * 50000 AS "offset", 48000 AS "length", md5(url) AS digest, sha256(url) AS body_hash,
       published_at + INTERVAL 20 MINUTE AS captured_at, 'article' AS outcome, article_id AS text_id, url AS "location"
FROM heads JOIN (SELECT n AS outlet_n, source_id FROM outlets) USING (outlet_n);
INSERT INTO page_fetches BY NAME
SELECT url, [article_id] AS hashes, 1 AS n_fetches, 0 AS n_changes, 0 AS n_growths, 400 AS n_words, [] AS wholes, [] AS paragraphs, [] AS seen
FROM heads;
-- A fiftieth of all addresses changed their text once: the article before it is what stood there.
INSERT INTO article_versions BY NAME
SELECT url, version, CASE version WHEN 1 THEN article_of(n - 1) ELSE article_id END AS article_id,
       CASE version WHEN 2 THEN article_of(n - 1) END AS replaces, published_at + to_hours(version - 1) AS seen_at
FROM heads, (SELECT unnest([1, 2]) AS version) WHERE n % 50 = 49;
