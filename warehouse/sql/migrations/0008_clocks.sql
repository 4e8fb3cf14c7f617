-- Times by which a clock that was ahead is told, and waits it stored are bounded.

ALTER TABLE entries ADD COLUMN tried_at TIMESTAMPTZ;
COMMENT ON COLUMN entries.tried_at IS 'When its page was asked for last.';

ALTER TABLE channel_states ADD COLUMN failed_at TIMESTAMPTZ;
COMMENT ON COLUMN channel_states.failed_at IS 'When its last message failed.';

COMMENT ON COLUMN notices.kind IS 'run-failed, source-silent, source-failing, source-gone, source-unreadable, source-shrinking, article-given-up, dead-letter or clock-ahead.';

-- Pages and indexes whose listings failed were remembered by their own hash and called unchanged ever after: every
-- source is asked in full once.
UPDATE source_states SET body_hash = NULL, etag = NULL, last_modified = NULL
WHERE source_id IN (SELECT source_id FROM sources WHERE origin IS NOT NULL);
