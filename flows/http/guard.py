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
from functools import lru_cache
from typing import TypeAlias

from flows.http.outcome import Failure

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


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Public addresses, and those of ``allowed``: an intranet's networks, or loopback in a test."""

    allowed: tuple[Network, ...] = ()

    def permits(self, address: str) -> bool:
        """Tell whether the address (as text) may be connected to; what is no address may not."""
        parsed = _parsed(address)
        return parsed is not None and (any(parsed in network for network in self.allowed) or is_public(parsed))


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
    return _parsed(host) is not None


@lru_cache(maxsize=1024)
def _parsed(address: str) -> Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


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


@dataclass(frozen=True, slots=True)
class Guard:
    """Which addresses of a name may be connected to; whoever connects takes no others and looks up no name again."""

    policy: AddressPolicy
    resolve: Resolve

    async def permitted(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Return the host's addresses that may be connected to; raises ``Failure`` where there is none."""
        try:
            async with asyncio.timeout(seconds):
                addresses = await self.resolve(host, port)
        except TimeoutError as error:
            raise Failure("dns", f"no answer within {seconds:.1f} s") from error
        except (OSError, UnicodeError) as error:
            raise Failure("dns", str(error)) from error
        permitted = [address for address in addresses if self.policy.permits(address)]
        if addresses and not permitted:
            raise Failure("private-address", f"{host} is at {', '.join(addresses[:MAX_ADDRESSES])}")
        if not permitted:
            raise Failure("dns", f"{host} has no address")
        return permitted[:MAX_ADDRESSES]
