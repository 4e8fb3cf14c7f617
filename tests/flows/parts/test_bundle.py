"""The configuration as a value: what is unpacked elsewhere is what was packed, layer by layer."""

from pathlib import Path

from config.load import load_configuration
from flows.parts.bundle import pack, unpack
from tests.flows.live import TOPICS, write_live_config


def test_the_packaged_configuration_needs_no_files() -> None:
    bundle = pack(None)
    assert bundle.folders == ()
    assert unpack(bundle) is None


def test_folders_that_extend_others_are_the_same_elsewhere(tmp_path: Path) -> None:
    write_live_config(tmp_path / "office")
    (tmp_path / "office" / "tocsin.toml").write_text('extends = "packaged"\n[batches]\narticles = 7\n')
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "tocsin.toml").write_text('# ours\nextends = "../office"\n[read]\nworkers = 3\n')
    (tmp_path / "desk" / "topics.toml").write_text(TOPICS.replace('"ferry", "ferries"', '"barge"'))
    there = unpack(pack(tmp_path / "desk"))
    assert there is not None
    assert tmp_path not in there.parents
    here, found = load_configuration(tmp_path / "desk"), load_configuration(there)
    assert found.settings == here.settings.model_copy(update={"extends": "../1"})
    assert (found.topics, found.digest) == (here.topics, here.digest)
    assert (found.settings.batches.articles, found.settings.read.workers) == (7, 3)


def test_what_is_packed_is_told_apart_by_its_content(tmp_path: Path) -> None:
    one, two = write_live_config(tmp_path / "one"), write_live_config(tmp_path / "two")
    assert pack(one) == pack(two)
    (two / "tocsin.toml").write_text("[batches]\narticles = 9\n")
    assert pack(one).digest != pack(two).digest
    assert pack(one).version == pack(two).version  # the same pages are kept
