"""Print what texts made to cost much cost: processor time for 1,000 characters, times plain prose, and peak memory.

python -m tests.bench.adversarial [CHARACTERS,...] [PART OF A NAME...]    (default 25000,50000)

Each text and size runs in a process of its own. "parse" is the part of the language model, which no rule can make less.
"""

import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from extractors.language.parsing import parse_articles
from extractors.model import Article, Moment
from extractors.pipeline import extract_parsed
from extractors.reading.article import read_body
from flows.analysis.knowledge import knowledge_for
from tests.extractors.adversarial import NOW, TEXTS, prose

SIZES = "25000,50000"
ALL = {"prose": prose, **TEXTS}
Costs = tuple[float, float, float, int]


def measure(name: str, size: int) -> Costs:
    """Return milliseconds per 1,000 characters of reading, parsing and finding, and the peak in MB."""
    text, knowledge = ALL[name](size), knowledge_for(None)
    list(parse_articles(knowledge.language, [_article(prose(2_000))]))
    started = time.process_time()
    article = _article(text)
    read = time.process_time()
    parsed = list(parse_articles(knowledge.language, [article])) if article.paragraphs else []
    through = time.process_time()
    for one, paragraphs in parsed:
        extract_parsed(one, paragraphs, knowledge)
    ended = time.process_time()
    each = 1e6 / max(1, len(text))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (read - started) * each, (through - read) * each, (ended - through) * each, peak


def _article(text: str) -> Article:
    read = read_body(text)
    if isinstance(read, Article):
        return replace(read, published=Moment(NOW, "second", "feed"))
    return Article("", "", ())


def apart(name: str, size: int) -> Costs:
    """Measure in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, name, size).result()


def main(arguments: Sequence[str]) -> None:
    """Print a line for each text and size."""
    sizes = [int(size) for size in (arguments[0] if arguments else SIZES).split(",")]
    names = [name for name in TEXTS if not arguments[1:] or any(part in name for part in arguments[1:])]
    base = {size: sum(apart("prose", size)[:3]) for size in sizes}
    print(f"{'text':32} {'characters':>10} {'read':>7} {'parse':>7} {'find':>7} {'times prose':>11} {'peak MB':>7}")
    for name in ("prose", *names):
        for size in sizes:
            read, parse, find, peak = apart(name, size)
            ratio = (read + parse + find) / base[size]
            print(f"{name:32} {size:>10} {read:>7.2f} {parse:>7.1f} {find:>7.1f} {ratio:>11.1f} {peak:>7}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
