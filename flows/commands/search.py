"""`tocsin search`: full text over the articles and statements of the published warehouse."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import Since, common_options, json_option

if TYPE_CHECKING:
    from warehouse.asking import Match

EXAMPLES = """\b
Examples:
  tocsin search missile defence                    texts with both words, the best first
  tocsin search "red line" drone*                  a phrase, and any word that begins so
  tocsin search sanctions --in statements --json   only what somebody said
  tocsin search ferry harbour --any --since 2024-10-01
"""


@click.command("search", epilog=EXAMPLES)
@click.argument("words", nargs=-1, required=True)
@common_options
@json_option
@click.option("--in", "place", type=click.Choice(["all", "articles", "statements"]), default="all", show_default=True)
@click.option("--any", "is_any", is_flag=True, help="Texts with any of the words, not only those with all.")
@click.option("--since", type=Since(), help="Published on this day or later.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many to show.")
def command(
    words: tuple[str, ...],
    config_folder: Path | None,
    warehouse: Path | None,
    as_json: bool,
    place: str,
    is_any: bool,
    since: datetime | None,
    limit: int,
) -> None:
    """Find WORDS, without regard to case and accents, in articles (title and text) and statements (speaker and words).

    Each argument is a word or, with blanks in it, a phrase. Ranking is BM25: rare words count more than common ones,
    short texts more than long ones, words of a title three times.
    """
    from config.places import warehouse_path
    from warehouse.asking import KINDS, SearchQuery, search, to_terms
    from warehouse.connection import open_reader
    from warehouse.upkeep import readable_path

    terms = to_terms(words)
    if not terms:
        raise click.BadParameter("there is no word in it", param_hint="WORDS")
    kinds = tuple(one for one in KINDS if place in ("all", f"{one}s"))
    wanted = SearchQuery(terms, kinds, is_any, since.date() if since else None, limit)
    target = warehouse or warehouse_path(config_folder)
    with open_reader(readable_path(target)) as con:
        found = search(con, wanted)
    for one in found:
        print(json.dumps(_record(one, terms), ensure_ascii=False) if as_json else _text(one, terms))
    if not found and not as_json:
        print(_nothing(terms, is_any=is_any))


def _nothing(terms: Sequence[str], *, is_any: bool) -> str:
    if len(terms) > 1 and not is_any:
        return "nothing found with all of it; --any finds texts with any of it"
    return "nothing found"


def _record(match: "Match", terms: tuple[str, ...]) -> dict[str, Any]:
    from flows.analysis import plain
    from flows.commands.showing.snippets import snippet

    return {
        "kind": match.kind,
        "id": match.id,
        "score": round(match.score, 3),
        "outlet": match.outlet,
        "published_at": plain(match.published_at),
        "title": match.title,
        "speaker": match.speaker,
        "location": match.location,
        "snippet": snippet(match.text, terms),
    }


def _text(match: "Match", terms: tuple[str, ...]) -> str:
    from flows.commands.showing.snippets import snippet

    day = match.published_at.date().isoformat() if match.published_at else "undated"
    facts = f"{day}  {match.outlet or match.location or '-'}  {match.title or 'untitled'}"
    said = f"{match.speaker or 'somebody'}: " if match.kind == "statement" else ""
    return f"{facts}  ({match.kind} {match.id[:12]}, {match.score:.1f})\n    {said}{snippet(match.text, terms)}"
