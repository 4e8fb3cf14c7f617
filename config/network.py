"""The trained network that labels what no rule knows: its files as they lie beside the lexicons."""

import hashlib
import json
from functools import cache
from pathlib import Path

from config.files import PACKAGED, ConfigError, Problem
from extractors.escalation import Network

FOLDER = PACKAGED / "escalation_network"
CARD = "network.json"  # the categories in the order of the network's votes, and the digest of its weights


@cache
def load_network(folder: Path = FOLDER) -> Network:
    """Read the network's files and build it, once a process; takes a fifth of a second and 80 MB."""
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    weights = (folder / "network.onnx").read_bytes()
    if hashlib.sha256(weights).hexdigest() != card["sha256"]:
        problem = Problem(str(folder / "network.onnx"), "", f"is not what {CARD} tells of: install Tocsin anew")
        raise ConfigError([problem])
    tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
    return Network(weights, tokenizer, tuple(card["categories"]))


def network_digest(folder: Path = FOLDER) -> bytes:
    """Return what changes when the network does, without reading its weights."""
    return (folder / CARD).read_bytes()
