-- By topic: how many articles belonged to it, how many do, and how many left and came.
WITH was AS (SELECT article_id, unnest(topics).topic AS topic FROM earlier.topics SEMI JOIN articles USING (article_id)),
now AS (SELECT article_id, topic FROM article_topics SEMI JOIN articles USING (article_id))
SELECT topic, count(was.article_id) AS was, count(now.article_id) AS now,
       count(*) FILTER (now.article_id IS NULL) AS n_left, count(*) FILTER (was.article_id IS NULL) AS n_came
FROM was FULL JOIN now USING (article_id, topic)
GROUP BY topic
HAVING n_left + n_came > 0
ORDER BY n_left + n_came DESC, topic
