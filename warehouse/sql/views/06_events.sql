CREATE OR REPLACE VIEW events AS
WITH standing AS (
    FROM events_placed WHERE merged_into IS NULL AND polarity <> 'neutral'
),
members AS (
    SELECT claim_events.event_id, claims.claim_id, claims.speaker, claims.severity, claims.category, claims.quote,
           claims.form
    FROM claim_events
    JOIN claims USING (claim_id)
    WHERE claim_events.event_id IN (SELECT event_id FROM standing)
),
said AS (
    SELECT
        event_id,
        list({'speaker': speaker, 'severity': severity, 'category': category, 'quote': quote, 'form': form}
             ORDER BY severity DESC, claim_id) AS quotes,
        list_sort(list_distinct(list(speaker))) AS speakers
    FROM members
    GROUP BY event_id
),
firsts AS (
    SELECT members.event_id, coalesce(outlet, location) AS outlet, min(reported_at) AS reported_at
    FROM claim_reports
    JOIN members USING (claim_id)
    GROUP BY ALL
),
carried AS (
    SELECT
        event_id,
        list(outlet ORDER BY reported_at NULLS LAST, outlet) AS outlets,
        min(reported_at) AS first_reported_at,
        list_sort(list(reported_at) FILTER (reported_at IS NOT NULL))[3] AS third_outlet_at
    FROM firsts
    GROUP BY event_id
)
SELECT
    standing.said_on,
    headline.severity,
    headline.category,
    standing.side,
    nullif(standing.aim, '') AS aim,
    voices.speaker,
    headline.quote AS headline,
    standing.polarity,
    headline.form,
    standing.n_claims,
    len(carried.outlets) AS n_outlets,
    carried.outlets,
    said.speakers,
    first_report.confidence,
    first_report."method",
    standing.said_on_precision,
    carried.first_reported_at,
    carried.third_outlet_at,
    CAST(date_diff('minute', carried.first_reported_at, carried.third_outlet_at) / 60.0 AS DOUBLE) AS hours_to_third_outlet,
    EXISTS (FROM alerts WHERE alerts.event_id = standing.event_id AND alerts."action" = 'ring') AS has_rung,
    said.quotes,
    standing.event_id,
    standing.headline_claim_id
FROM standing
JOIN claims AS headline ON headline.claim_id = standing.headline_claim_id
LEFT JOIN claim_speakers AS voices ON voices.claim_id = headline.claim_id
LEFT JOIN statements AS first_report ON first_report.statement_id = headline.first_statement_id
LEFT JOIN said ON said.event_id = standing.event_id
LEFT JOIN carried ON carried.event_id = standing.event_id
ORDER BY standing.said_on NULLS LAST, headline.severity DESC, standing.event_id;
COMMENT ON VIEW events IS 'What one side did with words towards another on one day: headline, quotes, speakers, outlets. Example: from events where severity >= 4';
COMMENT ON COLUMN events.event_id IS 'The event.';
COMMENT ON COLUMN events.said_on IS 'The day; NULL where nothing dates it.';
COMMENT ON COLUMN events.said_on_precision IS 'day where a text gives it, publication where the day of publication stands for it.';
COMMENT ON COLUMN events.side IS 'Side that speaks: ISO 3166 alpha-3, else an organisation or a person.';
COMMENT ON COLUMN events.aim IS 'Side aimed at, likewise; NULL where nobody is known.';
COMMENT ON COLUMN events.polarity IS 'escalatory or de-escalatory.';
COMMENT ON COLUMN events.category IS 'Category of the headline.';
COMMENT ON COLUMN events.severity IS 'Severity of the headline.';
COMMENT ON COLUMN events.speaker IS 'Speaker of the headline.';
COMMENT ON COLUMN events.headline IS 'The gravest claim, in its widest wording; said in these words only where form is direct.';
COMMENT ON COLUMN events.form IS 'Form of the headline: direct, indirect or mixed.';
COMMENT ON COLUMN events.confidence IS 'How often a label like that of the headline has the right polarity, from 0 to 1; NULL for labels from before this was kept.';
COMMENT ON COLUMN events."method" IS 'What that label rests on: rule, network or both; NULL likewise.';
COMMENT ON COLUMN events.quotes IS 'All claims with speaker, severity, category, wording and form, the gravest first.';
COMMENT ON COLUMN events.speakers IS 'Who spoke.';
COMMENT ON COLUMN events.outlets IS 'Who reported it, the first first; the place of a copy whose outlet is unknown.';
COMMENT ON COLUMN events.n_outlets IS 'How many.';
COMMENT ON COLUMN events.n_claims IS 'How many claims it holds.';
COMMENT ON COLUMN events.first_reported_at IS 'When the first report was published.';
COMMENT ON COLUMN events.third_outlet_at IS 'When the third outlet had it; NULL before.';
COMMENT ON COLUMN events.hours_to_third_outlet IS 'Hours from the first report to that of the third outlet.';
COMMENT ON COLUMN events.has_rung IS 'True where an alert rang for it.';
COMMENT ON COLUMN events.headline_claim_id IS 'The claim of the headline.';

CREATE OR REPLACE VIEW event_timeline AS
SELECT
    events_placed.said_on,
    side,
    nullif(aim, '') AS aim,
    count(*) FILTER (events_placed.polarity = 'escalatory') AS n_escalatory,
    count(*) FILTER (events_placed.polarity = 'de-escalatory') AS n_deescalatory,
    max(severity) FILTER (events_placed.polarity = 'escalatory') AS peak_severity,
    sum(n_claims) FILTER (events_placed.polarity = 'escalatory') AS n_escalatory_claims,
    sum(n_claims) FILTER (events_placed.polarity = 'de-escalatory') AS n_deescalatory_claims,
    count(*) FILTER (events_placed.said_on_precision = 'day') AS n_dated,
    count(*) FILTER (events_placed.said_on_precision = 'publication') AS n_by_publication
FROM events_placed
JOIN claims ON claim_id = headline_claim_id
WHERE events_placed.merged_into IS NULL AND events_placed.polarity <> 'neutral'
GROUP BY ALL
ORDER BY events_placed.said_on NULLS LAST, side, aim;
COMMENT ON VIEW event_timeline IS 'Events per day and pair of sides, both directions, with how well their days are known. Example: from event_timeline where side = ''RUS'' and aim = ''KOR''';
COMMENT ON COLUMN event_timeline.said_on IS 'The day; NULL where nothing dates them.';
COMMENT ON COLUMN event_timeline.side IS 'Side that speaks.';
COMMENT ON COLUMN event_timeline.aim IS 'Side aimed at; NULL where nobody is known.';
COMMENT ON COLUMN event_timeline.n_escalatory IS 'Escalating events.';
COMMENT ON COLUMN event_timeline.n_deescalatory IS 'Calming events.';
COMMENT ON COLUMN event_timeline.peak_severity IS 'Highest severity of the escalating ones.';
COMMENT ON COLUMN event_timeline.n_escalatory_claims IS 'Claims in the escalating ones.';
COMMENT ON COLUMN event_timeline.n_deescalatory_claims IS 'Claims in the calming ones.';
COMMENT ON COLUMN event_timeline.n_dated IS 'Events whose day a text gives.';
COMMENT ON COLUMN event_timeline.n_by_publication IS 'Events dated by publication alone.';
