"""What holds in every sound warehouse: rows that name others find them. Looked at only after an unclean end."""

import duckdb

# A claim may outlive its first statement (a newer version finds it no more), and an article its number: no rules here.
CHECKS = {
    "statements without their article": "FROM statements ANTI JOIN articles USING (article_id)",
    "mentions without their article": "FROM mentions ANTI JOIN articles USING (article_id)",
    "copies without their article": "FROM copies ANTI JOIN articles USING (article_id)",
    "statements without their claim": "FROM statements ANTI JOIN claims USING (claim_id) WHERE claim_id IS NOT NULL",
    "alerts without their claim": "FROM alerts ANTI JOIN claims USING (claim_id)",
}


def find_damage(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return how many rows break each rule, as words; reads the tables concerned from the disk."""
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'alerts'").fetchone():
        return []  # nothing was ever written to it
    counts = {what: con.execute(f"SELECT count(*) FROM ({sql})").fetchone() for what, sql in CHECKS.items()}
    return [f"{row[0]} {what}" for what, row in counts.items() if row and row[0]]
