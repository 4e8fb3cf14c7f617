"""What one fetch can end in: a body, the word that nothing changed, or a failure with a stable reason."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]

Reason: TypeAlias = Literal[
    "bad-url",
    "bad-scheme",
    "dns",
    "private-address",
    "refused",
    "unreachable",
    "tls",
    "timeout-connect",
    "timeout-read",
    "timeout-total",
    "disconnected",
    "truncated",
    "protocol",
    "decompression",
    "too-large",
    "too-many-redirects",
    "redirect-loop",
    "robots",
    "robots-unreachable",
    "host-paused",
    "archive",  # what came could not be stored: the disk's fault, not the page's
    "http-401",
    "http-402",
    "http-403",
    "http-404",
    "http-410",
    "http-429",
    "http-451",
    "http-4xx",
    "http-5xx",
    "http-other",
]


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed: where from, with which status, where to."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole response: ``raw_body`` as it came over the wire (without chunk framing), ``body`` decoded.

    ``permanent_url`` is where the unbroken run of 301/308 at the start of the chain led, None without one.
    """

    requested_url: str
    url: str
    status: int
    phrase: str
    headers: Headers
    request_headers: Headers
    raw_body: bytes
    body: bytes
    body_hash: str
    permanent_url: str | None = None
    hops: tuple[Hop, ...] = ()
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case."""
        return find_header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server said 304, or sent a body whose hash is the one already known (``is_same_body``)."""

    requested_url: str
    url: str
    status: int
    headers: Headers
    is_same_body: bool = False
    permanent_url: str | None = None
    hops: tuple[Hop, ...] = ()
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case."""
        return find_header(self.headers, name)


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No usable response: ``reason`` is stable, ``detail`` is for people, ``retry_after`` is in seconds.

    ``url`` is the hop that failed; ``permanent_url`` as in ``Fetched``.
    """

    requested_url: str
    url: str
    reason: Reason
    detail: str = ""
    status: int | None = None
    retry_after: float | None = None
    permanent_url: str | None = None
    hops: tuple[Hop, ...] = ()
    seconds: float = 0.0


Outcome: TypeAlias = Fetched | Unchanged | FetchFailed


class Failure(Exception):  # noqa: N818 - never leaves the package: fetch() turns it into a FetchFailed
    """Ends a fetch from within; carries the reason to the one place that makes a ``FetchFailed`` of it."""

    def __init__(
        self, reason: Reason, detail: str = "", *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        """Keep what the failure will say."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.status = status
        self.retry_after = retry_after


def find_header(headers: Headers, name: str) -> str | None:
    """Return the first header of that name, whatever its case."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)
