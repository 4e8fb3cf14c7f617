"""The statements the network learns from, as it is asked about them: without names.

``python -m tests.training.masked_rows OUT --gold ../shared/gold --further FOLDER`` writes ``invented.jsonl`` and
``real.jsonl`` into OUT: the invented statements of tests/cases/escalation, and what the extractor finds in the texts of
news-more, of the half of news-dev that may be read and of pool (labelled in labels.json), each with the label of the
gold statement it overlaps most. What no gold statement covers is neutral. FOLDER is what further.py made: of its texts
only some statements are labelled, and the rest teaches nothing. Nothing of news-wire, of PolNeAR and of the deciding
half is ever read, nor what reports the same utterance as a text of that half.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from config.load import load_configuration
from config.network import FOLDER, WORDS
from config.settings import Settings
from extractors import extract, pipeline
from extractors.escalation.classifier import UNUSED, ClassifyInput, read_bare
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.network.asking import question_of
from extractors.escalation.network.votes import ALARMING
from extractors.escalation.pooling import told_of
from extractors.escalation.rules.decision import Weighing, conclude, gather
from extractors.escalation.rules.severity import raised_by
from extractors.knowledge import Knowledge
from extractors.language import load_language
from extractors.model import Article, Escalation, Span
from extractors.reading import in_given_text, paragraph_at
from flows.commands.inputs import accepted, read_json_lines
from tests.training.invented import Row, invented

LABELS = Path(__file__).parent / "labels.json"
FURTHER = Path(__file__).parent / "further.json"
LEAST = 0.5  # the part of a statement that a gold statement must cover to give it its label


def mask_invented(rows: Sequence[Row], knowledge: Knowledge, ordinary: frozenset[str]) -> Iterator[Row]:
    """Yield the invented statements as the network is asked about them."""
    parsed = knowledge.language.pipe((row["text"] for row in rows), batch_size=256, disable=UNUSED)
    for row, doc in zip(rows, parsed, strict=True):
        item = ClassifyInput(row["id"], row["text"], row.get("speaker"))
        asked = question_of(read_bare(item, doc, knowledge.escalation), ordinary)
        yield {"speaker": asked.speaker, "text": asked.text, "category": row["category"], "kind": row["kind"]}


Judged = tuple[Reading, Weighing, Escalation]
Labels = Mapping[str, Sequence[Row]]


@dataclass(slots=True)
class Recorder:
    """Stands in for the judgement: keeps what would be judged, and judges by rules."""

    judged: list[Judged]

    def __call__(self, readings: Sequence[Reading]) -> list[Escalation]:
        """Judge by rules."""
        weighings = [gather(one) for one in readings]
        labels = [conclude(*one) for one in zip(readings, weighings, strict=True)]
        self.judged += zip(readings, weighings, labels, strict=True)
        return labels


def read_real(texts: Path, names: Sequence[str], knowledge: Knowledge) -> Iterator[tuple[str, list[Span], Judged]]:
    """Yield what is judged when the texts are extracted: where it stands, as it is read, and what the rules say."""
    index = json.loads((texts / "index.json").read_text(encoding="utf-8"))
    recorder = Recorder([])
    pipeline.judge_all = recorder  # type: ignore[attr-defined]
    for name in names:
        line = {"id": name, "text": (texts / f"{name}.txt").read_text("utf-8"), "published": index[name]["published"]}
        documents = read_json_lines([json.dumps(line).encode()], Settings().limits)
        for _, article in accepted(documents, []):
            recorder.judged.clear()
            list(extract([article], knowledge))
            yield from ((name, _spans(article, one[0]), one) for one in recorder.judged)


def _spans(article: Article, reading: Reading) -> list[Span]:
    """Return where a statement stands in the text as it was given."""
    spans = [reading.words.span(part[0], part[-1]) for part in reading.content if len(part)]
    return [in_given_text(article, paragraph_at(article, one.start), one) for one in spans]


def mask_real(texts: Path, wanted: Labels, knowledge: Knowledge, ordinary: frozenset[str]) -> Iterator[Row]:
    """Yield the statements found in texts, each with the label of the one it overlaps most, if it overlaps one."""
    genres = {name: row["genre"] for name, row in _index(texts).items()}
    for name, spans, (reading, weighing, label) in read_real(texts, sorted(wanted), knowledge):
        if spans:
            asked = question_of(reading, ordinary)
            row = {"doc": name, "genre": genres[name], "speaker": asked.speaker, "text": asked.text}
            told = {"told": asdict(told_of(weighing, label)), "outsider": weighing.standing == "outsider"}
            told |= {"raised": sorted(raised_by(reading, ALARMING))}
            yield row | told | (_most_overlapping(spans, wanted[name]) or {})


def real(gold: Path, further: Path | None, knowledge: Knowledge, ordinary: frozenset[str]) -> Iterator[Row]:
    """Yield the rows of all texts that are learned from; what a gold folder has no label for is neutral."""
    for folder in (gold / name for name in ("news-more", "news-dev", "pool")):
        for row in mask_real(folder / "texts", learnable(folder), knowledge, ordinary):
            yield NOTHING | row
    if further:
        told: Mapping[str, Row] = json.loads(FURTHER.read_text(encoding="utf-8"))
        labels = {name: one["labels"] for name, one in told.items()}
        yield from (row for row in mask_real(further / "texts", labels, knowledge, ordinary) if "category" in row)


NOTHING: Row = {"category": "ASSESSMENT", "severity": 0, "borderline": False, "gold": None}


def _most_overlapping(spans: Sequence[Span], rows: Sequence[Row]) -> Row | None:
    """Return the label of the gold statement that shares most with the spans, if it shares enough."""
    best, most = None, 0
    for row in rows:
        shared = sum(max(0, min(one.end, end) - max(one.start, start)) for one in spans for start, end in row["spans"])
        length = min(sum(one.end - one.start for one in spans), sum(end - start for start, end in row["spans"]))
        if shared > most and shared >= LEAST * length:
            best, most = row, shared
    if best is None:
        return None
    return {key: best[key] for key in ("category", "severity", "borderline")} | {"gold": best["id"]}


def labels_of(gold: Path) -> Labels:
    """Return the gold statements of a folder's texts; those of the pool lie beside this file."""
    path = LABELS if gold.name == "pool" else gold / "gold.json"
    found: Labels = json.loads(path.read_text(encoding="utf-8"))
    return found


