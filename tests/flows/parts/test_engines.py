"""Who does the work: what the words for it mean, and what is said where it cannot be had."""

import sys
from pathlib import Path

import pytest

from flows.parts import Call, flaw_of, open_engine
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
