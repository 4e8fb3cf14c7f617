"""Which addresses may be talked to, and that the one checked is the one connected to."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.http import AddressPolicy, Fetched, FetchFailed, parse_networks
from flows.http.guard import ThreadResolver
from tests.flows.http.asking import ask, names
from tests.site import Site, redirect, text

REFUSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.7",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.3",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "2a00:1450::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
    "",
]
PERMITTED = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2a00:1450:4001::5",
    "2606:4700::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
]
SPELLINGS = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://user@127.0.0.1/",
    "http://127.0.0.1./",
    "http://①②⑦.0.0.1/",
]


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not AddressPolicy().permits(address)


@pytest.mark.parametrize("address", PERMITTED)
def test_public_addresses_are_permitted(address: str) -> None:
    assert AddressPolicy().permits(address)


@settings(deadline=None)
@given(
    st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7") | st.ip_addresses(network="fe80::/10")
)
def test_no_private_address_is_permitted_in_any_form(address: object) -> None:
    assert not AddressPolicy().permits(str(address))
    assert not AddressPolicy().permits(f"::ffff:{address}")


def test_networks_can_be_allowed() -> None:
    policy = AddressPolicy(parse_networks(["192.168.7.0/24", "fd00::/8"]))
    assert policy.permits("192.168.7.9")
    assert policy.permits("fd00::1")
    assert not policy.permits("192.168.8.9")
    with pytest.raises(ValueError, match="does not appear to be"):
        parse_networks(["intranet"])


@pytest.mark.parametrize("url", SPELLINGS)
def test_loopback_is_refused_however_it_is_spelt(url: str) -> None:
    outcome = ask(url, policy=AddressPolicy())
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason in {"private-address", "dns", "bad-url"}


def test_a_name_that_resolves_to_loopback_is_refused_and_no_connection_made(site: Site) -> None:
    url = site.url("/", "innocent.example")
    outcome = ask(url, policy=AddressPolicy(), resolve=names(innocent_example=["127.0.0.1"]))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "private-address"
    assert "127.0.0.1" in outcome.detail
    assert not site.requests
    assert site.connections == 0


def test_a_redirect_is_judged_like_the_first_request(site: Site) -> None:
    site.put("/", redirect(site.url("/admin", "inner.example")))
    resolve = names(inner_example=["127.0.0.2"])
    outcome = ask(site.url("/"), policy=AddressPolicy(parse_networks(["127.0.0.1"])), resolve=resolve)
    assert isinstance(outcome, FetchFailed)
    assert (outcome.reason, outcome.url) == ("private-address", site.url("/admin", "inner.example"))
    assert len(site.requests) == 1


def test_a_name_is_looked_up_once_and_the_checked_address_is_used(site: Site) -> None:
    """A name server that answers well first and badly later (rebinding) gets no second question."""
    site.put("/", text("good"))
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers)

    policy = AddressPolicy(parse_networks(["127.0.0.1"]))
    assert isinstance(ask(site.url("/", "shifty.example"), policy=policy, resolve=rebinding), Fetched)
    assert next(answers) == ["127.0.0.2"]


def test_of_mixed_addresses_only_the_permitted_are_tried(site: Site) -> None:
    site.put("/", text("good"))
    policy = AddressPolicy(parse_networks(["127.0.0.2"]))
    resolve = names(mixed_example=["127.0.0.1", "10.0.0.1", "127.0.0.2"])
    assert isinstance(ask(site.url("/", "mixed.example"), policy=policy, resolve=resolve), Fetched)


def test_an_address_that_refuses_gives_way_to_the_next(site: Site) -> None:
    site.put("/", text("good"))
    resolve = names(double_example=["127.0.0.9", "127.0.0.1"])
    assert isinstance(ask(site.url("/", "double.example"), resolve=resolve), Fetched)


def test_a_name_without_addresses_is_a_dns_failure() -> None:
    outcome = ask("http://empty.example/", resolve=names(empty_example=[]))
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "dns"


def test_the_systems_resolver_is_asked_in_threads_of_its_own(site: Site) -> None:
    import asyncio

    async def run() -> Sequence[str]:
        resolver = ThreadResolver()
        try:
            return await resolver("127.0.0.1", 80)
        finally:
            resolver.close()

    assert asyncio.run(run()) == ["127.0.0.1"]
