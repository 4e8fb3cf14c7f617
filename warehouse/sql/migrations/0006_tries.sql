-- What failed without being at fault, or without that being proved: each failure is counted, and tried again later.

CREATE TABLE tries (
    stage VARCHAR NOT NULL,
    subject_id VARCHAR NOT NULL,
    location VARCHAR NOT NULL,
    n_tries INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    tried_at TIMESTAMPTZ NOT NULL,
    next_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE tries IS 'What could not be read or extracted and will be tried again, alone; settled items are not here any more.';
COMMENT ON COLUMN tries.stage IS 'read or extract.';
COMMENT ON COLUMN tries.subject_id IS 'The capture or file that is to be read, the article that is to be extracted.';
COMMENT ON COLUMN tries.location IS 'URL, or path inside the source.';
COMMENT ON COLUMN tries.n_tries IS 'Tries that failed while it was alone; 0 where it only failed among others so far.';
COMMENT ON COLUMN tries.reason IS 'How the last try ended: timeout, memory, crash, killed, stalled or unavailable, and the detail.';
COMMENT ON COLUMN tries.tried_at IS 'When that was.';
COMMENT ON COLUMN tries.next_at IS 'Not before this is it tried again; a replay does not wait.';

COMMENT ON COLUMN rejections.reason IS 'Short stable reason: empty, binary, too-large, timeout ...; gave-up where the machine was to blame each time.';
COMMENT ON COLUMN notices.kind IS 'run-failed, source-silent, source-failing, source-gone, source-unreadable, source-shrinking, article-given-up or dead-letter.';
COMMENT ON COLUMN notices.subject IS 'The flow, the source, the article or the channel.';
