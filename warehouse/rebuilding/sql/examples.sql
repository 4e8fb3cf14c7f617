-- The gravest changes of each kind, $limit of each: what is lost or new as escalation first.
SELECT change, coalesce(now_id, was_id), was_polarity, was_category, was_severity, was_speaker,
       now_polarity, now_category, now_severity, now_speaker, coalesce(now_content, was_content),
       title, outlet, CAST(published_at AS DATE), coalesce(lost_escalation, false), coalesce(new_escalation, false)
FROM changes JOIN articles USING (article_id)
WHERE change <> 'same'
QUALIFY row_number() OVER (
    PARTITION BY change
    ORDER BY coalesce(lost_escalation, false) DESC, coalesce(new_escalation, false) DESC,
             greatest(coalesce(was_severity, 0), coalesce(now_severity, 0)) DESC, published_at DESC NULLS LAST, 2
) <= $limit
ORDER BY list_position(['lost', 'added', 'relabelled', 'reattributed'], change),
         coalesce(lost_escalation, false) DESC, coalesce(new_escalation, false) DESC,
         greatest(coalesce(was_severity, 0), coalesce(now_severity, 0)) DESC, published_at DESC NULLS LAST, 2
