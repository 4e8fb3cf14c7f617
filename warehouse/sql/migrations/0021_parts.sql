-- WARC files are known by what they are, wherever they lie; a page of one by its file, its address and its bytes.

COMMENT ON COLUMN source_states.etag IS 'Validator of the last answer; of a WARC file, its size and the topics it was looked through for.';
COMMENT ON COLUMN sources.source_id IS 'Computed from kind and location, of a WARC file from its name and size; as configured for polled sources.';
COMMENT ON COLUMN captures.capture_id IS 'Computed from file and offset; of a page of a WARC file that was given to a backfill, from that file, the address and the body.';
COMMENT ON COLUMN captures.file IS 'WARC file: its name in the archive folder, or the absolute path of one that was given to a backfill, where it lay last.';
