-- A rebuild that was accepted changes what stands without anybody having said anything new.

CREATE TABLE rebuilt_claims (claim_id VARCHAR NOT NULL, n_places BIGINT NOT NULL);
COMMENT ON TABLE rebuilt_claims IS 'Claims that stood when the last rebuild was accepted and that copies would have judged again: none rings before it is reported or carried once more.';
COMMENT ON COLUMN rebuilt_claims.claim_id IS 'The claim.';
COMMENT ON COLUMN rebuilt_claims.n_places IS 'How many places carried it then.';
