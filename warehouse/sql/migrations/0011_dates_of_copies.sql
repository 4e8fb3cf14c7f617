-- The last instant a copy may have been published at: what is known by its day alone comes after what has a time.

ALTER TABLE copies ADD COLUMN published_by TIMESTAMPTZ;
UPDATE copies SET published_by = published_at;
UPDATE copies SET published_by = copies.published_at + CASE published_precision
        WHEN 'day' THEN INTERVAL 1 DAY WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 1 YEAR END
    - INTERVAL 1 MICROSECOND
FROM (
    SELECT article_id, published_at, published_precision FROM articles
    UNION
    SELECT article_id, published_at, published_precision FROM copy_texts
) AS dated
WHERE copies.text_id = dated.article_id AND copies.published_at = dated.published_at
  AND published_precision IN ('day', 'month', 'year');
COMMENT ON COLUMN copies.published_by IS 'The last instant that the date of this copy allows: the end of the day where only the day is known. What copies are ranked by.';
