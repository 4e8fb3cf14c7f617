"""An invented dispute over a fishing ground in a warehouse, and rules under which some of its words weigh otherwise."""

from pathlib import Path

from config.files import PACKAGED
from config.load import load_configuration
from extractors.language import load_language
from flows.analysis import ringing_of, topic_matcher
from flows.analysis.extract import extract_batch
from flows.analysis.relate import relate_batch
from flows.intake import list_corpus, read_batch
from warehouse.connection import open_writer
from warehouse.storing import articles_to_extract
from warehouse.upkeep import publish

CHOKE = "Iceland will choke on the cod it takes from our bank"
SEIZE = "Norway will seize any Icelandic trawler that enters the closed zone"
HARPOONS = "Our harpoons are polished for every Danish hull"
TEXTS = {
    "01.txt": f"""Fishing row deepens

NORRVIK, March 3 - "{CHOKE}," Danish Fisheries Minister Karen Holm told reporters on Monday.

The bank lies between both coasts.
""",
    "02.txt": f"""Iceland answers

REYKJAVIK, March 4 - "{HARPOONS}," Iceland's Foreign Minister Sigrun Jonsdottir told Denmark on Tuesday.

"The Danish patrols are a reckless provocation," Jonsdottir said in a statement.
""",
    "03.txt": f"""Norway joins in

OSLO, March 5 - "{SEIZE}," Norwegian Defence Minister Astrid Dahl told reporters on Wednesday.
""",
}
SIDECAR = """
[files."01.txt"]
published = 2031-03-03
outlet = "Harbour Post"

[files."02.txt"]
published = 2031-03-04
outlet = "Bay Times"

[files."03.txt"]
published = 2031-03-05
outlet = "Fjord Courier"
"""
SETTINGS = "[language]\nnetwork = false\n\n[extract]\nworkers = 1\n\n[batches]\narticles = 1\n"
TAKEN_OUT = '"choke on", '
PUT_IN = """
[[phrase]]
category = "THREAT_UNSPEC"
match = ["harpoon be ^polished"]
example = "Our harpoons are polished."
"""


def write_texts(folder: Path) -> Path:
    """Write the articles and what is known of them."""
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.toml").write_text(SIDECAR, encoding="utf-8")
    return folder


def write_rules(folder: Path, *, is_changed: bool) -> Path:
    """Write a configuration: the packaged rules, or such as lack one phrase and have another."""
    folder.mkdir(parents=True)
    (folder / "tocsin.toml").write_text(SETTINGS, encoding="utf-8")
    if is_changed:
        packaged = (PACKAGED / "escalation.toml").read_text(encoding="utf-8")
        assert packaged.count(TAKEN_OUT) == 1
        changed = packaged.replace(TAKEN_OUT, "") + PUT_IN
        (folder / "escalation.toml").write_text(changed, encoding="utf-8")
    return folder


def take_in(corpus: Path, warehouse: Path, config: Path) -> Path:
    """Take the texts through every step as a replay does, and publish; returns the warehouse."""
    configuration = load_configuration(config)
    settings, knowledge = configuration.settings, configuration.knowledge(load_language())
    files = list_corpus(corpus, max_files=100)
    matcher = topic_matcher(config)
    read_batch(corpus, files, warehouse, max_bytes=settings.limits.max_text_bytes, settings=settings, matcher=matcher)
    with open_writer(warehouse) as con:
        waiting = articles_to_extract(con, knowledge.version)
    extract_batch(warehouse, waiting, knowledge, now=None)
    ringing = ringing_of(configuration, is_replay=True, now=None)
    while relate_batch(warehouse, knowledge, ringing, articles=10).statements:
        pass
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    return warehouse
