"""Leases on messages: who holds which, and letting go of those whose holder is gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from extractors.dates import TOLERANCE


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


def bound_leases(con: duckdb.DuckDBPyConnection, now: datetime, longest: timedelta) -> None:
    """Let a lease that a clock that was ahead gave end as one that is given now; its holder may still be at work."""
    con.execute(
        "UPDATE deliveries SET leased_until = $until WHERE leased_until > $latest",
        {"until": now + longest, "latest": now + longest + TOLERANCE},
    )
