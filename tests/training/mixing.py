# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "onnx>=1.19"]
# ///
"""Join two networks: ``uv run tests/training/mixing.py FIRST SECOND --out OUT``.

The votes of the whole are the middle of theirs: a log-linear pool of equal weights (Genest and Zidek 1986) inside one
graph. Both have the same tokenizer and read the same word vectors, which are kept once; the card is the first's with
the digest of the new weights.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

SHARED = "embeddings."  # word vectors, which neither training changed


class Joined:
    """The parts of the graph that grows."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self._kept: dict[str, str] = {}

    def add(self, graph: Any, number: int, share: float) -> str:
        """Add a network's graph under names of its own; return the name of its average votes, scaled by its share."""
        given = {one.name for one in graph.input}
        new = {one.name: self._weight(one, number) for one in graph.initializer}

        def name(old: str) -> str:
            return old if old in given or not old else new.get(old, f"{number}.{old}")

        for node in graph.node:
            node.name = f"{number}.{node.name}"
            node.input[:] = [name(one) for one in node.input]
            node.output[:] = [name(one) for one in node.output]
            self.nodes.append(node)
        self.weights.append(numpy_helper.from_array(np.array(share, np.float32), f"{number}.share"))
        mean = helper.make_node("ReduceMean", [f"{number}.votes"], [f"{number}.mean"], axes=[0], keepdims=1)
        scaled = helper.make_node("Mul", [f"{number}.mean", f"{number}.share"], [f"{number}.part"])
        self.nodes += [mean, scaled]
        return f"{number}.part"

    def _weight(self, tensor: Any, number: int) -> str:
        """Keep a weight under a new name, the shared ones once; return the name."""
        old = tensor.name
        if old.startswith(SHARED) and old in self._kept:
            return self._kept[old]
        tensor.name = f"{number}.{old}"
        self._kept.setdefault(old, tensor.name)
        self.weights.append(tensor)
        return str(tensor.name)


def mixed(models: Sequence[Any]) -> Any:
    """Return the network whose average votes are the middle of theirs.

    How the word pieces differ is the first's to say: it has fewer layers, and after each further layer a piece knows
    more of all the others, so that less is told by which of them votes for what.
    """
    joined = Joined()
    parts = [joined.add(model.graph, number, 1 / len(models)) for number, model in enumerate(models)]
    joined.nodes.append(helper.make_node("Sub", ["0.votes", "0.mean"], ["apart"]))
    joined.nodes.append(helper.make_node("Sum", ["apart", *parts], ["votes"]))
    first = models[0]
    graph = helper.make_graph(
        joined.nodes, "network", list(first.graph.input), list(first.graph.output), joined.weights
    )
    return helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version)


def main() -> None:
    """Join and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs=2)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    first = options.folders[0]
    cards = [json.loads((one / "network.json").read_text(encoding="utf-8")) for one in options.folders]
    if cards[0]["categories"] != cards[1]["categories"]:
        raise ValueError("the networks vote for different categories")
    model = mixed([onnx.load(str(one / "network.onnx")) for one in options.folders])
    options.out.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(options.out / "network.onnx"))
    if options.out.resolve() != first.resolve():
        shutil.copy(first / "tokenizer.json", options.out / "tokenizer.json")
    digest = hashlib.sha256((options.out / "network.onnx").read_bytes()).hexdigest()
    (options.out / "network.json").write_text(
        json.dumps({**cards[0], "sha256": digest}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
