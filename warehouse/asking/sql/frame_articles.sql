-- Articles with how often they were carried; texts where the file holds them.
SELECT
    articles.article_id,
    articles.published_at,
    articles.published_precision,
    articles.outlet,
    articles.title,
    articles.author,
    articles.url,
    articles.language,
    articles.n_words,
    coalesce(carried.n_copies, 0) AS n_copies,
    coalesce(said.n_statements, 0) AS n_statements,
    nullif(articles.text, '') AS text
FROM articles
LEFT JOIN (SELECT article_id, count(*) AS n_copies FROM copies GROUP BY article_id) AS carried
    ON carried.article_id = articles.article_id
LEFT JOIN (SELECT article_id, count(*) AS n_statements FROM statements GROUP BY article_id) AS said
    ON said.article_id = articles.article_id
