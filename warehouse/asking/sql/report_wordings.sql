-- The claims of these events, the gravest first, each with the evidence of the report that gave it its label.
WITH members AS (
    SELECT events_placed.event_id, claims.*
    FROM events_placed
    JOIN claim_events USING (event_id)
    JOIN claims USING (claim_id)
    WHERE events_placed.event_id IN (SELECT unnest($events))
),
aimed AS (
    SELECT statements.claim_id, list_sort(list_distinct(list(statement_targets."name"))) AS targets
    FROM statements
    JOIN statement_targets USING (statement_id)
    GROUP BY statements.claim_id
),
labelled AS (
    SELECT
        members.claim_id,
        arg_max(
            {'id': statements.statement_id, 'conditional': statements.conditional, 'evidence': statements.evidence,
             'method': statements.method, 'confidence': statements.confidence},
            {'same': statements.category = members.category AND statements.polarity = members.polarity,
             'severity': statements.severity, 'id': statements.statement_id}
        ) AS label
    FROM members
    JOIN statements USING (claim_id)
    GROUP BY members.claim_id
)
SELECT
    members.event_id,
    coalesce(labelled.label.id, members.first_statement_id),
    voices.speaker,
    voices."role",
    voices.country,
    members.category,
    members.severity,
    members.quote,
    coalesce(members.form, 'indirect'),
    coalesce(aimed.targets, []),
    coalesce(labelled.label.conditional, false),
    labelled.label.method,
    labelled.label.confidence,
    coalesce(list_transform(labelled.label.evidence, lambda one: {'rule': one."rule", 'words': one.words}), []),
    members.claim_id
FROM members
LEFT JOIN labelled USING (claim_id)
LEFT JOIN aimed USING (claim_id)
LEFT JOIN claim_speakers AS voices USING (claim_id)
ORDER BY members.event_id, members.severity DESC, members.claim_id
