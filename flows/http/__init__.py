"""The HTTP door: everything Tocsin asks of the web goes through here."""

from flows.http.client import Client, open_client
from flows.http.conditional import Conditions
from flows.http.door import Door, DoorSettings, open_door
from flows.http.fetching import fetch
from flows.http.follow import Follow, find_follow, follow_target
from flows.http.guard import AddressPolicy, parse_networks
from flows.http.hosts import Politeness
from flows.http.limits import Limits
from flows.http.outcome import Fetched, FetchFailed, Hop, Outcome, Reason, Unchanged
from flows.http.retry import Patience, is_worth_retrying
from flows.http.target import redact

__all__ = [
    "AddressPolicy",
    "Client",
    "Conditions",
    "Door",
    "DoorSettings",
    "FetchFailed",
    "Fetched",
    "Follow",
    "Hop",
    "Limits",
    "Outcome",
    "Patience",
    "Politeness",
    "Reason",
    "Unchanged",
    "fetch",
    "find_follow",
    "follow_target",
    "is_worth_retrying",
    "open_client",
    "open_door",
    "parse_networks",
    "redact",
]
