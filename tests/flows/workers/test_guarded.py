"""One bad item is abandoned alone; the rest, and the machine, go on."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from extractors.feeds.listing import read_feed
from extractors.model import Article, Rejected
from extractors.reading.article import read_html
from flows.workers.bounds import MEBIBYTE, READERS, Bounds, Setup
from flows.workers.ending import Abandoned, Done, Ended, WorkerSetupError
from flows.workers.guarded import Crew, run_guarded
from tests.flows.workers import misbehaviour

pytestmark = pytest.mark.slow

BOUNDS = Bounds(seconds=20, memory_bytes=100 * MEBIBYTE, workers=2)


open_lambda = lambda: 0  # noqa: E731 - pickle finds no function of that name


def fates(items: list[str], bounds: Bounds = BOUNDS, *, in_order: bool = True) -> list[str]:
    return [fate(ended) for ended in run_guarded(misbehaviour.read, items, bounds=bounds, in_order=in_order)]


def fate(ended: Ended[str, str]) -> str:
    return ended.value if isinstance(ended, Done) else f"{ended.reason}: {ended.detail}".rstrip(": ")


FAULTS = {
    "sleep 60": "stalled",
    "spin": "timeout",
    "eat": "memory",
    "nibble": "memory",
    "fault": "crash: SIGSEGV",
    "leave 5": "crash: exit code 5",
    "raise": "error: ValueError: no such page",
    "recurse": "error: RecursionError",
    "odd": "error: OddError",
    "unsendable": "error: AttributeError",
    "quit": "error: SystemExit: 3",
    "kill": "killed: SIGKILL",
    "stop": "stalled",
    "disk": "unavailable: OSError: [Errno 5]",
    "absent": "unavailable: not here for now",
    "bad gzip": "error: BadGzipFile",
}
BLAMES = {
    "content": {"raise", "recurse", "odd", "unsendable", "quit", "bad gzip"},
    "suspect": {"spin", "eat", "nibble", "fault", "leave 5"},
    "machine": {"sleep 60", "kill", "stop", "disk", "absent"},
}


def test_every_misbehaviour_ends_its_item_alone_and_with_its_reason() -> None:
    """Also one that stands still or is killed; what the machine did is told from what the content did."""
    ended, started = [], time.monotonic()
    for standing, wall_s in ((False, 60.0), (True, 4.0)):  # a busy machine must not make a spinning one stand still
        names = [name for name, end in FAULTS.items() if (end == "stalled") is standing]
        items = [item for bad in names for item in (bad, f"good {bad}")]
        bounds = replace(BOUNDS, seconds=1.5, wall_seconds=wall_s)
        found = list(run_guarded(misbehaviour.read, items, bounds=bounds))
        assert [fate(one) for one in found[1::2]] == [f"GOOD {bad.upper()}" for bad in names]
        assert [one for one in found[::2] if not fate(one).startswith(FAULTS[one.item])] == []
        ended += found
    blames = {one.item: one.blame for one in ended if isinstance(one, Abandoned)}
    assert blames == {bad: blame for blame, items in BLAMES.items() for bad in items}
    assert time.monotonic() - started < 150  # also where others have the processor


def test_time_in_which_others_had_the_processor_is_not_the_items_own() -> None:
    """An item that waits longer than its processor time ends as it should."""
    assert fates(["sleep 1.5", "a"], replace(BOUNDS, seconds=0.5)) == ["SLEEP 1.5", "A"]


def test_workers_serve_one_stream_after_the_other() -> None:
    """They are set up once, out of nobody's time, and live on over what ends a stream."""
    setup = Setup(misbehaviour.remember, ("a model",))
    crew: Crew[str, tuple[str, str, int]] = Crew(misbehaviour.recall, Bounds(workers=1, seconds=1), setup=setup)
    with crew:
        first = list(crew.run(["a", "b"]))
        assert next(crew.run(["c", "d"], in_order=False)).item == "c"
        again = list(crew.run(["e"]))
    values = [one.value for one in (*first, *again) if isinstance(one, Done)]
    assert [value[:2] for value in values] == [("a model", "a"), ("a model", "b"), ("a model", "e")]
    assert values[0][2] == values[1][2]


