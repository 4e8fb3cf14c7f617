-- Keys are only ever compared for being equal: 64 bits of each take less room and are compared in one step.
-- Of two unequal keys that happen to share them the reports are compared once more than need be, by the keys themselves.

ALTER TABLE statement_keys ALTER COLUMN "key" TYPE UBIGINT USING md5_number_lower("key");
COMMENT ON COLUMN statement_keys."key" IS 'The lower 64 bits of the MD5 of speaker with days, rare words or a run of words; equal keys make candidates.';
