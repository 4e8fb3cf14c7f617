"""Extraction that keeps what it finds: a warehouse that moved on is rebuilt without reading every text again."""

from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import TypeAdapter

from extractors.model import Article, Findings
from flows.analysis import Chunk, Extracting
from flows.workers import Done, Ended
from warehouse.keys import make_key
from warehouse.rebuilding import Found


class Remembering:
    """A crew that hands out what was found already, and has the rest found by another one."""

    def __init__(self, crew: Extracting, found: Found, version: str) -> None:
        """Keep what ``crew`` finds; ``version`` stands for all rules and code that it depends on."""
        self._crew, self._found, self._version = crew, found, version

    def extract(self, articles: Sequence[Article], *, is_alone: bool) -> Iterator[Ended[Chunk, list[Findings]]]:
        """Yield how the articles ended: first those that are known, as one chunk."""
        keys = {one.content_hash: make_key("found", self._version, repr(one)) for one in articles}
        kept = self._found.load(list(keys.values()))
        known = [one for one in articles if keys[one.content_hash] in kept]
        if known:
            yield Done(tuple(known), [_json().validate_json(kept[keys[one.content_hash]]) for one in known])
        rest = [one for one in articles if keys[one.content_hash] not in kept]
        for ended in self._crew.extract(rest, is_alone=is_alone) if rest else ():
            if isinstance(ended, Done):
                self._found.keep({keys[one.content_hash]: _json().dump_json(one).decode() for one in ended.value})
            yield ended


@cache
def _json() -> TypeAdapter[Findings]:
    return TypeAdapter(Findings)
