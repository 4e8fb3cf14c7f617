from .fingerprint import content_hash
from .history import PageHistory, Revision, record_text
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

__all__ = [
    "ARTICLE",
    "UNDATED",
    "Kind",
    "PageHistory",
    "Place",
    "PlaceRank",
    "Revision",
    "Role",
    "Surroundings",
    "Text",
    "canonical_url",
    "content_hash",
    "is_fetchable",
    "published_by",
    "rank_of_place",
    "record_text",
    "resolve_url",
    "settle",
    "site_key",
    "text_bands",
]
