"""A newsroom of one story on loopback, which also takes the call of the alert."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SPEAKER = "Ada Probe"
TITLE = "Harbour drill of the tocsin trial"
NEWS = f"“We will sink your ships if they enter our waters,” Defence Minister {SPEAKER} warned Norway on Monday."
REST = "".join(
    f"<p>At {hour} o'clock ferry number {hour} of the trial left its berth, and the harbour was calm.</p>"
    for hour in range(7, 19)
)
MAX_CALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody posted."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Newsroom:
    """Where it is, what was asked of it, and what was posted to it."""

    port: int
    asked: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str) -> tuple[str, str] | None:
        """Return type and text of what stands at a path."""
        if path == "/feed":
            item = f"<item><title>{TITLE}</title><link>{self.url('/story')}</link></item>"
            return "application/rss+xml", f"<rss version='2.0'><channel><title>Trial</title>{item}</channel></rss>"
        if path == "/story":
            body = f"<article><h1>{TITLE}</h1><p>{NEWS}</p>{REST}</article>"
            return "text/html", f"<html lang='en'><head><title>{TITLE}</title></head><body>{body}</body></html>"
        return None


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """Serve it for as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    found = Newsroom(server.server_port)
    server.RequestHandlerClass = _handler(found)
    thread = threading.Thread(target=server.serve_forever, name="trial newsroom", daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _handler(room: Newsroom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers for the room."""

        def do_GET(self) -> None:
            """Serve feed and story."""
            room.asked.append(self.path)
            found = room.page(self.path)
            self._answer(404 if found is None else 200, *(found or ("text/plain", "")))

        def do_POST(self) -> None:
            """Take a call."""
            size = min(int(self.headers.get("content-length", "0")), MAX_CALL)
            headers = {name.lower(): value for name, value in self.headers.items()}
            room.calls.append(Call(headers, self.rfile.read(size)))
            self._answer(200, "text/plain", "")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self, status: int, kind: str, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("content-type", f"{kind}; charset=utf-8")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler
