"""Which addresses may be talked to, checked on the address that is then connected to.

The check sits below HTTP, where the socket is opened, so that it covers every redirect and leaves no second look-up
between check and use (DNS rebinding).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import httpcore

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

# IANA's special-purpose registries, and multicast; spelt out because the standard library's notion of a global address
# differs between Python's minor versions.
REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Only 2000::/3 is handed out as global unicast; what is listed here is carved out of it.
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# On a network without IPv4 every name resolves into this prefix (RFC 6052): what counts is the address inside.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# getaddrinfo blocks a thread for as long as a dead name server likes: enough threads that others go on.
RESOLVER_THREADS = 64
MAX_ADDRESSES = 4


class NameNotResolved(httpcore.ConnectError):
    """The host has no address."""


class AddressRefused(httpcore.ConnectError):
    """Every address of the host is one that must not be talked to."""


class NotConnected(httpcore.ConnectError):
    """No address of the host took the connection; ``is_refused`` when one said so outright."""

    def __init__(self, message: str, *, is_refused: bool) -> None:
        """Keep whether the far end refused."""
        super().__init__(message)
        self.is_refused = is_refused


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Public addresses, and those of ``allowed``: an intranet's networks, or loopback in a test."""

    allowed: tuple[Network, ...] = ()

    def permits(self, address: str) -> bool:
        """Tell whether the address (as text) may be connected to; what is no address may not."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.allowed) or is_public(parsed)


def parse_networks(networks: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks; raises ``ValueError`` on one that is none."""
    return tuple(ipaddress.ip_network(network, strict=False) for network in networks)


def is_public(address: Address) -> bool:
    """Tell whether the address is one of the public Internet; an IPv4 address inside an IPv6 one is judged itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in REFUSED_V4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in GLOBAL_V6 and not any(address in network for network in REFUSED_V6)


def is_address(host: str) -> bool:
    """Tell whether the host is an address already; other spellings of one are left to the resolver."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class ThreadResolver:
    """The system's resolver in threads of its own, so that hanging look-ups starve nothing else."""

    def __init__(self) -> None:
        """Start no thread yet."""
        self._threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return the host's addresses in the system's order; raises ``OSError`` where there is none."""
        if is_address(host):
            return [host]
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def close(self) -> None:
        """Let go of the threads without waiting for those that hang."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens sockets for httpcore to permitted addresses only."""

    def __init__(self, policy: AddressPolicy, resolve: Resolve) -> None:
        """Take the policy and the way names are resolved."""
        self._policy = policy
        self._resolve = resolve
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first permitted address that answers, sharing the time among them."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + (timeout if timeout is not None else 3600.0)
        addresses = await self.permitted(host, port, deadline - loop.time())
        error: Exception = NotConnected("no address", is_refused=False)
        for index, address in enumerate(addresses):
            share = max(0.0, deadline - loop.time()) / (len(addresses) - index)
            try:
                return await self._sockets.connect_tcp(address, port, share, local_address, socket_options)
            except httpcore.ConnectTimeout as late:
                error = late
            except httpcore.ConnectError as failed:
                error = NotConnected(str(_root(failed)), is_refused=isinstance(_root(failed), ConnectionRefusedError))
        raise error

    async def permitted(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Return the host's addresses that may be connected to; raises where there is none."""
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise NameNotResolved(f"no answer within {seconds:.1f} s") from error
        except (OSError, UnicodeError) as error:
            raise NameNotResolved(str(error)) from error
        permitted = [address for address in addresses if self._policy.permits(address)]
        if addresses and not permitted:
            raise AddressRefused(f"{host} is at {', '.join(addresses[:MAX_ADDRESSES])}")
        if not permitted:
            raise NameNotResolved(f"{host} has no address")
        return permitted[:MAX_ADDRESSES]

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: the web has no Unix sockets."""
        raise AddressRefused(path)

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore's own retries."""
        await asyncio.sleep(seconds)


def _root(error: BaseException) -> BaseException:
    """Return the first cause; a group of attempts counts by its first."""
    while True:
        cause = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__
        if cause is None:
            return error
        error = cause
