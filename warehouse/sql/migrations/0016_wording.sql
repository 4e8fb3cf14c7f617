-- How words are shown to readers, and whether they were said so.

ALTER TABLE statements ADD COLUMN shown VARCHAR;
COMMENT ON COLUMN statements.shown IS 'The words as readers are shown them: an ellipsis between spans, whom a fragment is about kept; NULL for statements older than this column.';

ALTER TABLE statements ADD COLUMN shown_form VARCHAR;
COMMENT ON COLUMN statements.shown_form IS 'Form of shown: direct words may stand in quotation marks, mixed ones hold their own; NULL where shown is.';

ALTER TABLE claims ADD COLUMN form VARCHAR DEFAULT 'indirect';
COMMENT ON COLUMN claims.form IS 'Form of quote: direct where it was said in these words, else indirect or mixed, with marks around the quoted words.';
UPDATE claims SET form = found.form
FROM (
    SELECT claims.claim_id, min(statements.form) AS form
    FROM claims JOIN statements ON statements.claim_id = claims.claim_id AND statements.content = claims.quote
    GROUP BY claims.claim_id
) AS found
WHERE claims.claim_id = found.claim_id;
