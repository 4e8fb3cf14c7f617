"""What the prefilter of WARC files costs, keeps and loses: ``python -m tests.bench.prefilter FOLDER`` of pages.

Pages are ``.html`` or ``.html.gz`` files, in any depth. The packaged topics, and topics drawn from each page's own
words that its article meets, must keep what the full rule keeps.
"""

import argparse
import gzip
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from extractors.model import Article, Rejected
from extractors.reading import read_html, visible_words
from extractors.topics import TermGroup, Topic, TopicMatcher, as_words, compile_topics, parse_rule
from flows.analysis import topic_matcher

ADDRESS = "https://news.example/2024/05/03/what-a-page-of-a-collection-may-tell"
RULES = (
    "near(a, b, 40)",
    "a and b",
    "near(a, b, 10) and atleast(2, c)",
    "atleast(3, c)",
    "(near(a, b, 25) or a) and c",
)
DRAWN = 20


def pages_of(folder: Path) -> list[bytes]:
    """Return the bytes of all pages below a folder, in the order of their names."""
    files = sorted(file for file in folder.rglob("*") if file.name.endswith((".html", ".html.gz", ".htm")))
    return [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]


def drawn_topic(article: Article, draw: random.Random) -> Topic:
    """Return a topic of words and phrases, none across a sentence's end, of a stretch of the article."""
    words = article.text.split()
    start = draw.randrange(max(1, len(words) - 60))
    runs = [" ".join(words[at : at + draw.choice((1, 1, 2, 3))]) for at in draw.sample(range(start, start + 60), 16)]
    phrases = [one for one in runs if one.replace(" ", "").isalpha()] or ["nothing of this"]
    groups = (
        TermGroup("a", tuple(phrases[:2])),
        TermGroup("b", tuple(phrases[2:4])),
        TermGroup("c", tuple(phrases[4:10])),
    )
    rule = parse_rule(draw.choice(RULES), {"a", "b", "c"})
    return Topic("drawn", groups, rule, min_hits=draw.choice((1, 2, 4)), min_score=draw.choice((1, 5)))


def is_kept(matcher: TopicMatcher, page: bytes) -> bool:
    """Tell whether the prefilter lets a page through."""
    words = visible_words(page)
    return isinstance(words, Rejected) or matcher.may_match(words.titles, words.texts)


def lost_topics(page: bytes, article: Article, draw: random.Random) -> tuple[int, int]:
    """Return how many drawn topics the article meets, and how many of them the prefilter loses."""
    met = lost = 0
    for _ in range(DRAWN if len(article.text.split()) > 70 and as_words(article.text).spans else 0):
        matcher = compile_topics([drawn_topic(article, draw)], {})
        if matcher.decide_article(article.title, article.text):
            met += 1
            lost += not is_kept(matcher, page)
    return met, lost


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was kept and lost, and the processor time of the glance beside that of reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    pages = pages_of(parser.parse_args(arguments).folder)
    matcher, draw, now = topic_matcher(None), random.Random(7), datetime.now(UTC)
    start = time.process_time()
    kept = [is_kept(matcher, page) for page in pages]
    glance = time.process_time() - start
    start = time.process_time()
    articles = [read_html(page, ADDRESS, {}, now=now) for page in pages]
    reading = time.process_time() - start
    on_topic = [isinstance(one, Article) and bool(matcher.decide_article(one.title, one.text)) for one in articles]
    lost = sum(is_on and not is_in for is_on, is_in in zip(on_topic, kept, strict=True))
    off = sum(is_in and not is_on for is_on, is_in in zip(on_topic, kept, strict=True))
    drawn = [
        lost_topics(page, one, draw) for page, one in zip(pages, articles, strict=True) if isinstance(one, Article)
    ]
    print(f"{len(pages)} pages, {sum(map(len, pages)) / max(1, len(pages)) / 1000:.0f} kB on average")
    print(f"packaged topics: {sum(on_topic)} on topic, {lost} lost; {off} of {len(pages) - sum(on_topic)} others kept")
    print(f"drawn topics: {sum(met for met, _ in drawn)} met, {sum(n_lost for _, n_lost in drawn)} lost")
    print(f"a page: glance {1000 * glance / len(pages):.1f} ms, reading {1000 * reading / len(pages):.1f} ms")


if __name__ == "__main__":
    main()
