-- Pages that grow are read on for their additions; the words of a feed stand in for a page that cannot be had.

ALTER TABLE page_fetches ADD COLUMN n_growths INTEGER DEFAULT 0;
ALTER TABLE page_fetches ADD COLUMN n_words INTEGER DEFAULT 0;
ALTER TABLE page_fetches ADD COLUMN wholes VARCHAR[] DEFAULT [];
ALTER TABLE page_fetches ADD COLUMN paragraphs VARCHAR[] DEFAULT [];
ALTER TABLE page_fetches ADD COLUMN seen VARCHAR[] DEFAULT [];
ALTER TABLE page_fetches ADD COLUMN entry_id VARCHAR;
ALTER TABLE page_fetches ADD COLUMN grown_at TIMESTAMPTZ;
ALTER TABLE page_fetches ADD COLUMN interval_seconds DOUBLE;
ALTER TABLE page_fetches ADD COLUMN next_at TIMESTAMPTZ;
COMMENT ON TABLE page_fetches IS 'How often an address was read and with which texts: pages that grow and pages that change by themselves are told by it.';
COMMENT ON COLUMN page_fetches.n_growths IS 'How often text had been added to it.';
COMMENT ON COLUMN page_fetches.n_words IS 'The most words that a text of it had, in sentences.';
COMMENT ON COLUMN page_fetches.wholes IS 'Content hashes of texts of which only the additions were kept.';
COMMENT ON COLUMN page_fetches.paragraphs IS 'The paragraphs of its last text: hash and number of words.';
COMMENT ON COLUMN page_fetches.seen IS 'The paragraphs of it that were read: what is not among them has been added.';
COMMENT ON COLUMN page_fetches.entry_id IS 'The entry for which it was read last.';
COMMENT ON COLUMN page_fetches.grown_at IS 'When it grew last; NULL where it is not visited for growing.';
COMMENT ON COLUMN page_fetches.interval_seconds IS 'Time between two visits, adapted to how fast it grows.';
COMMENT ON COLUMN page_fetches.next_at IS 'When it is visited again, whatever its listing says; NULL where it is not.';

ALTER TABLE entries ADD COLUMN content VARCHAR;
ALTER TABLE entries ADD COLUMN basis VARCHAR;
COMMENT ON COLUMN entries.content IS 'Text of the article as its feed gives it, where that is more than a line or two.';
COMMENT ON COLUMN entries.basis IS 'feed where its article is of the words of the feed, none where those belong to no topic; NULL while they were not needed.';
COMMENT ON COLUMN entries.reason IS 'Why it was skipped, rejected or failed, what made it pending again, or why only the words of its feed were read.';

ALTER TABLE articles ADD COLUMN basis VARCHAR DEFAULT 'page';
ALTER TABLE articles ADD COLUMN visible_share DOUBLE;
COMMENT ON COLUMN articles.basis IS 'page, or feed where its page could not be had and the text is that of the feed; the page becomes its next version when it comes.';
COMMENT ON COLUMN articles.visible_share IS 'How much of the body that a reader sees on the page is in the text; NULL where nothing tells.';

ALTER TABLE copy_texts ADD COLUMN basis VARCHAR DEFAULT 'page';
ALTER TABLE copy_texts ADD COLUMN visible_share DOUBLE;
COMMENT ON COLUMN copy_texts.basis IS 'page, or feed where the text is that of the feed.';
COMMENT ON COLUMN copy_texts.visible_share IS 'How much of the body that a reader sees on the page is in the text.';

ALTER TABLE captures ADD COLUMN part_of VARCHAR;
COMMENT ON COLUMN captures.part_of IS 'The capture of the article''s first page, where this is a further page of it; NULL for all others.';
