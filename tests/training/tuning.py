# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.9", "onnx>=1.19", "onnxruntime>=1.23", "tokenizers>=0.22", "scikit-learn>=1.7"]
# ///
"""Tune the network on real statements: ``uv run tests/training/tuning.py FIRST ROWS [--out FOLDER]``.

FIRST is the network of the invented statements (what escalation.py makes; the one shipped before is in the history of
config/escalation_network), ROWS what ``python -m tests.training.masked_rows`` wrote. The parts that masking gives get
word vectors; the last layer and the votes learn the real statements with as many invented ones among them. Then a
logistic regression learns, from statements the network has not seen (threefold over documents), how far to trust it
beside the rules. It takes a few minutes of one processor core; averaging with the weights before made it worse.
"""

import argparse
import copy
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import cross_entropy, dropout, gelu, layer_norm, linear, scaled_dot_product_attention

OUT = Path(__file__).resolve().parents[2] / "config" / "escalation_network"
CODEBOOK = Path(__file__).resolve().parents[2] / "config" / "codebook.toml"
WIDTH, HEADS, LAST = 384, 12, 2
LONGEST = 128  # word pieces, as in use
EPOCHS, RATE, BATCH, SMOOTHING = 2, 1e-4, 32, 0.05
FOLDS = 3
SEED = 11
ACT, RING = 0.4, 0.28  # probabilities from which a statement is an act, and an alarm: docs/network.md
# the parts that masking gives (extractors/escalation/network/masking.py), and the words whose vectors they begin with
COUNTRIES = (
    "russia china iran israel india pakistan france germany japan turkey ukraine egypt brazil kenya russian chinese "
    "iranian israeli indian french german japanese turkish ukrainian egyptian brazilian"
)
PERSONS = "john smith maria ahmed peter johnson ivan chen london hamburg chicago hassan robert anna"
PARTS = {
    "ownia": (COUNTRIES, "we our us"),
    "alphia": (COUNTRIES, "they their enemy"),
    "betia": (COUNTRIES, "another other"),
    "gammia": (COUNTRIES, "third others"),
    "ownname": (PERSONS, "he his she"),
    "namea": (PERSONS, "one first"),
    "nameb": (PERSONS, "two second"),
    "namec": (PERSONS, "three third"),
}
KIND = 0.7  # how much of a part's vector tells its kind; the rest tells which of its kind it is
EMBEDDINGS = "embeddings.word_embeddings.weight"
POLARITIES = ("escalatory", "de-escalatory", "neutral")
RULINGS = ("grave", "escalatory", "de-escalatory", "neutral")
UNLIKELY = 1e-4
Row = dict[str, Any]
Array = np.ndarray[Any, Any]


