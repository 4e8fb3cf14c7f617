CREATE OR REPLACE VIEW actor_directory AS
WITH said AS (
    SELECT
        speaker_id AS actor_id,
        count(*) AS n_statements,
        arg_max(speaker_role, coalesce(published_at, first_seen_at)) FILTER (speaker_role IS NOT NULL) AS last_role,
        min(said_on) AS first_on,
        max(said_on) AS last_on
    FROM statements JOIN articles USING (article_id)
    WHERE speaker_id IS NOT NULL
    GROUP BY speaker_id
),
seen AS (
    SELECT actor_id, count(*) AS n_mentions, count(DISTINCT article_id) AS n_articles FROM mentions GROUP BY actor_id
),
called AS (
    SELECT actor_id, list("name" ORDER BY first_article_id IS NULL, "name") AS "names" FROM actor_names GROUP BY actor_id
),
held AS (  -- the last one of those still held, else the last one of all
    SELECT actor_id, arg_max("role", (until IS NULL, coalesce(since, DATE '0001-01-01'), ordinal)) AS "role"
    FROM actor_offices
    GROUP BY actor_id
)
SELECT
    actors.actor_id,
    actors."name",
    actors.kind,
    actors.country,
    coalesce(actors."role", said.last_role, held."role") AS "role",
    coalesce(called."names", []) AS "names",
    coalesce(said.n_statements, 0) AS n_statements,
    coalesce(seen.n_mentions, 0) AS n_mentions,
    coalesce(seen.n_articles, 0) AS n_articles,
    said.first_on,
    said.last_on,
    actors.is_known,
    (SELECT count(*) FROM actor_corrections
     WHERE undone_at IS NULL AND (actor_corrections.actor_id = actors.actor_id OR to_id = actors.actor_id)
    ) AS n_corrections
FROM actors
LEFT JOIN said ON said.actor_id = actors.actor_id
LEFT JOIN seen ON seen.actor_id = actors.actor_id
LEFT JOIN held ON held.actor_id = actors.actor_id
LEFT JOIN called ON called.actor_id = actors.actor_id
WHERE actors.merged_into IS NULL
ORDER BY n_statements DESC, n_mentions DESC, actors.actor_id;
COMMENT ON VIEW actor_directory IS 'Who is who: every actor that stands, with his last role, the names he goes by (those no article uses last), and how often he is named and speaks. Example: from actor_directory where not is_known limit 20';
COMMENT ON COLUMN actor_directory.actor_id IS 'The actor.';
COMMENT ON COLUMN actor_directory."name" IS 'Canonical name.';
COMMENT ON COLUMN actor_directory.kind IS 'person, country, government, ministry, military, agency, alliance, party, company, media ...';
COMMENT ON COLUMN actor_directory.country IS 'Country whose he is, ISO 3166 alpha-3; NULL where nothing tells.';
COMMENT ON COLUMN actor_directory."role" IS 'The role a correction gives, else the last one an article gives, else the last one the list of actors gives; NULL where none does.';
COMMENT ON COLUMN actor_directory."names" IS 'Names he goes by, those no article uses last.';
COMMENT ON COLUMN actor_directory.n_statements IS 'Statements he is the speaker of.';
COMMENT ON COLUMN actor_directory.n_mentions IS 'How often he is named.';
COMMENT ON COLUMN actor_directory.n_articles IS 'In how many articles.';
COMMENT ON COLUMN actor_directory.first_on IS 'Day of his first statement; NULL where he made none that is dated.';
COMMENT ON COLUMN actor_directory.last_on IS 'Day of his last one, likewise.';
COMMENT ON COLUMN actor_directory.is_known IS 'True for actors of the gazetteer, false for those a text introduced.';
COMMENT ON COLUMN actor_directory.n_corrections IS 'Corrections of him that stand.';
