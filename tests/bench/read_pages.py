"""How much our reader costs above trafilatura alone, on invented pages: ``python -m tests.bench.read_pages [N]``."""

import random
import sys
import time
from collections.abc import Callable, Sequence

from extractors.reading.article import read_html
from tests.extractors.identity.wire import paragraph, report, sentence

MENU = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(60))


def make_page(chance: random.Random) -> bytes:
    """Return one invented news page with a menu, a list of links, scripts and structured data."""
    title = sentence(chance).rstrip(".")
    links = "".join(f'<li><a href="/a/{chance.random()}">{sentence(chance)}</a></li>' for _ in range(25))
    body = "".join(f"<p>{one}</p>" for one in report(chance, 18))
    data = f'{{"@type":"NewsArticle","headline":"{title}","datePublished":"2023-03-04T10:15:00Z"}}'
    return (
        f'<html lang="en"><head><title>{title}</title><script type="application/ld+json">{data}</script>'
        f"<script>{'var a = 1;' * 3_000}</script></head><body><nav><ul>{MENU}</ul></nav><article><h1>{title}</h1>{body}"
        f"</article><aside><ul>{links}</ul></aside><footer><p>{paragraph(chance)}</p></footer></body></html>"
    ).encode()


def measure(read: Callable[[bytes], object], pages: Sequence[bytes]) -> float:
    """Return the CPU seconds that reading all pages takes."""
    read(pages[0])
    start = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - start


def main() -> None:
    """Print seconds and ratios of one run."""
    from trafilatura import bare_extraction

    chance = random.Random(1)
    pages = [make_page(chance) for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 500)]
    text = measure(lambda page: bare_extraction(page, include_comments=False), pages)
    metadata = measure(lambda page: bare_extraction(page, include_comments=False, with_metadata=True), pages)
    ours = measure(lambda page: read_html(page, "https://courier.example/river/patrols", {}), pages)
    print(f"{len(pages)} pages of {sum(map(len, pages)) // len(pages):,} bytes, CPU seconds")
    print(f"trafilatura, text {text:.2f}; with metadata {metadata:.2f}; ours {ours:.2f}")
    print(f"ours to trafilatura with metadata {ours / metadata:.2f}, to its text alone {ours / text:.2f}")


if __name__ == "__main__":
    main()
