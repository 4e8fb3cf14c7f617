"""What differs between two warehouses: statements found by one alone, labelled or attributed otherwise, what rings."""

from pathlib import Path

import duckdb

from warehouse.bounds import Bounds, bounded
from warehouse.connection import open_reader
from warehouse.errors import WarehouseError
from warehouse.table import Table

SNAPSHOT = """
    SELECT 'statement' AS what, statement_id AS id, coalesce(speaker, speaker_text) AS speaker,
           concat_ws(' ', coalesce(speaker, speaker_text), polarity, category, severity,
                     CASE WHEN conditional THEN 'conditional' END, said_on) AS label,
           content AS words
    FROM {name}.statements
    UNION ALL
    -- what rings is an event, by however many rules and whatever they are called
    SELECT 'alert', coalesce(events_placed.merged_into, alerts.event_id, alert_id) AS id, any_value(claims.speaker),
           concat_ws(' ', CASE WHEN bool_or("action" = 'ring') THEN 'rings' ELSE 'digest' END,
                     arg_max(alerts.category, alerts.severity), max(alerts.severity)), any_value(quote)
    FROM {name}.alerts JOIN {name}.claims USING (claim_id) LEFT JOIN {name}.events_placed USING (event_id)
    GROUP BY id
    UNION ALL
    SELECT 'event', event_id, claims.speaker,
           concat_ws(' ', side, '->', nullif(aim, ''), events_placed.said_on, events_placed.polarity,
                     claims.severity), quote
    FROM {name}.events_placed JOIN {name}.claims ON claim_id = headline_claim_id
    WHERE events_placed.merged_into IS NULL AND events_placed.polarity <> 'neutral'
    UNION ALL
    SELECT 'article', article_id, outlet, coalesce(title, article_id), title FROM {name}.articles
"""
DIFFERENCES = f"""
WITH here AS ({SNAPSHOT.format(name="here")}), there AS ({SNAPSHOT.format(name="there")})
SELECT
    what,
    CASE WHEN there.id IS NULL THEN 'only here' WHEN here.id IS NULL THEN 'only there' ELSE 'changed' END AS change,
    coalesce(here.speaker, there.speaker) AS speaker,
    here.label AS here,
    there.label AS there,
    coalesce(here.words, there.words) AS words
FROM here FULL JOIN there USING (what, id)
WHERE here.label IS DISTINCT FROM there.label
ORDER BY what, change, speaker, words
"""


def compare_warehouses(here: Path, there: Path) -> Table:
    """Return one row for each difference between two published files."""
    for path in (here, there):
        with open_reader(path):
            pass  # says clearly what is wrong with a file that is none of ours
    try:
        with duckdb.connect() as con, bounded(con, Bounds()):
            for name, path in (("here", here), ("there", there)):
                quoted = str(path).replace("'", "''")
                con.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
            found = con.execute(DIFFERENCES)
            return Table(tuple(one[0] for one in found.description or ()), tuple(found.fetchall()))
    except duckdb.Error as error:
        raise WarehouseError(f"the warehouses cannot be compared: {str(error).splitlines()[0]}") from error