def test_a_worker_that_cannot_be_set_up_is_no_items_fault() -> None:
    """The whole stream fails, with what was raised."""
    crew: Crew[str, object] = Crew(misbehaviour.recall, BOUNDS, setup=Setup(misbehaviour.read, ("raise",)))
    with crew, pytest.raises(WorkerSetupError, match="no such page"):
        list(crew.run(["a", "b"]))


def test_each_item_may_have_its_own_time() -> None:
    """By what it is."""
    crew: Crew[str, str] = Crew(misbehaviour.read, BOUNDS, seconds=lambda item: 0.5 if item == "spin" else 20)
    with crew:
        assert [fate(one) for one in crew.run(["spin", "a"])] == ["timeout", "A"]


def test_results_come_in_the_order_of_the_items_or_as_they_end() -> None:
    items = ["sleep 0.3", "a", "b", "c"]
    assert fates(items) == ["SLEEP 0.3", "A", "B", "C"]
    assert fates(items, in_order=False) == ["A", "B", "C", "SLEEP 0.3"]


def test_items_are_taken_only_as_workers_get_free() -> None:
    taken = 0

    def stream() -> Iterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield f"item {number}"

    results = run_guarded(misbehaviour.read, stream(), bounds=BOUNDS)
    assert next(results) == Done("item 0", "ITEM 0")
    assert taken < 20
    results.close()  # type: ignore[attr-defined]


def test_workers_are_kept_and_renewed() -> None:
    kept = {end.value for end in run_guarded(misbehaviour.worker, ["x"] * 40, bounds=BOUNDS) if isinstance(end, Done)}
    assert len(kept) <= 2
    renewing = Bounds(workers=1, items_per_worker=10)
    renewed = [
        end.value for end in run_guarded(misbehaviour.worker, ["x"] * 30, bounds=renewing) if isinstance(end, Done)
    ]
    assert [renewed.count(process) for process in dict.fromkeys(renewed)] == [10, 10, 10]
    assert os.getpid() not in kept | set(renewed)


def test_an_item_may_be_more_than_the_function_takes() -> None:
    items = [("a", 1, "kept here"), ("b", 2, "too")]
    results = run_guarded(misbehaviour.two, items, bounds=BOUNDS, arguments=lambda item: item[:2])
    assert [(end.item[2], end.value) for end in results if isinstance(end, Done)] == [
        ("kept here", "a1"),
        ("too", "b2"),
    ]


def test_large_items_and_results_pass() -> None:
    (length,) = fates(["long 10000000"])
    assert len(length) == 10_000_000
    (upper,) = fates(["x" * 5_000_000])
    assert len(upper) == 5_000_000


@pytest.mark.parametrize("in_order", [True, False])
def test_an_item_that_cannot_be_sent_is_an_error(in_order: bool) -> None:
    for items in (
        [print, open_lambda],
        ["a", open_lambda],
        [open_lambda, "a"],
        [open_lambda] * 20,
        ["a", "b", open_lambda],
    ):
        ended = list(run_guarded(misbehaviour.read, items, bounds=BOUNDS, in_order=in_order))
        assert len(ended) == len(items)
        refused = [end for end in ended if end.item is open_lambda]
        assert {isinstance(end, Abandoned) and end.reason for end in refused} == {"error"}


def test_a_failing_stream_of_items_stops_the_workers() -> None:
    def stream() -> Iterator[str]:
        yield "sleep 300"
        raise OSError("the file is gone")

    started = time.monotonic()
    with pytest.raises(OSError, match="gone"):
        list(run_guarded(misbehaviour.read, stream(), bounds=Bounds(workers=2)))
    assert time.monotonic() - started < 150


def test_no_items_give_no_results() -> None:
    assert fates([]) == []


