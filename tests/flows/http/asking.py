"""Asking the test site for something, with the short patience of a test."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flows.http import AddressPolicy, DoorSettings, Limits, Outcome, Patience, Politeness, open_client, parse_networks
from flows.http.client import trusted_authorities
from flows.http.fetching import fetch

AGENT = "Tocsin/0.1 (+https://tocsin.example/about)"
LOOPBACK = parse_networks(["127.0.0.0/8"])
# Made once: loading the authorities takes longer than most tests.
TRUST = trusted_authorities(None, None)
OPEN = AddressPolicy(LOOPBACK)
SHORT = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.8, max_wire_bytes=2 << 20, max_body_bytes=8 << 20)
QUICK = DoorSettings(
    AGENT,
    limits=SHORT,
    politeness=Politeness(delay=0.0, pause=60.0),
    patience=Patience(attempts=1),
    allowed_networks=LOOPBACK,
)
CALM = replace(SHORT, connect_seconds=5, read_seconds=5, total_seconds=10)
PATIENT = replace(QUICK, limits=CALM)


def ask(url: str, *, policy: AddressPolicy = OPEN, **options: Any) -> Outcome:
    """Return how one fetch ends; the guard is open for loopback unless ``policy`` says otherwise."""
    opening = {key: options.pop(key) for key in ("resolve", "ssl_context", "proxy") if key in options}

    opening.setdefault("ssl_context", TRUST)

    async def run() -> Outcome:
        async with open_client(user_agent=AGENT, policy=policy, **opening) as client:
            return await fetch(client, url, **{"limits": CALM} | options)

    return asyncio.run(run())


def names(**addresses: Sequence[str]) -> Callable[[str, int], Any]:
    """Return a resolver that knows these names (``_`` for a dot) and, like the real one, addresses themselves."""
    known = {name.replace("_", "."): found for name, found in addresses.items()}

    async def resolve(host: str, port: int) -> Sequence[str]:
        if host in known:
            return known[host]
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        raise OSError(-2, "Name or service not known")

    return resolve
