"""The page docs/sql-cookbook.md: `python -m flows.commands.showing.cookbook > docs/sql-cookbook.md`."""

from collections.abc import Sequence

from config.queries import Query, queries_of

HEAD = """# SQL cookbook

Made from the packaged `config/queries.toml` by `python -m flows.commands.showing.cookbook > docs/sql-cookbook.md`; a
test runs every query on the seed corpus and fails when this page is stale.

Each question is a saved query: `tocsin sql @NAME` answers it from the published snapshot, `-p NAME=VALUE` sets a
parameter (`$NAME` in the text), `tocsin sql --list` lists them. A `queries.toml` of your own, in the folder that
`--config` names, takes the place of this one; `tocsin check` tries its queries. What views and columns mean stands in
[the reference](warehouse.md).

- `--expanded` prints a record a block; `--format csv`, `json` or `markdown` is for what comes after.
- On a terminal, a table has the columns that tell most and names those it leaves out; a file or a pipe gets all.
- Name the columns you need: `quotes`, `outlets` and `targets` are put together only for those who ask for them.
- `claims_as_of(TIME)` and `events_as_of(TIME)` go by the reports that had come in by then, under today's labels.
"""


def cookbook_markdown(queries: Sequence[Query]) -> str:
    """Return the page: a question a section."""
    return "\n".join([HEAD, *map(_section, queries)])


def _section(query: Query) -> str:
    values = "".join(f" -p {key}={one.default}" for key, one in query.parameters.items())
    return f"## {query.question}\n\n`tocsin sql @{query.name}{values}`\n\n```sql\n{query.sql.strip()}\n```\n"


if __name__ == "__main__":
    print(cookbook_markdown(queries_of(None)), end="")
