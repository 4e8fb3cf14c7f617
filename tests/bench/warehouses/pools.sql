-- What rows are drawn from: sides, speakers, outlets, words, sentences, categories. Variables: n_articles, days, first_day.
-- draw(n, salt, k): one of 0..k-1, the same for the same n; skew(n, salt, k): likewise, the low ones far more often.
CREATE OR REPLACE TEMP MACRO draw(n, salt, k) AS CAST(hash(n, salt) % k AS BIGINT);
CREATE OR REPLACE TEMP MACRO skew(n, salt, k) AS
    least(CAST(floor(pow(k + 1, hash(n, salt) / 18446744073709551616.0)) AS BIGINT), k) - 1;
CREATE OR REPLACE TEMP MACRO key20(words) AS left(sha256(words), 20);
CREATE OR REPLACE TEMP MACRO capital(word) AS upper(left(word, 1)) || substring(word, 2);

CREATE OR REPLACE TEMP TABLE words AS
SELECT n, string_agg(substr('bdfghjklmnprstvz', draw(n, spot, 16) + 1, 1) || substr('aeiou', draw(n, 8 + spot, 5) + 1, 1), ''
                  ORDER BY spot) AS word
FROM range(12000) AS numbers(n), range(5) AS places(spot)
WHERE spot < 2 + draw(n, 'length', 4)
GROUP BY n;

-- A claim has a sentence of its own as far as they last. Its words are drawn without the commonest, which in real text are
-- those that say nothing: of two sentences about every tenth pair has a word in common, as in real statements.
-- Words that people look for stand among the others, so that a search finds something in some of the articles.
CREATE OR REPLACE TEMP TABLE sentences AS
SELECT drawn.n, capital(string_agg(CASE WHEN spot = 3 AND draw(drawn.n, 'sought', 40) = 0 THEN ['drones', 'the red line', 'sanctions'][draw(drawn.n, 'which', 3) + 1] ELSE word END, ' ' ORDER BY spot)) || '.' AS sentence
FROM (SELECT n, spot, 100 + skew(n * 64 + spot, 'word', 11900) AS word_n
      FROM range(getvariable('n_sentences')) AS numbers(n), range(28) AS places(spot) WHERE spot < 9 + draw(n, 'long', 19)) AS drawn
JOIN words ON words.n = word_n
GROUP BY drawn.n;

