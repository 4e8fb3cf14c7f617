-- The names that articles use for the actors $ids, each with why it is theirs and the earliest article that uses it.
WITH used AS (
    SELECT actor_id, mentions."name", reason, correction_id, article_id,
           (coalesce(published_at, TIMESTAMPTZ 'infinity'), article_id, mentions."start") AS place
    FROM mentions JOIN articles USING (article_id)
    WHERE actor_id IN (SELECT unnest($ids)) AND mentions."name" IS NOT NULL
),
first AS (
    SELECT actor_id, "name", arg_min(article_id, place) AS article_id FROM used GROUP BY ALL
)
SELECT actor_id, "name", reason, first.article_id, correction_id FROM used JOIN first USING (actor_id, "name")
-- where it is his name anyway, that is why
QUALIFY row_number() OVER (PARTITION BY actor_id, "name" ORDER BY correction_id IS NOT NULL, place) = 1
ORDER BY actor_id, "name"
