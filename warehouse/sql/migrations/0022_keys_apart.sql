-- Blocking keys go into a file of their own beside the warehouse, which is made from the statements when it is missing:
-- readers never use them, and they took a quarter of every published file.

DROP TABLE statement_keys;

CREATE TABLE search.key_file (
    token VARCHAR NOT NULL
);
COMMENT ON TABLE search.key_file IS 'Which state of the file of keys beside the warehouse goes with what is committed here.';
COMMENT ON COLUMN search.key_file.token IS 'One row; another value with each batch that is related.';
INSERT INTO search.key_file SELECT uuid();
