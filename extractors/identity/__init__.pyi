from .fingerprint import content_hash
from .history import PageHistory, Revision, added_paragraphs, record_text
from .placing import (
    ARTICLE,
    UNDATED,
    Kind,
    Place,
    PlaceRank,
    Role,
    Surroundings,
    Text,
    published_by,
    rank_of_place,
    settle,
    text_bands,
)
from .urls import canonical_url, is_fetchable, resolve_url, site_key
from .visits import QUIET, Visits, next_visit

__all__ = [
    "ARTICLE",
    "QUIET",
    "UNDATED",
    "Kind",
    "PageHistory",
    "Place",
    "PlaceRank",
    "Revision",
    "Role",
    "Surroundings",
    "Text",
    "Visits",
    "added_paragraphs",
    "canonical_url",
    "content_hash",
    "is_fetchable",
    "next_visit",
    "published_by",
    "rank_of_place",
    "record_text",
    "resolve_url",
    "settle",
    "site_key",
    "text_bands",
]
