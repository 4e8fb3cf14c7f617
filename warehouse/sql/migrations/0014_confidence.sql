-- What a label rests on, and how sure it is.

ALTER TABLE statements ADD COLUMN method VARCHAR;
COMMENT ON COLUMN statements.method IS 'What the label rests on: rule, network or both; NULL for labels older than this column.';

ALTER TABLE statements ADD COLUMN confidence DOUBLE;
COMMENT ON COLUMN statements.confidence IS 'How often a label like this has the right polarity, from 0 to 1, as measured on real text; NULL for labels older than this column.';
