-- WARC files that others made are read where they lie; what was said of these columns held for our own alone.

COMMENT ON COLUMN captures.file IS 'WARC file: its name in the archive folder, or the absolute path of one that was given to a backfill.';
COMMENT ON COLUMN captures.source_id IS 'The source that led to it, or the WARC file it came in.';
COMMENT ON COLUMN rejections.stage IS 'fetch, scan (a damaged record of a WARC file), read or extract.';
COMMENT ON COLUMN source_states.etag IS 'Validator of the last answer; of a WARC file, its size and time and the topics it was looked through for.';
