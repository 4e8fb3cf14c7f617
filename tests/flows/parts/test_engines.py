"""Who does the work: what the words for it mean, and what is said where it cannot be had."""

import sys
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.parts import Call, flaw_of, open_engine
from flows.parts.engines import AHEAD, Cluster
from flows.telling import WorkFailedError
from flows.workers import Abandoned, Done
from tests.flows.command import tocsin


def test_words_that_name_no_cluster_are_told_apart() -> None:
    good = ("local:1", "local:16", "tcp://host:8786", "tls://10.0.0.1:8786")
    assert [flaw_of(one) for one in good] == [None] * 4
    for bad in ("local:", "local:0", "local:-1", "local:x", "local:²", "host:8786", "http://host", "tcp://", ""):
        assert flaw_of(bad) is not None, bad


def test_a_wrong_word_and_a_missing_file_are_wrong_calls(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"")
    done = tocsin("backfill", tmp_path / "a.warc.gz", "--cluster", "host:8786")
    assert (done.code, "neither local:N nor" in done.err) == (2, True)
    done = tocsin("backfill", tmp_path / "b.warc.gz")
    assert (done.code, "b.warc.gz" in done.err) == (2, True)


@pytest.mark.parametrize("cluster", ["local:2", "tcp://127.0.0.1:1"])
def test_without_the_extra_it_is_said_which(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkFailedError, match=r"tocsin\[cluster\]"), open_engine(cluster, lambda work: work):
        pass


def lend(name: str, *, workers: int) -> Path:
    if name == "broken":
        raise OSError("no such disk")
    return Path(name)


def test_what_fails_here_holds_up_nothing_and_results_keep_their_order() -> None:
    calls = [Call(name, (name,)) for name in ("a", "broken", "b")]
    with open_engine(None, lambda work: work) as engine:
        ended = list(engine.run(lend, calls))
    assert [one.value if isinstance(one, Done) else one.detail for one in ended] == [
        Path("a"),
        "no such disk",
        Path("b"),
    ]
    assert isinstance(ended[1], Abandoned)
    assert ended[1].blame == "machine"


class Standin:
    """Stands in for a client of Dask whose scheduler does to calls what it is told, one after the other."""

    def __init__(self, fates: list[str]) -> None:
        self.fates, self.connections, self.submitted = fates, 0, list[str]()
        self.is_deserted = False

    def connect(self) -> "Standin":
        self.connections += 1
        self.is_deserted = False
        return self

    def submit(self, function: Callable[..., Path], name: str, **_: object) -> "Standin.Call":
        self.submitted.append(name)
        return Standin.Call(self, name, self.fates.pop(0) if self.fates else "done")

    def scheduler_info(self, n_workers: int) -> dict[str, dict[str, str]]:
        return {"workers": {} if self.is_deserted else {"tcp://one": "idle"}}

    def wait_for_workers(self, n: int, timeout: float) -> None: ...

    def close(self, timeout: float = 0) -> None: ...

    @dataclass
    class Call:
        """What was submitted."""

        scheduler: "Standin"
        name: str
        fate: str

        def exception(self, timeout: float | None = None) -> Exception | None:
            match self.fate:
                case "forgotten":
                    raise CancelledError
                case "deserted":
                    self.scheduler.is_deserted = True
                    raise TimeoutError
                case "late":
                    self.fate = "done"
                    raise TimeoutError
                case "raises":
                    return OSError("no such disk")
            return None

        def result(self) -> Path:
            return Path(self.name)


@pytest.mark.parametrize(
    ("fates", "n_again"),
    [([], 0), (["done", "forgotten"], 1), (["deserted"], 1), (["late", "done", "deserted", "forgotten"], 1)],
)
def test_what_a_scheduler_forgets_or_has_no_worker_for_is_handed_over_again(fates: list[str], n_again: int) -> None:
    scheduler = Standin(list(fates))
    engine = Cluster(scheduler.connect)
    names = [str(n) for n in range(10)]
    ended = list(engine.run(lend, [Call(name, (name,)) for name in names]))
    assert [one.value for one in ended if isinstance(one, Done)] == [Path(name) for name in names]
    assert scheduler.connections == 1 + n_again
    assert len(scheduler.submitted) - len(names) <= AHEAD * n_again  # no more than were under way


def test_a_call_that_raises_is_named_and_the_others_go_on() -> None:
    engine = Cluster(Standin(["done", "raises", "done"]).connect)
    ended = list(engine.run(lend, [Call(name, (name,)) for name in "abc"]))
    assert [type(one) for one in ended] == [Done, Abandoned, Done]
    assert "no such disk" in getattr(ended[1], "detail", "")