-- The sides that speak most are those of the packaged dispute, so that its queries find the bulk of the rows; the codes
-- of the others are those that ISO 3166 leaves to its users.
CREATE OR REPLACE TEMP TABLE sides AS
SELECT n, CASE WHEN n < 6 THEN ['RUS', 'KOR', 'PRK', 'UKR', 'USA', 'CHN'][n + 1]
               WHEN n % 5 = 4 THEN 'text:' || word || '-league'
               ELSE 'X' || chr(CAST(65 + n // 26 AS INTEGER)) || chr(CAST(65 + n % 26 AS INTEGER)) END AS side,
       CASE WHEN n >= 6 AND n % 5 = 4 THEN capital(word) || ' League' ELSE capital(word) || 'ia' END AS "name",
       n < 6 OR n % 5 <> 4 AS is_country
FROM range(60) AS numbers(n) JOIN words USING (n);

CREATE OR REPLACE TEMP TABLE speakers AS
SELECT sides.n AS side_n, place, side, is_country, 'text:' || one.word || '-' || other.word || '-' || (sides.n * 40 + place) AS speaker_id,
       capital(one.word) || ' ' || capital(other.word) AS speaker,
       ['president', 'prime minister', 'foreign minister', 'spokesperson', 'general', 'lawmaker'][least(place, 5) + 1] AS "role",
       [4, 3, 2, 1, 2, 1][least(place, 5) + 1] AS speaker_rank
FROM sides, range(40) AS places(place)
JOIN words AS one ON one.n = draw(sides.n * 40 + place, 'first name', 4000)
JOIN words AS other ON other.n = draw(sides.n * 40 + place, 'last name', 4000);

CREATE OR REPLACE TEMP TABLE outlets AS
SELECT n, capital(word) || ' ' || ['Post', 'Gazette', 'Agency', 'Times', 'Online'][n % 5 + 1] AS outlet,
       'https://' || word || n || '.example/' AS site, key20('source' || n) AS source_id
FROM range(300) AS numbers(n) JOIN words USING (n);

CREATE OR REPLACE TEMP TABLE kinds AS
SELECT * FROM (VALUES
    ('escalatory', 0, 'ACCUSE', 2), ('escalatory', 1, 'DEMAND', 2), ('escalatory', 2, 'THREAT_UNSPEC', 3),
    ('escalatory', 3, 'WARN_CONSEQUENCE', 3), ('escalatory', 4, 'RESOLVE', 1), ('escalatory', 5, 'SANCTION', 3),
    ('escalatory', 6, 'OPTION_OPEN', 2), ('escalatory', 7, 'ARMS_SUPPLY', 3), ('escalatory', 8, 'THREAT_FORCE', 4),
    ('escalatory', 9, 'USE_OF_FORCE', 5), ('de-escalatory', 0, 'OFFER_TALKS', 2), ('de-escalatory', 1, 'CALL_RESTRAINT', 2),
    ('de-escalatory', 2, 'EASE', 3), ('neutral', 0, 'ASSESSMENT', 0), ('neutral', 1, 'PROCEDURAL', 0), ('neutral', 2, 'DENIAL', 0)
) AS known(polarity, spot, category, severity);

-- Articles come in stories: most of two or three articles, a tenth of them of twenty; each article tells some of its claims.
CREATE OR REPLACE TEMP MACRO story_of(n) AS CASE WHEN n % 10 = 0 THEN n // 200 * 200 + 1 ELSE n // 3 * 3 + 2 END;
CREATE OR REPLACE TEMP MACRO claim_of(n, ordinal) AS
    story_of(n) * 32 + (draw(n, 'part', 32) + ordinal) % CASE WHEN n % 10 = 0 THEN 15 ELSE 18 END;
CREATE OR REPLACE TEMP MACRO time_of(n) AS
    CAST(getvariable('first_day') AS TIMESTAMPTZ) + to_seconds(CAST(n * (getvariable('days') * 86400.0 / getvariable('n_articles')) AS BIGINT));
CREATE OR REPLACE TEMP MACRO article_of(n) AS sha256('article' || n);
CREATE OR REPLACE TEMP MACRO statement_of(n, ordinal) AS key20('statement' || n || '|' || ordinal);
CREATE OR REPLACE TEMP MACRO claim_id_of(claim) AS md5('claim' || claim);

CREATE OR REPLACE TEMP TABLE claim_facts AS
WITH numbered AS (
    SELECT claim, claim // 32 AS story, min(n) AS first_n, arg_min(ordinal, n) AS first_ordinal, count(*) AS n_reports
    FROM (SELECT n, ordinal, claim_of(n, ordinal) AS claim
          FROM range(getvariable('n_articles')) AS numbers(n), range(getvariable('n_statements')) AS ordinals(ordinal))
    GROUP BY claim
),
sided AS (
    SELECT *, skew(story, 'side', 60) AS one, (skew(story, 'side', 60) + 1 + skew(story, 'aim', 59)) % 60 AS other,
           draw(claim, 'polarity', 20) AS polarity_at, draw(claim, 'answer', 10) < 3 AS is_answer
    FROM numbered
)
SELECT claim, first_n, first_ordinal, n_reports,
       CASE WHEN draw(claim, 'generic', 10) = 0 THEN NULL WHEN is_answer THEN other ELSE one END AS side_n,
       CASE WHEN draw(claim, 'aimless', 5) = 0 THEN NULL WHEN is_answer THEN one ELSE other END AS aim_n,
       skew(claim, 'speaker', 40) AS place,
       CASE WHEN polarity_at < 7 THEN 'escalatory' WHEN polarity_at < 10 THEN 'de-escalatory' ELSE 'neutral' END AS polarity,
       skew(claim, 'category', CASE WHEN polarity_at < 7 THEN 10 ELSE 3 END) AS category_at,
       CASE WHEN draw(claim, 'undated', 50) = 0 THEN NULL ELSE CAST(time_of(story) AS DATE) - CAST(draw(claim, 'earlier', 3) AS INTEGER) END AS said_on,
       CASE draw(claim, 'precision', 10) WHEN 0 THEN 'week' WHEN 1 THEN 'publication' WHEN 2 THEN 'publication' ELSE 'day' END AS said_on_precision,
       (row_number() OVER (ORDER BY claim) - 1) % getvariable('n_sentences') AS sentence_n,
       ['direct', 'indirect', 'mixed'][draw(claim, 'form', 3) + 1] AS form
FROM sided;

INSERT INTO sources BY NAME
SELECT source_id, 'feed' AS kind, site || 'feed.xml' AS location, outlet AS title, outlet, 'XAA' AS country, [] AS topics,
       15 AS shortest_minutes, 1440 AS longest_minutes, 'config' AS origin, true AS is_enabled
FROM outlets;
INSERT INTO actors BY NAME
SELECT side AS actor_id, "name", CASE WHEN is_country THEN 'country' ELSE 'alliance' END AS kind,
       CASE WHEN is_country THEN side END AS country, is_country AS is_known, [] AS aliases FROM sides
UNION ALL BY NAME
SELECT speaker_id AS actor_id, speaker AS "name", 'person' AS kind, CASE WHEN is_country THEN side END AS country,
       side AS parent_id, false AS is_known, [] AS aliases FROM speakers;
INSERT INTO actor_names BY NAME
SELECT actor_id, "name", 'name' AS reason, article_of(0) AS first_article_id FROM actors
UNION ALL BY NAME
SELECT actor_id, split_part("name", ' ', 2) AS "name", 'surname' AS reason, article_of(0) AS first_article_id
FROM actors WHERE kind = 'person';
