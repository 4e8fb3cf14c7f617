-- Alerts that arrive once: what each rule decided, the outbox with its leases and tries, silences, Tocsin's own troubles.

ALTER TABLE alerts ADD COLUMN "action" VARCHAR DEFAULT 'ring';
ALTER TABLE alerts ADD COLUMN reasons VARCHAR[] DEFAULT [];
ALTER TABLE alerts ADD COLUMN n_outlets INTEGER;
ALTER TABLE alerts ADD COLUMN "level" INTEGER DEFAULT 0;
ALTER TABLE alerts ADD COLUMN step INTEGER DEFAULT 0;
ALTER TABLE alerts ADD COLUMN silence_id VARCHAR;
COMMENT ON COLUMN alerts."action" IS 'ring, or digest where the claim is in the scope of the rule and below its bar.';
COMMENT ON COLUMN alerts.reasons IS 'Why the rule decided so.';
COMMENT ON COLUMN alerts.n_outlets IS 'Outlets that carried the claim when it rang.';
COMMENT ON COLUMN alerts."level" IS 'Which of the follow-ups of the rule the claim has reached, from 1; 0 for none.';
COMMENT ON COLUMN alerts.step IS 'Number of the last message about it, from 0.';
COMMENT ON COLUMN alerts.silence_id IS 'The silence under which it was recorded without ringing.';

ALTER TABLE deliveries ADD COLUMN kind VARCHAR DEFAULT 'alert';
ALTER TABLE deliveries ADD COLUMN step INTEGER DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN severity INTEGER DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN message_id VARCHAR;
ALTER TABLE deliveries ADD COLUMN lease_owner VARCHAR;
ALTER TABLE deliveries ADD COLUMN leased_until TIMESTAMPTZ;
UPDATE deliveries SET severity = alerts.severity FROM alerts WHERE alerts.alert_id = deliveries.alert_id;
COMMENT ON COLUMN deliveries.delivery_id IS 'Identifier computed from alert, channel and number of the message.';
COMMENT ON COLUMN deliveries.due_at IS 'When it is to be told: at once, after the quiet hours, or with the digest.';
COMMENT ON COLUMN deliveries.alert_id IS 'The alert, or the notice for deliveries of kind notice.';
COMMENT ON COLUMN deliveries.status IS 'pending, delivered, dead (given up), silenced, or withheld (raised by a replay for an outside channel).';
COMMENT ON COLUMN deliveries.kind IS 'alert, update (a follow-up), digest or notice.';
COMMENT ON COLUMN deliveries.step IS 'Number of the message about its alert, from 0.';
COMMENT ON COLUMN deliveries.severity IS 'Severity when it was due: the worst goes first.';
COMMENT ON COLUMN deliveries.message_id IS 'The message it goes out with, fixed at the first try: the idempotency key of every try.';
COMMENT ON COLUMN deliveries.lease_owner IS 'The process that is sending it.';
COMMENT ON COLUMN deliveries.leased_until IS 'When another process may take it over.';

CREATE TABLE channel_states (
    channel VARCHAR NOT NULL,
    n_failures INTEGER NOT NULL,
    blocked_until TIMESTAMPTZ,
    error VARCHAR NOT NULL
);
COMMENT ON TABLE channel_states IS 'Channels whose last message failed; the row goes with the first success.';
COMMENT ON COLUMN channel_states.channel IS 'Name of the channel in alerts.toml.';
COMMENT ON COLUMN channel_states.n_failures IS 'Failures in a row.';
COMMENT ON COLUMN channel_states.blocked_until IS 'When it is tried again: until then everything for it waits, so that the worst still goes first.';
COMMENT ON COLUMN channel_states.error IS 'What failed, without addresses or secrets.';

CREATE TABLE silences (
    silence_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    "scope" VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    until_at TIMESTAMPTZ,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    note VARCHAR,
    lifted_by VARCHAR,
    lifted_at TIMESTAMPTZ
);
COMMENT ON TABLE silences IS 'Acknowledgements and mutes: who silenced what, when, until when.';
COMMENT ON COLUMN silences.silence_id IS 'Identifier computed from kind, target, person and time.';
COMMENT ON COLUMN silences.kind IS 'ack (no more about what rang before it was made) or mute (nothing rings).';
COMMENT ON COLUMN silences."scope" IS 'claim, speaker or rule.';
COMMENT ON COLUMN silences.target IS 'The claim, the actor or the name of the rule.';
COMMENT ON COLUMN silences.until_at IS 'When it ends; NULL for never.';
COMMENT ON COLUMN silences.made_by IS 'Who made it.';
COMMENT ON COLUMN silences.made_at IS 'When.';
COMMENT ON COLUMN silences.note IS 'Why.';
COMMENT ON COLUMN silences.lifted_by IS 'Who ended it before its time.';
COMMENT ON COLUMN silences.lifted_at IS 'When.';

CREATE TABLE notices (
    notice_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE notices IS 'Operational alerts: troubles of Tocsin itself, each told once.';
COMMENT ON COLUMN notices.notice_id IS 'Identifier computed from kind, subject and occasion.';
COMMENT ON COLUMN notices.kind IS 'run-failed, source-silent, source-failing, source-gone, source-unreadable, source-shrinking or dead-letter.';
COMMENT ON COLUMN notices.subject IS 'The flow, the source or the channel.';
COMMENT ON COLUMN notices."text" IS 'What happened, in words.';
COMMENT ON COLUMN notices.raised_at IS 'When it was noticed.';