NEWS = b"<p>The envoy of Freedonia said on Monday that the talks in Strelsau would go on for a week more.</p>" * 12
READ_PAGES = {
    "page": b"<html><head><title>Talks go on</title></head><body><article>" + NEWS + b"</article></body></html>",
    "links": b"<html><body>" + b"<a href='/x'>News</a> " * 200_000 + b"</body></html>",
    "paragraphs": b"<html><body>" + b"<p>Some words of news here.</p>" * 200_000 + b"</body></html>",
    "deep": b"<div>" * 300_000 + b"x",
    "comments": b"<!--" * 40_000,
}


def test_hostile_pages_and_feeds_end_in_time_and_leave_the_others_be() -> None:
    bounds = Bounds(seconds=4, workers=2, preload=READERS)
    items = [item for hostile in READ_PAGES for item in (hostile, "page")]
    for reader, good in ((read_html, Article), (read_feed, Rejected)):
        started = time.monotonic()
        ended = list(
            run_guarded(reader, items, bounds=bounds, arguments=lambda name: (READ_PAGES[name], "http://a.example/"))
        )
        assert {type(end.value) for end in ended if end.item == "page" and isinstance(end, Done)} == {good}
        assert not [end for end in ended if end.item == "page" and isinstance(end, Abandoned)]
        assert {end.reason for end in ended if isinstance(end, Abandoned)} <= {"timeout", "memory"}
        assert time.monotonic() - started < 200


SCRIPT = """
import sys
from flows.workers import Bounds, run_guarded
from tests.flows.workers import misbehaviour
if __name__ == "__main__":
    results = run_guarded(misbehaviour.worker, ["a", "b"] * 8, bounds=Bounds(workers=2))
    print(next(results).value, next(results).value, flush=True)
    for _ in run_guarded(misbehaviour.read, ["spin"] * 4, bounds=Bounds(workers=2, seconds=2)):
        pass
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc")
def test_workers_killed_at_any_moment_cost_their_items_and_no_more() -> None:
    is_over = threading.Event()

    def kill_now_and_then() -> None:
        chance = random.Random(7)
        while not is_over.wait(chance.uniform(0.005, 0.05)):
            servers = [child for child in children_of(os.getpid()) if "forkserver" in command_of(child)]
            workers = [child for child in servers if parent_of(child) != os.getpid()]
            if workers:
                with suppress(OSError):
                    os.kill(chance.choice(workers), signal.SIGKILL)

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    try:
        items = ["long 300000", "x" * 20_000, "sleep 0.005"] * 150
        ended = list(run_guarded(misbehaviour.read, items, bounds=BOUNDS))
    finally:
        is_over.set()
        killer.join()
    assert [end.item for end in ended] == items
    lost = [end for end in ended if isinstance(end, Abandoned)]
    assert {(end.reason, end.detail) for end in lost} <= {("killed", "SIGKILL")}
    assert {end.blame for end in lost} == {"machine"}
    assert len(lost) < len(items) / 2


def parent_of(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return os.getpid()


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def test_a_script_without_a_main_guard_is_not_run_by_its_workers(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "print('started', flush=True)\n"
        "from flows.workers import Bounds, run_guarded\n"
        "from tests.flows.workers import misbehaviour\n"
        "print([end.value for end in run_guarded(misbehaviour.read, ['a', 'b'], bounds=Bounds(workers=2))])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, str(script)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "started\n['A', 'B']\n"
    assert done.stderr == ""


def children_of(parent: int) -> set[int]:
    """Return the process's living descendants."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found |= {int(stat.parent.name)} | children_of(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_or_killed_parent_leaves_no_orphans(tmp_path: Path, kind: signal.Signals) -> None:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        until(lambda: len(children_of(parent.pid)) >= 4)
        children = children_of(parent.pid)
        parent.send_signal(kind)
        parent.wait(10)
        until(lambda: not any(is_alive(child) for child in children))


def until(condition: object) -> None:
    """Wait for the condition, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def send_fates(pipe: Connection) -> None:
    pipe.send(fates(["fine", "kill"]))


def test_a_process_that_may_have_no_children_has_workers_all_the_same() -> None:
    """Clusters run their workers as daemons, which multiprocessing gives no children."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=send_fates, args=(theirs,), daemon=True)
    process.start()
    assert ours.poll(60)
    assert ours.recv() == ["FINE", "killed: SIGKILL"]
    process.join(10)
