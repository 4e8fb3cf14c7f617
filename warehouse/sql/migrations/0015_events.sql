-- Events above claims: what one side did with words towards another on one day; alerts ring for them.

CREATE TABLE claim_events (
    claim_id VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    aim VARCHAR NOT NULL,
    speaker_rank INTEGER NOT NULL,
    event_id VARCHAR
);
COMMENT ON TABLE claim_events IS 'Where each standing claim belongs among events: whose side speaks, at whom, and the event that it is part of.';
COMMENT ON COLUMN claim_events.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_events.side IS 'Side that speaks: ISO 3166 alpha-3, else the organisation or person; empty where nobody is known.';
COMMENT ON COLUMN claim_events.aim IS 'Side aimed at, likewise; empty where nobody is known.';
COMMENT ON COLUMN claim_events.speaker_rank IS 'Rank of the speaker: 4 head of state, 3 head of government, 2 minister or commander, 1 others who are named, 0 nobody named.';
COMMENT ON COLUMN claim_events.event_id IS 'The event.';

CREATE TABLE events_placed (
    event_id VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    aim VARCHAR NOT NULL,
    said_on DATE,
    said_on_precision VARCHAR,
    polarity VARCHAR NOT NULL,
    headline_claim_id VARCHAR NOT NULL,
    n_claims INTEGER NOT NULL,
    merged_into VARCHAR
);
COMMENT ON TABLE events_placed IS 'Events as alerts name them: one side towards another, on one day, in one direction. The view events shows them.';
COMMENT ON COLUMN events_placed.event_id IS 'Identifier computed from sides, day and direction. Once it rang it stays, whatever comes in.';
COMMENT ON COLUMN events_placed.side IS 'Side that speaks: ISO 3166 alpha-3, else the organisation or person; empty where nobody is known.';
COMMENT ON COLUMN events_placed.aim IS 'Side aimed at, likewise; empty where nobody is known.';
COMMENT ON COLUMN events_placed.said_on IS 'The day; NULL where nothing dates it.';
COMMENT ON COLUMN events_placed.said_on_precision IS 'day where a text gives it, publication where the day of publication stands for it.';
COMMENT ON COLUMN events_placed.polarity IS 'escalatory or de-escalatory; a neutral claim is an event by itself.';
COMMENT ON COLUMN events_placed.headline_claim_id IS 'The gravest claim, of several the one of the speaker of highest rank.';
COMMENT ON COLUMN events_placed.n_claims IS 'How many claims it holds.';
COMMENT ON COLUMN events_placed.merged_into IS 'The event it turned out to be the same as, of one that had rung; NULL for events that stand.';

CREATE TABLE alert_claims (
    alert_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL
);
COMMENT ON TABLE alert_claims IS 'Claims that an alert told of, as they were named then: none of them rings again under the same rule.';
COMMENT ON COLUMN alert_claims.alert_id IS 'The alert.';
COMMENT ON COLUMN alert_claims.claim_id IS 'The claim.';
INSERT INTO alert_claims SELECT alert_id, claim_id FROM alerts;

ALTER TABLE alerts ADD COLUMN event_id VARCHAR;
ALTER TABLE alerts ADD COLUMN told_severity INTEGER DEFAULT 0;
ALTER TABLE alerts ADD COLUMN told_rank INTEGER DEFAULT 0;
UPDATE alerts SET told_severity = 5, told_rank = 4, "level" = 99;
COMMENT ON TABLE alerts IS 'An event that met a rule, once for each rule.';
COMMENT ON COLUMN alerts.alert_id IS 'Identifier computed from event and rule.';
COMMENT ON COLUMN alerts.event_id IS 'The event under the id it rang by.';
COMMENT ON COLUMN alerts.claim_id IS 'Its headline when it was told of last.';
COMMENT ON COLUMN alerts.told_severity IS 'The highest severity it was told with.';
COMMENT ON COLUMN alerts.told_rank IS 'The highest rank of a speaker it was told with; 4 for those from before events, which are not told again.';
COMMENT ON COLUMN alerts.n_outlets IS 'Outlets that carried the event when it rang.';
COMMENT ON COLUMN alerts."action" IS 'ring, or digest where the event is in the scope of the rule and below its bar.';
COMMENT ON COLUMN alerts."level" IS 'Which of the follow-ups of the rule the event has reached, from 1; 0 for none; 99 for those from before events.';
