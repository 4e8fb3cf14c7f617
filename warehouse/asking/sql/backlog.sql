-- What waits, in the order of an article's way, and what is stored.
SELECT
    (SELECT count(*) FROM entries WHERE status = 'pending'),
    (SELECT count(*) FROM captures WHERE outcome IS NULL),
    (SELECT count(*) FROM statements WHERE claim_id IS NULL OR pending = 'relate'),
    (SELECT count(*) FROM deliveries WHERE status = 'pending'),
    (SELECT count(*) FROM tries),
    (SELECT count(*) FROM articles),
    (SELECT count(*) FROM copies),
    (SELECT count(*) FROM rejections),
    (SELECT count(*) FROM statements),
    (SELECT count(*) FROM claims WHERE merged_into IS NULL),
    (SELECT count(*) FROM alerts),
    (SELECT count(*) FROM polls)
