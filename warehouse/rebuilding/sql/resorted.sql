-- The articles whose topics are others now, those that belong to none any more first.
WITH was AS (SELECT article_id, list_sort([one.topic FOR one IN topics]) AS topics FROM earlier.topics),
now AS (SELECT article_id, list_sort(list(topic)) AS topics FROM article_topics GROUP BY article_id)
SELECT articles.article_id, articles.title, articles.outlet, CAST(articles.published_at AS DATE),
       coalesce(was.topics, []) AS before, coalesce(now.topics, []) AS since
FROM articles
LEFT JOIN was USING (article_id)
LEFT JOIN now USING (article_id)
WHERE before <> since
ORDER BY since <> [], articles.published_at DESC NULLS LAST, articles.article_id
