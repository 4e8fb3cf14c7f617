"""The files to start from are valid as they are, and so are their examples, which show what each file can add."""

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # comes with Prefect
import pytest

from config.describing.catalog import MODELS, editor_schemas
from config.describing.strays import strays
from config.files import PACKAGED
from config.layering.reading import read_layers
from config.load import Configuration, load_configuration
from config.starter import starter_files
from extractors import classify
from extractors.language import load_language

pytestmark = pytest.mark.slow


def write(folder: Path, *, is_taken: bool) -> Path:
    """Write the files, the examples taken in or not."""
    folder.mkdir(parents=True)
    for name, text in starter_files().items():
        taken = re.sub(r"(?m)^#(?=[^ \n:])", "", text) if is_taken else text
        (folder / name).write_text(taken, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every example taken in."""
    return write(tmp_path_factory.mktemp("starter") / "taken", is_taken=True)


@pytest.fixture(scope="module")
def configuration(taken: Path) -> Configuration:
    """Return what the examples come to."""
    return load_configuration(taken)


def test_the_files_as_they_are_change_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "as-is", is_taken=False)
    own, packaged = load_configuration(folder), load_configuration(None)
    assert own.facts() == packaged.facts()
    assert own.rules == packaged.rules
    assert own.settings.model_dump(exclude={"extends"}) == packaged.settings.model_dump(exclude={"extends"})
    assert strays(folder) == []


def test_every_file_has_examples_and_names_its_schema() -> None:
    for name, text in starter_files().items():
        assert text.startswith(f"#:schema ./schemas/{name.removesuffix('.toml')}.json\n")
        assert re.search(r"(?m)^#[^ \n:]", text), name


def test_the_examples_are_valid_together_and_each_adds_or_changes_something(configuration: Configuration) -> None:
    packaged = load_configuration(None)
    assert [one.source_id for one in configuration.sources] == ["tern-harbour-post"]
    assert [one.name for one in configuration.topics] == ["tern-bank"]
    assert {"ilse-torvan", "kelmark-coast-guard", "XKE"} < set(configuration.gazetteer.by_id) | {"XKE"}
    assert "kim-yo-jong" not in configuration.gazetteer.by_id
    assert {one.name: one.severity for one in configuration.rules} == {"escalation": 5, "tern-bank": 3}
    assert [one.name for one in configuration.alerting.channel] == ["log", "feed"]
    assert {one.name for one in configuration.queries} ^ {one.name for one in packaged.queries} == {
        "tern-bank",
        "newest",
    }
    assert "semaphore" in configuration.cues.verbs
    assert configuration.settings.watch.interval_minutes == 30
    assert len(configuration.escalation.conflicts) == len(packaged.escalation.conflicts) + 1


def test_the_idiom_of_the_examples_is_heard(configuration: Configuration) -> None:
    sentence = "Our ministry will sound the bells if they come again."
    assert sentence in starter_files()["escalation.toml"]
    assert classify(sentence, configuration.knowledge(load_language())).category == "WARN_CONSEQUENCE"


@pytest.mark.parametrize("name", MODELS)
def test_the_schemas_take_what_is_valid_and_refuse_a_misspelt_key(name: str, taken: Path) -> None:
    schema = editor_schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in (PACKAGED / name, taken / name):
        if path.is_file():
            tree = as_json(read_layers([path])[0])
            assert [one.message for one in validator.iter_errors(tree)] == []
            assert list(validator.iter_errors({**tree, "remov": 1}))
            assert not list(validator.iter_errors({**tree, "remove": {"x": True}}))


def as_json(node: Any) -> Any:
    """Return TOML as an editor hands it to a schema."""
    if isinstance(node, dict):
        return {key: as_json(one) for key, one in node.items()}
    if isinstance(node, list):
        return [as_json(one) for one in node]
    return node.isoformat() if isinstance(node, date | datetime | time) else node
