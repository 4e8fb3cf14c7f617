"""Who asks, by which way, and whose certificates count."""

import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import certifi

from flows.http.guard import AddressPolicy, Guard, Resolve, ThreadResolver

AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR")  # where OpenSSL looks for those of the system


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where requests are handed on; its own address is not judged."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Client:
    """How connections are opened; ``user_agent`` says who asks."""

    guard: Guard
    tls: ssl.SSLContext
    user_agent: str
    proxy: Proxy | None = None


@cache
def trusted_authorities(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Return how certificates are judged; reading the authorities takes as long as a thousand requests."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


@asynccontextmanager
async def open_client(
    *,
    user_agent: str,
    policy: AddressPolicy = AddressPolicy(),  # noqa: B008 - frozen
    resolve: Resolve | None = None,
    proxy: str | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> AsyncIterator[Client]:
    """Open a client; proxies named in the environment are not used, ``proxy`` (``http://host:port``) is."""
    threads = ThreadResolver()
    tls = ssl_context or trusted_authorities(*map(os.environ.get, AUTHORITIES))
    try:
        yield Client(Guard(policy, resolve or threads), tls, user_agent, _proxy(proxy) if proxy else None)
    finally:
        threads.close()


def _proxy(url: str) -> Proxy:
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"{url!r} is no address of an http proxy")
    return Proxy(parts.hostname, parts.port or 80)
