"""Connections, and who they say is asking."""

import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache

import httpcore

from flows.http.guard import AddressPolicy, GuardedBackend, Resolve, ThreadResolver

AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR")  # where OpenSSL looks for those of the system


@dataclass(frozen=True, slots=True)
class Client:
    """Connections and the way they are opened; ``user_agent`` says who asks."""

    pool: httpcore.AsyncConnectionPool
    backend: GuardedBackend
    user_agent: str
    is_proxied: bool = False


@cache
def trusted_authorities(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Return how certificates are judged; reading the authorities takes as long as a hundred requests."""
    return httpcore.default_ssl_context()


@asynccontextmanager
async def open_client(
    *,
    user_agent: str,
    policy: AddressPolicy = AddressPolicy(),  # noqa: B008 - frozen
    resolve: Resolve | None = None,
    proxy: str | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> AsyncIterator[Client]:
    """Open a client; proxies named in the environment are not used, ``proxy`` is (its own address is not judged)."""
    threads = ThreadResolver()
    backend = GuardedBackend(policy, resolve or threads)
    tls = ssl_context or trusted_authorities(*map(os.environ.get, AUTHORITIES))
    # Politeness bounds what runs at once; the pool itself must never make a request wait. Connections are not kept:
    # between two requests to a host lies a pause anyway, and what a server sends too much of on a kept one would be
    # taken for the next answer.
    sizes = {"max_connections": None, "max_keepalive_connections": 0}
    pool = (
        httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=backend, **sizes)  # type: ignore[arg-type]
        if proxy is None
        else httpcore.AsyncHTTPProxy(proxy_url=proxy, ssl_context=tls, **sizes)  # type: ignore[arg-type]
    )
    try:
        async with pool:
            yield Client(pool, backend, user_agent, is_proxied=proxy is not None)
    finally:
        threads.close()
