"""Blocking keys: two reports that may be one claim share at least one, so SQL can fetch candidates by equality."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from zlib import crc32

from extractors.claims.comparing.content import Content, prepare
from extractors.claims.comparing.occasions import Window, window_of
from extractors.claims.comparing.voices import Rank, Voice, family_names, voice_of
from extractors.claims.values import Report, Thesaurus

BUCKET_DAYS = 8  # a week and its neighbours in one or two buckets
MARGIN_DAYS = 1  # time zones
MAX_BUCKETS = 3  # a window of a month or a year is not spelled out: its last buckets stand for it
MAX_TERMS = 16
SHINGLE = 4  # content words in a row that mark a verbatim rerun
WINDOW = 4
MONTH_TERMS = 5  # rarest terms by which a repeat of an old position is looked up


def blocking_keys(report: Report, thesaurus: Thesaurus) -> tuple[str, ...]:
    """Return the keys a report is found by, sorted: article, speaker with days and terms, shingles, terms a month."""
    content, voice, window = prepare(report, thesaurus), voice_of(report), window_of(report)
    keys = {*_days(voice, window, content), *_reruns(voice, content), *_positions(voice, window, content)}
    keys.add(f"a|{report.article_id}")  # a paraphrase and the quote after it may share no word
    return tuple(sorted(keys))


def has_keys(voice: Voice, content: Content) -> bool:
    """Tell whether a report with this voice and content has a blocking key."""
    return voice.rank is Rank.PERSON or bool(content.terms) or len(content.run) >= SHINGLE


def _names(voice: Voice) -> tuple[str, ...]:
    return tuple(dict.fromkeys((voice.key, *voice.speaks_for)))


def _days(voice: Voice, window: Window | None, content: Content) -> Iterator[str]:
    terms = [term for term, _ in content.terms[:MAX_TERMS]]
    for bucket in _buckets(window):
        if voice.rank is Rank.PERSON:
            yield f"p|{voice.key}|{bucket}"
            yield from (f"n|{part}|{bucket}" for part in family_names(voice))
        for name in _names(voice):
            yield from (f"t|{name}|{bucket}|{term}" for term in terms)


def _buckets(window: Window | None) -> list[int | str]:
    if window is None:
        return ["?"]
    first = (window.first - timedelta(days=MARGIN_DAYS)).toordinal() // BUCKET_DAYS
    last = (window.last + timedelta(days=MARGIN_DAYS)).toordinal() // BUCKET_DAYS
    return list(range(max(first, last - MAX_BUCKETS + 1), last + 1))


def _reruns(voice: Voice, content: Content) -> Iterator[str]:
    """Yield the shingles that winnowing keeps: two texts that share WINDOW + SHINGLE - 1 words in a row share one."""
    run = content.run
    shingles = [" ".join(run[at : at + SHINGLE]) for at in range(len(run) - SHINGLE + 1)]
    windows = [shingles[at : at + WINDOW] for at in range(max(1, len(shingles) - WINDOW + 1))]
    kept = {min(window, key=lambda shingle: (crc32(shingle.encode()), shingle)) for window in windows if window}
    for shingle in kept:
        yield from (f"v|{name}|{shingle}" for name in _names(voice))
        yield f"w|{shingle}"  # whoever is not resolved to somebody may be anybody: then long runs of words tell


def _positions(voice: Voice, window: Window | None, content: Content) -> Iterator[str]:
    """Yield keys by which a repeat finds the position it repeats: within two months, by rare terms."""
    if window is None:
        return
    month = _month(window.last)
    rare = sorted(term for term, _ in content.terms[:MONTH_TERMS])
    for one in (month - 1, month):
        yield from (f"m|{voice.key}|{one}|{term}" for term in rare)
        for name in voice.speaks_for:
            yield from (f"m|{name}|{one}|{left}+{right}" for left, right in combinations(rare, 2))
        if voice.rank is not Rank.PERSON:
            yield from (f"m|{voice.key}|{one}|{left}+{right}" for left, right in combinations(rare, 2))


def _month(day: date) -> int:
    return day.year * 12 + day.month
