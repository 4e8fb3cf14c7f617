-- Give the actors $ids whom texts introduced each fact as the earliest article has it that says it.
WITH told AS (
    SELECT introductions.*, (coalesce(published_at, TIMESTAMPTZ 'infinity'), article_id) AS place
    FROM introductions JOIN articles USING (article_id) WHERE actor_id IN (SELECT unnest($ids))
),
facts AS (
    SELECT actor_id, arg_min("name", place) AS "name", arg_min(kind, place) AS kind,
           arg_min(country, place) FILTER (country IS NOT NULL) AS country,
           arg_min(gender, place) FILTER (gender IS NOT NULL) AS gender,
           arg_min(parent_id, place) FILTER (parent_id IS NOT NULL) AS parent_id,
           arg_min(aliases, place) AS aliases
    FROM told GROUP BY actor_id
)
UPDATE actors
SET "name" = facts."name", kind = facts.kind, country = facts.country, gender = facts.gender,
    parent_id = facts.parent_id, aliases = facts.aliases, found = NULL
FROM facts
WHERE actors.actor_id = facts.actor_id AND NOT is_known
  AND (coalesce(found."name", actors."name"), coalesce(found.kind, actors.kind),
       CASE WHEN found IS NULL THEN actors.country ELSE found.country END, actors.gender, actors.parent_id,
       actors.aliases)
      IS DISTINCT FROM
      (facts."name", facts.kind, facts.country, facts.gender, facts.parent_id, facts.aliases)
RETURNING actors.actor_id
