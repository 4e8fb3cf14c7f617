-- Add the topics in $rows to those of the copies $ids; of what several places of a text say the higher score counts.
UPDATE copy_texts SET topics = merged.topics
FROM (
    SELECT article_id, list({'topic': topic, 'score': score} ORDER BY topic) AS topics
    FROM (
        SELECT article_id, topic, max(score) AS score
        FROM (
            SELECT new.article_id, topic, score FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            UNION ALL
            SELECT article_id, topic.topic, topic.score
            FROM (SELECT article_id, unnest(topics) AS topic FROM copy_texts
                  WHERE article_id IN (SELECT unnest($ids)))
        )
        GROUP BY ALL
    )
    GROUP BY article_id
) AS merged
WHERE copy_texts.article_id = merged.article_id
