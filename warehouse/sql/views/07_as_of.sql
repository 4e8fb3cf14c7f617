-- What was known at an instant: claims and events by the reports that had come in by then, with the words, the grade and
-- the outlets of those reports alone. Labels, identities and which reports are one claim are those of today.
CREATE OR REPLACE MACRO claims_as_of(ts) AS TABLE
WITH known AS (
    SELECT statements.*, articles.published_at,
           statements.speaker_id IS NOT DISTINCT FROM claims.speaker_id OR claims.speaker_id IS NULL AS is_his
    FROM statements
    JOIN articles USING (article_id)
    JOIN claims USING (claim_id)
    WHERE claim_id IS NOT NULL AND articles.first_seen_at <= CAST(ts AS TIMESTAMPTZ)
),
gravest AS (
    SELECT
        claim_id,
        arg_max({'polarity': polarity, 'category': category, 'severity': severity, 'confidence': confidence,
                 'method': "method", 'conditional': conditional}, (severity, polarity <> 'neutral', statement_id)) AS label,
        arg_min(statement_id, (coalesce(published_at, TIMESTAMPTZ '9999-01-01'), statement_id)) AS first_statement_id,
        arg_max({'words': coalesce(shown, content), 'form': coalesce(shown_form, form)},
                (coalesce(shown_form, form) = 'direct', len(coalesce(shown, content)), statement_id)) AS worded,
        arg_min({'day': said_on, 'precision': said_on_precision},
                (CASE said_on_precision WHEN 'day' THEN 0 WHEN 'week' THEN 1 WHEN 'month' THEN 2 WHEN 'year' THEN 3 WHEN 'publication' THEN 4 ELSE 5 END,
                 statement_id)) AS dated,
        min_by(speaker, statement_id) FILTER (speaker IS NOT NULL) AS speaker,
        min_by(speaker_text, statement_id) AS speaker_text,
        min_by(speaker_role, statement_id) FILTER (speaker_role IS NOT NULL AND is_his) AS "role",
        min_by(speaker_country, statement_id) FILTER (speaker_country IS NOT NULL AND is_his) AS country,
        min_by(speaker_id, statement_id) FILTER (speaker_id IS NOT NULL) AS speaker_id,
        min(published_at) AS first_reported_at,
        count(*) AS n_reports
    FROM known
    GROUP BY claim_id
),
carried AS (
    SELECT claim_id, count(DISTINCT coalesce(copies.outlet, copies."location")) AS n_outlets
    FROM known
    JOIN copies USING (article_id)
    WHERE copies.seen_at <= CAST(ts AS TIMESTAMPTZ)
    GROUP BY claim_id
)
SELECT
    CASE WHEN claims.claim_id IS NULL THEN gravest.dated['day'] ELSE claims.said_on END AS said_on,
    coalesce(
        claims.severity,
        greatest(gravest.label['severity'] - CAST(standing.reiterates IS NOT NULL AS INTEGER), 0)
    ) AS severity,
    coalesce(claims.category, gravest.label['category']) AS category,
    coalesce(claims.speaker, gravest.speaker, gravest.speaker_text) AS speaker,
    coalesce(claims."quote", gravest.worded['words']) AS "quote",
    coalesce(claims.polarity, gravest.label['polarity']) AS polarity,
    coalesce(gravest."role", actors."role") AS "role",
    coalesce(gravest.country, actors.country) AS country,
    nullif(claim_events.side, '') AS side,
    nullif(claim_events.aim, '') AS aim,
    coalesce(carried.n_outlets, 0) AS n_outlets,
    gravest.n_reports,
    coalesce(claims.form, gravest.worded['form']) AS form,
    gravest.label['confidence'] AS confidence,
    gravest.label['method'] AS "method",
    gravest.label['conditional'] AS conditional,
    CASE WHEN claims.claim_id IS NULL THEN gravest.dated['precision'] ELSE claims.said_on_precision END AS said_on_precision,
    gravest.first_reported_at,
    gravest.claim_id,
    claim_events.event_id,
    gravest.first_statement_id
FROM gravest
LEFT JOIN claims AS standing ON standing.claim_id = gravest.claim_id
-- where every report had come in, the claim was what it is
LEFT JOIN claims ON claims.claim_id = gravest.claim_id AND claims.n_reports = gravest.n_reports
LEFT JOIN actors ON actors.actor_id = gravest.speaker_id
LEFT JOIN claim_events ON claim_events.claim_id = gravest.claim_id
LEFT JOIN carried ON carried.claim_id = gravest.claim_id
ORDER BY said_on NULLS LAST, gravest.first_reported_at NULLS LAST, gravest.claim_id;
COMMENT ON MACRO TABLE claims_as_of IS 'Claims of every polarity as they were known at an instant, by the reports that had come in by then; labels and identities are those of today. Example: from claims_as_of(''2024-10-22'') where polarity = ''escalatory''';

CREATE OR REPLACE MACRO events_as_of(ts) AS TABLE
WITH told AS (
    SELECT found.*, coalesce(claim_events.speaker_rank, 0) AS speaker_rank
    FROM claims_as_of(ts) AS found
    JOIN claim_events USING (claim_id)
    WHERE found.polarity <> 'neutral'
),
gathered AS (
    SELECT
        event_id,
        arg_min({'severity': severity, 'category': category, 'speaker': speaker, 'quote': "quote", 'form': form,
                 'polarity': polarity, 'claim_id': claim_id},
                (-severity, -speaker_rank, coalesce(first_reported_at, TIMESTAMPTZ '9999-01-01'), first_statement_id)) AS headline,
        any_value(side) AS side,
        any_value(aim) AS aim,
        list_sort(list_distinct(list(speaker))) AS speakers,
        count(*) AS n_claims,
        min(first_reported_at) AS first_reported_at,
        min(said_on) AS said_on
    FROM told
    GROUP BY event_id
),
carried AS (
    SELECT told.event_id, list_sort(list_distinct(list(coalesce(copies.outlet, copies."location")))) AS outlets
    FROM told
    JOIN statements USING (claim_id)
    JOIN copies USING (article_id)
    WHERE copies.seen_at <= CAST(ts AS TIMESTAMPTZ)
    GROUP BY told.event_id
)
SELECT
    coalesce(events_placed.said_on, gathered.said_on) AS said_on,
    gathered.headline['severity'] AS severity,
    gathered.headline['category'] AS category,
    gathered.side,
    gathered.aim,
    gathered.headline['speaker'] AS speaker,
    gathered.headline['quote'] AS headline,
    gathered.headline['polarity'] AS polarity,
    gathered.headline['form'] AS form,
    gathered.n_claims,
    len(carried.outlets) AS n_outlets,
    carried.outlets,
    gathered.speakers,
    gathered.first_reported_at,
    EXISTS (
        FROM alerts
        WHERE alerts.event_id = gathered.event_id AND "action" = 'ring' AND raised_at <= CAST(ts AS TIMESTAMPTZ)
    ) AS has_rung,
    gathered.event_id,
    gathered.headline['claim_id'] AS headline_claim_id
FROM gathered
LEFT JOIN events_placed USING (event_id)
LEFT JOIN carried USING (event_id)
ORDER BY said_on NULLS LAST, severity DESC, gathered.event_id;
COMMENT ON MACRO TABLE events_as_of IS 'Events as they were known at an instant: headline, claims, outlets and alarm of then; which claims are one event is told as of today. Example: from events_as_of(''2024-10-22'')';