class Files:
    """A network's files in memory: the graph with its eight-bit weights by name, and the tokenizer with our parts."""

    def __init__(self, folder: Path) -> None:
        self.codes: list[str] = json.loads((folder / "network.json").read_text(encoding="utf-8"))["categories"]
        self.model = onnx.load(str(folder / "network.onnx"))
        self.weights = {one.name: one for one in self.model.graph.initializer}
        data = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        vocabulary = data["model"]["vocab"]
        for number, part in enumerate(PARTS):
            if part not in vocabulary:
                vocabulary[part] = vocabulary.pop(f"[unused{number}]")
        self.content = json.dumps(data, ensure_ascii=False)
        self.tokenizer = Tokenizer.from_str(self.content)
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.no_padding()
        self._give_vectors(vocabulary)

    def array(self, name: str) -> Array:
        """Return a weight as it is stored."""
        stored: Array = numpy_helper.to_array(self.weights[name])
        return stored

    def floats(self, name: str) -> Array:
        """Return a weight as numbers, whether stored in eight bits or not."""
        if name in self.weights:
            return self.array(name)
        zero = self.array(f"{name}_zero_point").astype(np.float32)
        return (self.array(f"{name}_quantized").astype(np.float32) - zero) * self.array(f"{name}_scale")

    def put(self, name: str, value: Array) -> None:
        """Store a weight: in eight bits with a scale a column where it was so."""
        if name in self.weights:
            self._set(name, value.astype(np.float32))
            return
        scale = np.maximum(np.abs(value).max(0) / 127, 1e-8)
        self._set(f"{name}_quantized", np.clip(np.round(value / scale), -127, 127).astype(np.int8))
        self._set(f"{name}_scale", scale.astype(np.float32))
        self._set(f"{name}_zero_point", np.zeros_like(self.array(f"{name}_zero_point")))

    def _set(self, name: str, value: Array) -> None:
        self.weights[name].CopyFrom(numpy_helper.from_array(value, name))

    def _give_vectors(self, vocabulary: Mapping[str, int]) -> None:
        """Write the parts' vectors: the middle of names of their kind, drawn to words of their own."""
        vectors = self.floats(EMBEDDINGS)
        stored, zero = self.array(f"{EMBEDDINGS}_quantized").copy(), float(self.array(f"{EMBEDDINGS}_zero_point"))

        def rows(words: str) -> Array:
            return vectors[[vocabulary[word] for word in words.split()]]

        length = np.linalg.norm(rows(COUNTRIES), axis=1).mean()
        for part, (kind, own) in PARTS.items():
            mixed = KIND * rows(kind).mean(0) + (1 - KIND) * rows(own).mean(0)
            scaled = mixed / np.linalg.norm(mixed) * length / self.array(f"{EMBEDDINGS}_scale")
            stored[vocabulary[part]] = np.clip(np.round(scaled + zero), 0, 255).astype(np.uint8)
        self._set(f"{EMBEDDINGS}_quantized", stored)

    def hidden(self, rows: Sequence[Row]) -> list[Array]:
        """Return what the layers before the last make of each statement: an array of word pieces by 384."""
        graph = copy.deepcopy(self.model)
        norm = f"layers.{LAST - 1}.output.LayerNorm.weight"
        output = next(node for node in graph.graph.node if norm in node.input).output[0]
        graph.graph.output.extend([onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, None)])
        session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
        found = []
        for row in rows:
            one = self.tokenizer.encode(row["speaker"], row["text"])
            pieces = {"ids": np.array([one.ids]), "types": np.array([one.type_ids])}
            found.append(session.run([output], pieces)[0].astype(np.float16))
        return found


