"""URLs as the door takes them: http(s) only, credentials apart, nothing secret in what is logged or stored."""

import base64
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import httpx

from flows.http.outcome import Failure

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """One URL to ask for; ``text`` has neither credentials nor fragment, ``authorization`` is a header's value.

    ``raw_host`` is the name to look up, in ASCII, ``path`` what stands in the request's first line.
    """

    text: str
    scheme: str
    host: str
    port: int
    authorization: str | None
    raw_host: str
    path: bytes
    netloc: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Return the target; raises ``Failure`` with ``bad-url`` or ``bad-scheme``."""
        try:
            parsed = httpx.URL(url.strip())
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise Failure("bad-url", str(error)) from error
        if parsed.scheme not in DEFAULT_PORTS:
            raise Failure("bad-scheme", parsed.scheme[:40] or "none")
        if not parsed.host:
            raise Failure("bad-url", "no host")
        port = DEFAULT_PORTS[parsed.scheme] if parsed.port is None else parsed.port
        if not 0 < port < 65536:
            raise Failure("bad-url", f"port {port}")
        return cls(
            text=str(parsed.copy_with(userinfo=b"", fragment=None) if parsed.userinfo or "#" in url else parsed),
            scheme=parsed.scheme,
            host=parsed.host.lower().rstrip("."),
            port=port,
            authorization=_basic(parsed.userinfo) if parsed.userinfo else None,
            raw_host=parsed.raw_host.decode("ascii"),
            path=parsed.raw_path,
            netloc=parsed.netloc.decode("ascii"),
        )

    @property
    def origin(self) -> str:
        """Scheme, host and port: what robots.txt and credentials belong to."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def site(self) -> str:
        """The host as politeness counts it: http and https are one, an unusual port is another server."""
        return self.host if self.port in DEFAULT_PORTS.values() else f"{self.host}:{self.port}"

    def redirected(self, location: str) -> "Target":
        """Return where ``location`` leads from here; credentials stay with their origin."""
        try:
            there = Target.parse(urljoin(self.text, _as_utf8(location)))
        except ValueError as error:
            raise Failure("bad-url", str(error)) from error
        if there.authorization is None and there.origin == self.origin:
            return replace(there, authorization=self.authorization)
        return there


def _as_utf8(header: str) -> str:
    """Return the header's value read as UTF-8 where that is what it is, as browsers do."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _basic(userinfo: bytes) -> str:
    name, _, password = userinfo.decode("ascii").partition(":")
    pair = f"{unquote(name)}:{unquote(password)}"
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


def redact(url: str) -> str:
    """Return the URL without user name and password, fit for logs, records and reports; never raises."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("://")[0] + "://[unreadable]" if "@" in url else url
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
