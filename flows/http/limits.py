"""How much of the web's time, space and patience one fetch may take."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch; seconds and bytes.

    ``total_seconds`` counts network time over all hops, not the wait for a host's turn. A body may grow in decoding
    by ``max_ratio`` once it is past ``ratio_floor_bytes``: real pages and sitemaps stay below 60, bombs near 1000.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_redirects: int = 10
    max_wire_bytes: int = 16 * MEBIBYTE
    max_body_bytes: int = 32 * MEBIBYTE
    max_ratio: float = 200.0
    ratio_floor_bytes: int = 2 * MEBIBYTE
