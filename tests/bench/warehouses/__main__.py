"""``python -m tests.bench.warehouses --articles N OUT``: an invented warehouse for benches; ``--help`` tells more."""

import sys
from pathlib import Path
from time import process_time

import click

from tests.bench.warehouses import Size, build
from warehouse.connection import open_writer
from warehouse.upkeep import publish


@click.command()
@click.option("--articles", type=click.IntRange(min=1), default=200_000, show_default=True, help="How many articles.")
@click.option("--statements", type=click.IntRange(1, 32), default=5, show_default=True, help="Statements an article.")
@click.option("--days", type=click.IntRange(min=1), default=1096, show_default=True, help="Days they spread over.")
@click.option("--publish", "is_published", is_flag=True, help="Publish the snapshot, too.")
@click.argument("out", type=click.Path(dir_okay=False, exists=False, path_type=Path))
def main(articles: int, statements: int, days: int, is_published: bool, out: Path) -> None:
    """Fill OUT, which must not exist, with an invented warehouse."""
    if out.exists():
        raise click.UsageError(f"{out} exists")
    build(out, Size(articles, statements, days), lambda n: print(f"{n} of {articles} articles", file=sys.stderr))
    if is_published:
        with open_writer(out) as con:
            publish(con, out)
    print(f"{out}: {out.stat().st_size / 1e6:.0f} MB, {process_time():.0f} s of processor time")


if __name__ == "__main__":
    main()
