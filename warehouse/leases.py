"""Leases on messages: who holds which, and letting go of those whose holder is gone."""

from collections.abc import Sequence

import duckdb


def lease_owners(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the processes that hold a message."""
    rows = con.execute("SELECT DISTINCT lease_owner FROM deliveries WHERE lease_owner IS NOT NULL ORDER BY 1")
    return [row[0] for row in rows.fetchall()]


def release_leases(con: duckdb.DuckDBPyConnection, owners: Sequence[str]) -> None:
    """Make what these held takeable at once, as the messages they were."""
    if owners:
        con.execute(
            """
            UPDATE deliveries SET lease_owner = NULL, leased_until = NULL
            WHERE lease_owner IN (SELECT unnest($owners))
            """,
            {"owners": list(owners)},
        )
