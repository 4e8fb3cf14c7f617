"""How long a crawl takes on so many cores: ``python -m tests.bench.simulation``, from measured costs of each step.

The design is played through event by event: files are scanned and texts extracted by whichever core is free, parts are
merged in order by one writer while the others work, relating comes last. Costs are arguments; the defaults are those
that docs/scale.md tells the origin of.
"""

import argparse
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

CORES = (2, 10, 100, 1000)
TEXTS = 200  # articles of a part
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds of one core: to glance at a page, to read one, to extract an article, to merge and relate it.

    ``relate_share`` is how much of relating is done ahead in parts, the comparing; the rest is one writer's.
    """

    glance: float = 10.0
    read: float = 55.0
    extract: float = 300.0
    merge_page: float = 5.0
    merge_findings: float = 12.0
    relate: float = 100.0
    relate_share: float = 0.24


@dataclass(frozen=True, slots=True)
class Crawl:
    """How much there is: files, pages a file, the share that is read, and of what was read the share that is kept."""

    files: int
    pages: int = 28_000
    read_share: float = 0.10
    kept_share: float = 0.25

    @property
    def articles_a_file(self) -> float:
        """Return how many pages of a file become articles."""
        return self.pages * self.read_share * self.kept_share


DAY, MONTH = Crawl(20), Crawl(600)
DECADE = Crawl(600 * 120)


@dataclass(frozen=True, slots=True)
class Played:
    """Hours by the clock at which each stage was over, and how much of its stage the writer was busy."""

    scanned: float
    extracted: float
    related: float
    writer_scanning: float
    writer_extracting: float


def simulate(crawl: Crawl, costs: Costs, cores: int) -> Played:
    """Play a crawl through; the writer has a core to itself where there are more than two."""
    workers = max(1, cores - 1) if cores > 2 else cores
    scan = (crawl.pages * costs.glance + crawl.pages * crawl.read_share * costs.read) / 1000
    merge = crawl.articles_a_file * costs.merge_page / 1000
    scanned, busy_scanning = _stage(crawl.files, scan, merge, workers)
    articles = crawl.files * crawl.articles_a_file
    parts = max(1, round(articles / TEXTS))
    extracting, busy_extracting = _stage(
        parts, TEXTS * costs.extract / 1000, TEXTS * costs.merge_findings / 1000, workers
    )
    extracted = scanned + extracting
    relating = articles * costs.relate / 1000
    related = extracted + relating * (1 - costs.relate_share) + relating * costs.relate_share / workers
    return Played(
        scanned / HOUR, extracted / HOUR, related / HOUR, busy_scanning / scanned, busy_extracting / extracting
    )


def _stage(tasks: int, work: float, merge: float, workers: int) -> tuple[float, float]:
    """Return when the last of the tasks is merged, and how long the writer was busy; both in seconds."""
    writer = 0.0
    for ready in _ends(tasks, work, workers):
        writer = max(writer, ready) + merge
    return writer, tasks * merge


def _ends(tasks: int, work: float, workers: int) -> Iterator[float]:
    """Yield when each task is done, in the order in which they are merged."""
    free = [0.0] * min(workers, tasks)
    for _ in range(tasks):
        end = heapq.heappop(free) + work
        heapq.heappush(free, end)
        yield end


def table(costs: Costs) -> list[str]:
    """Return the projections as lines of Markdown."""
    lines = ["| crawl | cores | scanned after | extracted | related | writer busy |", "|---|---|---|---|---|---|"]
    for name, crawl in (("a day", DAY), ("a month", MONTH), ("ten years", DECADE)):
        for cores in CORES:
            one = simulate(crawl, costs, cores)
            busy = f"{one.writer_scanning:.0%}, {one.writer_extracting:.0%}"
            times = " | ".join(_hours(hours) for hours in (one.scanned, one.extracted, one.related))
            lines.append(f"| {name} | {cores} | {times} | {busy} |")
    return lines


def _hours(hours: float) -> str:
    return f"{hours / 24:.1f} d" if hours >= 48 else f"{hours:.1f} h"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the projections."""
    parser = argparse.ArgumentParser(description=__doc__)
    for one in fields(Costs):
        parser.add_argument(f"--{one.name.replace('_', '-')}", type=float, default=getattr(Costs(), one.name))
    given = vars(parser.parse_args(arguments))
    print("\n".join(table(Costs(**given))))


if __name__ == "__main__":
    main()
