"""What the test site answers with: ordinary responses, or any script of bytes, waits and broken connections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Act(Enum):
    """How a script can end before its time."""

    CLOSE = "close the connection"
    RESET = "reset the connection"
    HANG = "send nothing more, keep it open"


# Bytes are sent as they are, a number is a wait in seconds.
Step: TypeAlias = bytes | float | Act


@dataclass(frozen=True, slots=True)
class Request:
    """One request the site got; header names are in lower case."""

    method: str
    path: str
    host: str
    headers: dict[str, str]
    at: float
    connection: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """An ordinary response; ``wait`` seconds pass before it. ``script`` replaces all of it."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/html; charset=utf-8"
    wait: float = 0.0
    script: Callable[[], Iterable[Step]] | None = None

    def steps(self) -> Iterable[Step]:
        """Return what is sent."""
        if self.script is not None:
            return self.script()
        return (self.wait, self.head() + (b"" if self.status in (204, 304) else self.body))

    def head(self) -> bytes:
        """Return status line and headers with the right length."""
        lines = [f"HTTP/1.1 {self.status} {PHRASES.get(self.status, 'Status')}"]
        if self.body:
            lines.append(f"Content-Type: {self.content_type}")
        if self.status not in (204, 304):
            lines.append(f"Content-Length: {len(self.body)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


PHRASES = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}

Route: TypeAlias = Reply | Callable[[Request], Reply]


def redirect(location: str, status: int = 302, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """Return a redirect."""
    return Reply(status, headers=(("Location", location), *headers))


def text(body: str, content_type: str = "text/html; charset=utf-8", status: int = 200) -> Reply:
    """Return a text in UTF-8."""
    return Reply(status, body.encode(), content_type=content_type)


def conditional(
    body: bytes, *, etag: str | None = None, last_modified: str | None = None, content_type: str = "text/html"
) -> Route:
    """Return a route that answers 304 to whoever has this very version."""
    pairs = (("ETag", etag), ("Last-Modified", last_modified))
    headers = tuple((name, value) for name, value in pairs if value)

    def answer(request: Request) -> Reply:
        has_tag = etag is not None and request.headers.get("if-none-match") == etag
        has_date = last_modified is not None and request.headers.get("if-modified-since") == last_modified
        return Reply(304 if has_tag or has_date else 200, body, headers, content_type)

    return answer


def scripted(*steps: Step) -> Reply:
    """Return a reply that is sent step by step."""
    return Reply(script=lambda: steps)
