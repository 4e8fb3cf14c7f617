"""What is watched: a source with what an analyst has to know of it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.feeds.schedule import DEFAULT_BOUNDS, IntervalBounds

SourceKind: TypeAlias = Literal["feed", "sitemap", "page"]
Standing: TypeAlias = Literal[
    "agency",
    "broadcaster",
    "government",
    "international",
    "magazine",
    "military",
    "ministry",
    "paper",
    "specialist",
    "state-media",
    "think-tank",
    "unknown",
]
TextTerms: TypeAlias = Literal["share", "keep", "expire"]


@dataclass(frozen=True, slots=True)
class Source:
    """Something polled. ``standing`` and ``note`` say whose voice it is; no ``topics`` means all of them.

    ``texts`` is what may become of them: shared in releases, kept here, or kept only until they are pruned.
    ``issuer`` is the body whose own documents it publishes, such as "Foreign Ministry of Norland".
    """

    source_id: str
    url: str
    kind: SourceKind = "feed"
    outlet: str | None = None
    country: str | None = None
    standing: Standing = "unknown"
    note: str = ""
    language: str | None = None
    topics: tuple[str, ...] = ()
    bounds: IntervalBounds = DEFAULT_BOUNDS
    is_enabled: bool = True
    issuer: str | None = None
    licence: str | None = None
    texts: TextTerms = "keep"
