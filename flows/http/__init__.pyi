from .backlog import Backlog
from .body import GZIP_MAGIC, decode_body, unpack
from .client import open_client
from .conditional import MAX_RETRY_AFTER, Conditions, parse_retry_after
from .door import Door, DoorSettings, Keep, open_door
from .follow import find_follow, follow_target
from .guard import AddressPolicy, parse_networks
from .hosts import Politeness
from .large_files import download, remote_size
from .limits import MEBIBYTE, Limits
from .outcome import Failure, Fetched, FetchFailed, Headers, Outcome, Unchanged, find_header
from .retry import Patience
from .target import redact

__all__ = [
    "GZIP_MAGIC",
    "MAX_RETRY_AFTER",
    "MEBIBYTE",
    "AddressPolicy",
    "Backlog",
    "Conditions",
    "Door",
    "DoorSettings",
    "Failure",
    "FetchFailed",
    "Fetched",
    "Headers",
    "Keep",
    "Limits",
    "Outcome",
    "Patience",
    "Politeness",
    "Unchanged",
    "decode_body",
    "download",
    "find_follow",
    "find_header",
    "follow_target",
    "open_client",
    "open_door",
    "parse_networks",
    "parse_retry_after",
    "redact",
    "remote_size",
    "unpack",
]
