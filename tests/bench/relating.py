"""Cost of relating 20 new articles as the warehouse grows: ``python -m tests.bench.relating [ARTICLES...]``.

Invented warehouses (default 1,000 and 50,000 articles) with 45 articles a day and the keys that their statements really
have. The last 20 articles are made new and related, each time in a process of its own. --keep FOLDER keeps them there.
"""

import resource
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import process_time

from flows.analysis.knowledge import reference_knowledge
from flows.analysis.relate import key_index, relate_batch
from tests.bench.warehouses import Size, build
from warehouse.alerting import Ringing
from warehouse.connection import open_writer, transaction
from warehouse.storing.key_index import keys_path

SIZES = ("1000", "50000")
A_DAY = 45
N_NEW = 20
# What the last articles brought, as if it was not related yet; claims that only they tell of are gone.
MADE_NEW = (
    f"CREATE TEMP TABLE last AS SELECT article_id FROM articles ORDER BY published_at DESC LIMIT {N_NEW}",
    """
    CREATE TEMP TABLE gone AS SELECT claim_id FROM statements GROUP BY claim_id
    HAVING bool_and(article_id IN (FROM last))
    """,
    "UPDATE statements SET claim_id = NULL, claim_similarity = NULL WHERE article_id IN (FROM last)",
    "DELETE FROM claims WHERE claim_id IN (FROM gone)",
    "DELETE FROM claim_events WHERE claim_id IN (FROM gone)",
    "DELETE FROM alert_claims WHERE claim_id IN (FROM gone)",
    "DELETE FROM alerts WHERE claim_id IN (FROM gone)",
)


def prepare(path: Path, n_articles: int) -> float:
    """Make a warehouse whose last articles have still to be related; returns what indexing its keys cost."""
    build(path, Size(n_articles, days=max(1, n_articles // A_DAY)))
    with open_writer(path) as con, transaction(con):
        for sql in MADE_NEW:
            con.execute(sql)
    began = process_time()
    with open_writer(path) as con, transaction(con), key_index(con, reference_knowledge(None)) as index:
        index.holders([])
    return process_time() - began


def relate(path: Path) -> tuple[int, float, int]:
    """Return statements related, processor seconds, and by how many MB the peak of memory grew."""
    knowledge = reference_knowledge(None)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = process_time()
    related = relate_batch(path, knowledge, Ringing(()), articles=N_NEW)
    spent = process_time() - began
    return related.statements, spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


def main(sizes: Sequence[str], folder: Path) -> None:
    """Print a line for each size."""
    first = 0.0
    for size in map(int, sizes):
        path = folder / f"relating-{size}.duckdb"
        indexing = prepare(path, size)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            n_statements, seconds, grown = pool.submit(relate, path).result()
        first = first or seconds
        print(
            f"{size:>9,} articles: {n_statements} statements related in {seconds:.2f} s x{seconds / first:.2f}, "
            f"memory +{grown} MB; {path.stat().st_size / 1e6:.0f} MB, keys {keys_path(path).stat().st_size / 1e6:.0f} "
            f"MB made in {indexing:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    words = sys.argv[1:]
    if "--keep" in words:
        at = words.index("--keep")
        main(words[:at] + words[at + 2 :] or SIZES, Path(words[at + 1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(words or SIZES, Path(made))
