"""An article's identity, and its likeness to others: wire copy with another headline, another lead, cuts and noise.

Identity is exact: the SHA-256 of the normalised text. Likeness takes two steps: band keys of a MinHash signature find
candidates down to a low resemblance, and containment verifies them on the texts. The keys are plain strings, so the
index can be rows of a table that grows with what is new.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from extractors.identity.minhash import minhash

N_PERMUTATIONS = 128
ROWS = 2  # two rows a band find nine of ten pairs at a resemblance of 0.2: a copy cut to a fifth
SEED = 20240624
SHINGLE = 4  # words; three let common phrases through, five lose copies in which every tenth word was changed
RUN = 6  # words in a row that texts rarely share by chance; with every tenth word changed most stay covered
MIN_WORDS = 12  # below this a text is too short to be known again

# Tuned by a grid on twelve newsrooms of 600 pages and eight of 220 texts, all invented: wire copies with edits, and
# reports of other events that share names, turns of phrase, a background paragraph and a long quotation. On others of
# their kind F1 is 0.99 and more without a false merge; the neighbouring values stay above 0.99.
COPY_CONTAINMENT = 0.34
SPREAD_CONTAINMENT = 0.15  # of what is left without the most copied paragraphs: a speech and a background may be shared
SPREAD_RUN = 9  # words in a row: set phrases with the same names in them reach eight
NARRATIVE_CONTAINMENT = 0.1  # outside quotation marks: two reports of one speech share the speech, not the report
ALMOST_ALL = 0.9  # above this a text is a copy however it is divided
SHARED_PARAGRAPHS = 2  # how many may be the same in two reports of different events
MANY_PARAGRAPHS = 6  # with fewer only one is left out
NARRATIVE_WORDS = 30  # with less than this outside quotation marks there is no narrative to compare
ATTRIBUTION_WORDS = 8  # what is left of a paragraph of quotes below this is "the minister said"

_Words: TypeAlias = tuple[tuple[str, ...], ...]
_FOLD = str.maketrans("“”„‟«»‹›‘’‚‛′‐‑‒–—―−", '""""""""\'\'\'\'\'-------', "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\w+")
_CURLY = r"[“„][^”]{1,2000}+(?:”|$)|«[^»]{1,2000}+(?:»|$)"  # an open one runs to the end: the quotation goes on
_QUOTED_CURLY = re.compile(_CURLY)
_QUOTED = re.compile(rf'"[^"]{{1,2000}}"|{_CURLY}')
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")


def normalise(text: str) -> str:
    """Return the text as identity sees it: NFKC, plain quotes and dashes, case and white space folded."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def content_hash(text: str) -> str:
    """Return the SHA-256 of the normalised text in hexadecimal: an article's identity."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def near_signature(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of the text's word shingles; empty where the text is too short to have one."""
    shingles = _shingles(text)
    if len(shingles) < MIN_WORDS - SHINGLE:
        return ()
    elements = (shingle.encode("utf-8", "surrogatepass") for shingle in shingles)
    return minhash(elements, n_permutations=N_PERMUTATIONS, seed=SEED)


def bands(signature: tuple[int, ...]) -> tuple[str, ...]:
    """Return the index keys of a signature: two texts with a key in common are candidates for one another."""
    return tuple(
        f"{start // ROWS:02x}:{''.join(f'{value:08x}' for value in signature[start : start + ROWS])}"
        for start in range(0, len(signature), ROWS)
    )


def containment(one: str, other: str) -> float:
    """Return which share of the shorter text's words stand in runs that the longer one has too."""
    return _share(_count_covered(_paragraphs(one), _paragraphs(other)))


def is_near_duplicate(one: str, other: str) -> bool:
    """Tell whether one text is a copy of the other: in many words, all over it, and in its own narrative."""
    texts = _paragraphs(one), _paragraphs(other)
    counts = _count_covered(*texts)
    shared = _share(counts)
    if shared < COPY_CONTAINMENT or sum(n for _, n in counts) < MIN_WORDS:
        return False
    if shared >= ALMOST_ALL:
        return True
    n_left_out = SHARED_PARAGRAPHS if len(counts) >= MANY_PARAGRAPHS else 1
    spread = _share(sorted(_count_covered(*texts, run=SPREAD_RUN))[:-n_left_out])
    return spread >= SPREAD_CONTAINMENT and _shares_narrative(one, other)


def _shares_narrative(one: str, other: str) -> bool:
    told, told_other = _narrative(one), _narrative(other)
    if min(_n_words(told), _n_words(told_other)) < NARRATIVE_WORDS:
        return True
    return _share(_count_covered(told, told_other)) >= NARRATIVE_CONTAINMENT


def _narrative(text: str) -> _Words:
    """Return the words outside quotation marks, without bare attributions."""
    return tuple(words for words in _paragraphs(_without_quotes(text)) if len(words) >= ATTRIBUTION_WORDS)


def _share(counts: Sequence[tuple[int, int]]) -> float:
    n_words = sum(n for _, n in counts)
    return sum(n for n, _ in counts) / n_words if n_words else 0.0


def _count_covered(one: _Words, other: _Words, *, run: int = RUN) -> list[tuple[int, int]]:
    """Count by paragraph of the shorter text the words that lie in runs of the longer one, and all its words."""
    shorter, longer = sorted((one, other), key=lambda text: (_n_words(text), text))
    runs = {words[start : start + run] for words in longer for start in range(len(words) - run + 1)}
    return [(_n_covered(words, runs, run), len(words)) for words in shorter if words]


def _n_covered(words: tuple[str, ...], runs: set[tuple[str, ...]], length: int) -> int:
    """Count the words that lie in one of the runs."""
    n_covered, until = 0, 0
    for start in range(len(words) - length + 1):
        if words[start : start + length] in runs:
            n_covered += start + length - max(start, until)
            until = start + length
    return n_covered


def _n_words(paragraphs: _Words) -> int:
    return sum(map(len, paragraphs))


def _without_quotes(text: str) -> str:
    """Return the text outside its quotation marks; plain marks only where a paragraph has them in pairs."""
    paragraphs = _PARAGRAPH_BREAK.split(text)
    return "\n\n".join((_QUOTED if one.count('"') % 2 == 0 else _QUOTED_CURLY).sub("\n\n", one) for one in paragraphs)


def _shingles(text: str) -> set[str]:
    return {
        " ".join(words[start : start + SHINGLE])
        for words in _paragraphs(text)
        for start in range(len(words) - SHINGLE + 1)
    }


@lru_cache(maxsize=512)
def _paragraphs(text: str) -> _Words:
    """Return the words by paragraph: no run crosses a break, so a paragraph that was cut out leaves no trace."""
    return tuple(tuple(_words(paragraph)) for paragraph in _PARAGRAPH_BREAK.split(text))


def _words(text: str) -> list[str]:
    """Return the words; in scripts without spaces each character counts as one."""
    return _WORD.findall(_CJK.sub(lambda found: f" {found[0]} ", normalise(text)))
