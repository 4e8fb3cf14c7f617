-- All that a rebuild starts from, as one short text: it differs as soon as a run, a correction or a silence changes any of it.
SELECT concat_ws(' ',
    (SELECT concat(count(*), ':', bit_xor(hash(article_id, published_at, outlet, "language"))) FROM articles),
    (SELECT concat(count(*), ':', bit_xor(hash(copy_texts))) FROM copy_texts),
    (SELECT concat(count(*), ':', bit_xor(hash(copy_id, text_id, title))) FROM copies),
    (SELECT concat(count(*), ':', bit_xor(hash(article_topics))) FROM article_topics),
    (SELECT concat(count(*), ':', bit_xor(hash(extractions))) FROM extractions),
    (SELECT concat(count(*), ':', bit_xor(hash(statement_id, claim_id, pending, speaker_id, extractor_version)))
     FROM statements),
    (SELECT concat(count(*), ':', bit_xor(hash(claim_id, merged_into))) FROM claims),
    (SELECT concat(count(*), ':', bit_xor(hash(alerts))) FROM alerts),
    (SELECT concat(count(*), ':', bit_xor(hash(alert_claims))) FROM alert_claims),
    (SELECT concat(count(*), ':', bit_xor(hash(silences))) FROM silences),
    (SELECT concat(count(*), ':', bit_xor(hash(actor_corrections))) FROM actor_corrections)
)