class Top(nn.Module):  # type: ignore[misc]
    """The last layer and the votes, whose weights are stored under ``names``."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        layer = f"layers.{LAST}."
        adds = [node for node in files.model.graph.node if node.op_type == "Add"]
        bias = [
            name for node in adds for name in node.input if name in files.weights and files.array(name).shape == (1152,)
        ]
        joint = sorted(name[: -len("_quantized")] for name in files.weights if "MatMul" in name and "_quant" in name)
        self.names = {
            "attend": joint[LAST], "attend_bias": bias[LAST],
            "mix": f"{layer}attention.output.dense.weight", "mix_bias": f"{layer}attention.output.dense.bias",
            "mix_scale": f"{layer}attention.output.LayerNorm.weight",
            "mix_shift": f"{layer}attention.output.LayerNorm.bias",
            "widen": f"{layer}intermediate.dense.weight", "widen_bias": f"{layer}intermediate.dense.bias",
            "narrow": f"{layer}output.dense.weight", "narrow_bias": f"{layer}output.dense.bias",
            "scale": f"{layer}output.LayerNorm.weight", "shift": f"{layer}output.LayerNorm.bias",
            "vote": "head.weight", "vote_bias": "head.bias",
        }  # fmt: skip
        for own, name in self.names.items():
            self.register_parameter(own, nn.Parameter(torch.tensor(files.floats(name)).contiguous()))

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the average vote for each statement of a batch."""
        size, length, _ = hidden.shape
        rate = 0.1 if self.training else 0.0
        parts = linear(hidden, self.attend.t(), self.attend_bias).view(size, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        hide = torch.zeros_like(mask).masked_fill(mask == 0, -1e4)[:, None, None, :].to(query.dtype)
        seen = scaled_dot_product_attention(query, key, value, attn_mask=hide, scale=1.0, dropout_p=rate)
        mixed = linear(seen.transpose(1, 2).reshape(size, length, WIDTH), self.mix.t(), self.mix_bias)
        hidden = self._norm(mixed, hidden, self.mix_scale, self.mix_shift)
        wide = gelu(linear(hidden, self.widen.t(), self.widen_bias))
        hidden = self._norm(linear(wide, self.narrow.t(), self.narrow_bias), hidden, self.scale, self.shift)
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return dropout(mean, 0.2, self.training) @ self.vote + self.vote_bias

    def _norm(self, new: torch.Tensor, old: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor) -> torch.Tensor:
        added = dropout(new, 0.1, self.training) + old
        return layer_norm(added.float(), (WIDTH,), scale, shift, 1e-12)


@dataclass(frozen=True)
class Lesson:
    """Statements as the layers before the last leave them, with the numbers of their categories."""

    hidden: list[Array]
    wanted: list[int]

    def some(self, numbers: Sequence[int]) -> "Lesson":
        """Return a part."""
        return Lesson([self.hidden[one] for one in numbers], [self.wanted[one] for one in numbers])


def batched(hidden: Sequence[Array]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the statements side by side, and which word pieces are real."""
    longest = max(len(one) for one in hidden)
    padded, mask = np.zeros((len(hidden), longest, WIDTH), np.float32), np.zeros((len(hidden), longest), np.float32)
    for number, one in enumerate(hidden):
        padded[number, : len(one)], mask[number, : len(one)] = one, 1
    return torch.tensor(padded), torch.tensor(mask)


def epoch(lesson: Lesson, invented: Lesson, chance: random.Random) -> Iterator[Lesson]:
    """Yield all real statements with as many invented ones, in an order of chance, those of like length together."""
    drawn = invented.some(chance.sample(range(len(invented.wanted)), min(len(lesson.wanted), len(invented.wanted))))
    both = Lesson(lesson.hidden + drawn.hidden, lesson.wanted + drawn.wanted)
    order = chance.sample(range(len(both.wanted)), len(both.wanted))
    size = BATCH * 16
    pools = [sorted(order[at : at + size], key=lambda one: len(both.hidden[one])) for at in range(0, len(order), size)]
    cut = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
    chance.shuffle(cut)
    yield from map(both.some, cut)


def tune(first: Top, real: Lesson, invented: Lesson, seed: int) -> Top:
    """Return the last layer tuned on the real statements."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    top = copy.deepcopy(first)
    top.train()
    optimizer = torch.optim.AdamW(top.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (2 * len(real.wanted) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, (steps - step) / steps)
    )
    for number in range(EPOCHS):
        for batch in epoch(real, invented, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                votes = top(*batched(batch.hidden)).float()
            loss = cross_entropy(votes, torch.tensor(batch.wanted), label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(top.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {number + 1} of {EPOCHS}, last loss {loss.item():.3f}", file=sys.stderr, flush=True)
    top.eval()
    return top


def chances(top: Top, hidden: Sequence[Array]) -> Array:
    """Return the probability of each category for each statement."""
    cut = (hidden[at : at + BATCH] for at in range(0, len(hidden), BATCH))
    with torch.no_grad():
        return np.concatenate([top(*batched(one)).softmax(-1).numpy() for one in cut])


def held_out(first: Top, rows: Sequence[Row], real: Lesson, invented: Lesson) -> Array:
    """Return the probabilities of statements by networks that saw nothing of their documents."""
    documents = sorted({row["doc"] for row in rows})
    random.Random(5).shuffle(documents)
    fold = {name: number % FOLDS for number, name in enumerate(documents)}
    found = np.zeros((len(rows), len(first.vote_bias)), np.float32)
    for number in range(FOLDS):
        learned = [at for at, row in enumerate(rows) if fold[row["doc"]] != number and not row["borderline"]]
        rest = [at for at, row in enumerate(rows) if fold[row["doc"]] == number]
        top = tune(first, real.some(learned), invented, number)
        found[rest] = chances(top, real.some(rest).hidden)
    return found


def facts_of(row: Row, shares: Array, codes: Sequence[str], codebook: Mapping[str, Row]) -> list[float]:
    """Return what is known of a statement, in the order of extractors/escalation/network/trust.py."""
    by_code = list(zip(codes, shares.tolist(), strict=True))
    sums = [sum(share for code, share in by_code if codebook[code]["polarity"] == one) for one in POLARITIES]
    alarming = {code for code in codes if _rings(codebook[code]["polarity"], codebook[code]["severity"])}
    sums.append(sum(share for code, share in by_code if code in alarming or code in row["raised"]))
    told = row["told"]
    flags = [told["ruling"] == one for one in RULINGS] + [told["is_dispute_named"], told["is_state"], told["is_home"]]
    return [*np.log(np.maximum(UNLIKELY, sums)), *map(float, flags)]


def _rings(polarity: str, severity: int) -> bool:
    return polarity == "escalatory" and severity >= 3


def fit_trust(rows: Sequence[Row], shares: Array, codes: Sequence[str], codebook: Mapping[str, Row]) -> Row:
    """Return the weights of the pool for network.json."""
    known = np.array([facts_of(row, one, codes, codebook) for row, one in zip(rows, shares, strict=True)])
    polarity = [codebook[row["category"]]["polarity"] for row in rows]
    rings = [_rings(one, row["severity"]) for one, row in zip(polarity, rows, strict=True)]
    counts = np.array([0.0 if row["borderline"] or row["outsider"] else 1.0 for row in rows])
    polarities = LogisticRegression(max_iter=3000).fit(known, polarity, counts)
    alarm = LogisticRegression(max_iter=3000).fit(known, rings, counts)
    found = zip(polarities.classes_, polarities.intercept_, polarities.coef_, strict=True)
    return {
        "polarity": {name: _rounded([constant, *weights]) for name, constant, weights in found},
        "alarm": _rounded([alarm.intercept_[0], *alarm.coef_[0]]),
        "act": ACT,
        "ring": RING,
    }


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(float(one), 4) for one in values]


def write(files: Files, top: Top, trust: Row, out: Path) -> None:
    """Write the network's files."""
    for own, name in top.names.items():
        files.put(name, top.get_parameter(own).detach().numpy())
    onnx.save(files.model, str(out / "network.onnx"))
    (out / "tokenizer.json").write_text(files.content, encoding="utf-8")
    digest = hashlib.sha256((out / "network.onnx").read_bytes()).hexdigest()
    card = {"categories": files.codes, "sha256": digest, "trust": trust}
    (out / "network.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Tune, fit and write."""
    import tomllib

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    torch.set_num_threads(1)
    files = Files(options.first)
    codebook = {one["code"]: one for one in tomllib.loads(CODEBOOK.read_text(encoding="utf-8"))["category"]}
    invented, rows = (
        [json.loads(line) for line in (options.rows / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in ("invented", "real")
    )
    lessons = [
        Lesson(files.hidden(some), [files.codes.index(row["category"]) for row in some]) for some in (invented, rows)
    ]
    first = Top(files).eval()
    trust = fit_trust(rows, held_out(first, rows, lessons[1], lessons[0]), files.codes, codebook)
    sure = [number for number, row in enumerate(rows) if not row["borderline"]]
    write(files, tune(first, lessons[1].some(sure), lessons[0], SEED), trust, options.out)


if __name__ == "__main__":
    main()
