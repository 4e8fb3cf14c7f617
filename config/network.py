"""The trained network that labels what no rule knows: its files as they lie beside the lexicons."""

import hashlib
import json
from functools import cache
from pathlib import Path

from config.files import ConfigError, Problem
from config.places import PACKAGED
from extractors.escalation import Network, Trust

FOLDER = PACKAGED / "escalation_network"
CARD = "network.json"  # categories in the order of the network's votes, digest of its weights, how far it is trusted
WORDS = "words.txt"  # the words that it has read without a capital: what is none of them may be a name


@cache
def load_network(folder: Path = FOLDER) -> Network:
    """Read the network's files and build it, once a process; takes a fifth of a second and 80 MB."""
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    weights = (folder / "network.onnx").read_bytes()
    if hashlib.sha256(weights).hexdigest() != card["sha256"]:
        problem = Problem(str(folder / "network.onnx"), "", f"is not what {CARD} tells of: install Tocsin anew")
        raise ConfigError([problem])
    tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
    ordinary = frozenset((folder / WORDS).read_text(encoding="utf-8").split())
    told = card["trust"]
    polarity = {name: tuple(values) for name, values in told["polarity"].items()}
    trust = Trust(polarity, tuple(told["alarm"]), told["act"], told["ring"])
    return Network(weights, tokenizer, tuple(card["categories"]), ordinary=ordinary, trust=trust)


def network_digest(folder: Path = FOLDER) -> bytes:
    """Return what changes when the network does, without reading its weights."""
    return (folder / CARD).read_bytes() + (folder / WORDS).read_bytes()