def _index(texts: Path) -> dict[str, Row]:
    found: dict[str, Row] = json.loads((texts / "index.json").read_text(encoding="utf-8"))
    return found


def learnable(gold: Path) -> Labels:
    """Return the labels of a gold folder that may be learned from: no text that decides, none on the same utterance."""
    deciding = {
        key
        for name, row in _index(gold.parent / "news-dev" / "texts").items()
        if _half(key := row.get("utterance_group") or name) == "decide"
    }
    index = _index(gold / "texts")
    return {
        name: rows
        for name, rows in labels_of(gold).items()
        if (index[name].get("utterance_group") or name) not in deciding
    }


def _half(key: str) -> str:
    """Return the half a text belongs to, as score_news.py parts them."""
    return "decide" if int(hashlib.sha1(key.encode()).hexdigest()[0], 16) % 2 else "look"


def main() -> None:
    """Write the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--further", type=Path)
    options = parser.parse_args()
    knowledge = load_configuration(None).knowledge(load_language())
    knowledge = replace(knowledge, escalation=replace(knowledge.escalation, network=None))
    ordinary = frozenset((FOLDER / WORDS).read_text(encoding="utf-8").split())
    if not (options.out / "invented.jsonl").exists():
        _write(options.out / "invented.jsonl", mask_invented(invented(), knowledge, ordinary))
    if options.gold:
        _write(options.out / "real.jsonl", real(options.gold, options.further, knowledge, ordinary))


def _write(path: Path, rows: Iterable[Row]) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
