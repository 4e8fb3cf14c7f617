"""Print the throughput of extraction against that of the bare language pipeline on the same text, in processor time.

python -m tests.bench.extraction [FILE.jsonl] [ARTICLES]    (lines {"text": ...}; without a file, the invented cases)
"""

import json
import resource
import sys
import time
import tomllib
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

import spacy

from extractors.language.parsing import DEFAULT_MODEL, parse_articles
from extractors.model import Article
from extractors.pipeline import extract
from extractors.reading.article import read_body
from flows.analysis.knowledge import knowledge_for

CASES = Path(__file__).parents[1] / "cases" / "statements"
GENERATED = 100  # articles
LENGTH = 20  # passages each


def generated() -> list[str]:
    """Return articles put together from the invented passages of the statement cases."""
    texts = [
        case["text"]
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]
    return ["\n\n".join(part) for part in _batches(list(islice(cycle(texts), GENERATED * LENGTH)))]


def _batches(texts: list[str]) -> list[list[str]]:
    return [texts[start : start + LENGTH] for start in range(0, len(texts), LENGTH)]


def given(path: Path) -> list[str]:
    """Return the texts of a JSON Lines file."""
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str]) -> None:
    """Time the model's own pipeline, parsing and extraction on the same articles."""
    texts = given(Path(arguments[0])) if arguments else generated()
    read = [read_body(text) for text in texts[: int(arguments[1]) if len(arguments) > 1 else None]]
    articles = [one for one in read if isinstance(one, Article)]
    paragraphs = [one.span.of(article.text) for article in articles for one in article.paragraphs]
    bare = spacy.load(DEFAULT_MODEL)
    knowledge = knowledge_for(None)
    list(bare.pipe(paragraphs[:64]))
    list(extract(articles[:2], knowledge))
    started = time.process_time()
    tokens = sum(len(doc) for doc in bare.pipe(paragraphs))
    alone = time.process_time() - started
    started = time.process_time()
    parsed = sum(len(one) for _, one in parse_articles(knowledge.language, articles))
    parsing = time.process_time() - started
    started = time.process_time()
    statements = sum(len(one.statements) for one in extract(articles, knowledge))
    extracting = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(articles)} articles, {parsed} paragraphs, {tokens} tokens, {statements} statements, peak {peak:.0f} MB"
    )
    print(f"model alone {tokens / alone:.0f} tokens a second, parsing as the project does {tokens / parsing:.0f}")
    print(f"extraction {tokens / extracting:.0f} tokens a second: ratio {alone / extracting:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
