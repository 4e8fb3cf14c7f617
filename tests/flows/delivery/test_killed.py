"""`kill -9` anywhere on the way of a message: nothing is lost, and a second copy carries the key of the first."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.flows.command import ROOT
from tests.flows.delivery.receivers import Office, OpenOffice
from tests.site.reply import Act, Reply, Request, scripted
from tests.site.server import Site
from tests.warehouse.told import Said

pytestmark = [pytest.mark.slow]


def doomed(desk: Office, point: str) -> subprocess.Popen[str]:
    """Start a process that empties the outbox until the point."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.flows.delivery.killed",
            desk.warehouse,
            desk.alerting.model_dump_json(by_alias=True),
            point,
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_settled(desk: Office) -> bool:
    return desk.rows("SELECT DISTINCT status FROM deliveries WHERE channel = 'desk'") == [("delivered",)]


@pytest.mark.parametrize(("point", "n_requests"), [("before sending", 1), ("after sending", 2), ("while marking", 2)])
def test_a_message_survives_the_death_of_its_sender(office: OpenOffice, point: str, n_requests: int) -> None:
    with Site() as site:
        desk = office("webhook", site.put("/hook", Reply(200)))
        desk.now = datetime.now(UTC)
        desk.ring(Said(), Said("will fight", severity=5))
        assert doomed(desk, point).wait(120) == -signal.SIGKILL
        assert not is_settled(desk)
        desk.ring(Said("will march"))  # what rings meanwhile must not change the message under way
        desk.deliver()
    first = [request for request in site.requests if b"will fight" in request.body]
    assert len(first) == n_requests
    assert len({request.headers["idempotency-key"] for request in first}) == 1
    assert len({request.body for request in first}) == 1
    assert len([request for request in site.requests if b"will march" in request.body]) == 1
    assert is_settled(desk)
    assert desk.deliver().sent == 0


def test_a_message_survives_the_death_of_its_sender_during_the_sending(office: OpenOffice) -> None:
    arrived: list[Request] = []

    def hang_once(request: Request) -> Reply:
        arrived.append(request)
        return scripted(Act.HANG) if len(arrived) == 1 else Reply(200)

    with Site() as site:
        desk = office("webhook", site.put("/hook", hang_once), send_seconds=60, lease_seconds=120)
        desk.now = datetime.now(UTC)
        desk.ring(Said())
        process = doomed(desk, "while sending")
        wait_for(lambda: len(arrived) == 1)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        assert not is_settled(desk)
        assert desk.deliver().sent == 1
    assert arrived[0].headers["idempotency-key"] == arrived[1].headers["idempotency-key"]
    assert is_settled(desk)


def test_two_processes_at_once_send_a_message_once(office: OpenOffice) -> None:
    with Site() as site:
        desk = office("webhook", site.put("/hook", Reply(200, wait=0.5)))
        desk.now = datetime.now(UTC)
        desk.ring(*[Said(f"will answer number {n}") for n in range(3)])
        both = [doomed(desk, "never") for _ in range(2)]
        assert [process.wait(120) for process in both] == [0, 0]
    assert len(site.requests) == 1
    assert is_settled(desk)


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)
