"""A small network's opinion of a statement: a probability for every category, and the words that speak most for it.

A MiniLM encoder (Wang et al. 2020, arXiv:2002.10957) trained on invented statements; docs/network.md is its card. Every
word piece votes for every category and the votes are averaged, so a category's words are those that voted for it most.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from extractors.escalation.network.trust import Trust
from extractors.model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding

    Votes: TypeAlias = NDArray[np.float32]

LONGEST = 128  # word pieces of speaker and statement together; what is longer is cut
STATEMENT = 1  # the second of the two texts
REMEMBERED = 1_000  # questions: with names masked, wording comes back within a text and in its reprints


@dataclass(frozen=True, slots=True)
class Question:
    """What the network is asked about: a few words on the speaker, and the statement with its cue."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities by category, the likeliest first; ``words`` is where its reasons stand in the question's text."""

    ranking: tuple[tuple[str, float], ...]
    words: Span | None


class Network:
    """The network in memory; reading is pure: the same question, the same opinion, whatever else is asked."""

    def __init__(
        self, weights: bytes, tokenizer: str, codes: Sequence[str], *, ordinary: AbstractSet[str], trust: Trust
    ) -> None:
        """Build it from the files' contents; ``codes`` are the categories in the order of its votes.

        ``ordinary`` are the words that it knows as no names, whatever they begin with; ``trust`` is how far its word
        goes beside that of the rules.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # the caller decides what runs side by side
        options.enable_cpu_mem_arena = False  # texts of many lengths would make it grow
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        self._codes = tuple(codes)
        self.ordinary = frozenset(ordinary)
        self.trust = trust
        self._remembered = lru_cache(REMEMBERED)(self._read)

    def read(self, question: Question) -> Opinion:
        """Return the opinion of one statement; what was asked lately is not read again."""
        return self._remembered(question)

    def _read(self, question: Question) -> Opinion:
        """Read a statement.

        One at a time: the eight-bit arithmetic scales with all that is read together, so that a statement's neighbours
        would colour it; and nothing is padded, so a batch would be no faster.
        """
        import numpy as np

        encoded = self._tokenizer.encode(question.speaker, question.text)
        pieces = {"ids": np.array([encoded.ids]), "types": np.array([encoded.type_ids])}
        [votes] = self._session.run(None, pieces)
        return self._opinion(encoded, votes)

    def knows(self, word: str) -> bool:
        """Tell whether the word is a single piece of the vocabulary."""
        return self._tokenizer.token_to_id(word.lower()) is not None

    def _opinion(self, encoded: "Encoding", votes: "Votes") -> Opinion:
        import numpy as np

        scores = votes.mean(axis=0)
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        best = np.argsort(-chances, kind="stable").tolist()
        listed = chances.tolist()
        ranking = tuple((self._codes[number], listed[number]) for number in best)
        return Opinion(ranking, _reasons(encoded, votes[:, best[0]] - np.log(np.exp(votes).sum(axis=1))))


def _reasons(encoded: "Encoding", votes: "Votes") -> Span | None:
    """Return the stretch of the statement whose pieces, each by itself, are surest of the likeliest category.

    ``votes`` are the log-probabilities that each piece gives it.
    """
    pieces = [
        (offsets, vote)
        for number, offsets, vote in zip(encoded.sequence_ids, encoded.offsets, votes.tolist(), strict=True)
        if number == STATEMENT
    ]
    if not pieces:
        return None
    mean = sum(vote for _, vote in pieces) / len(pieces)
    first, last = _heaviest([vote - mean for _, vote in pieces])
    return Span(pieces[first][0][0], pieces[last][0][1])


def _heaviest(values: Sequence[float]) -> tuple[int, int]:
    """Return the ends of the stretch with the greatest sum (Kadane's algorithm)."""
    best, ends = float("-inf"), (0, 0)
    total, start = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > best:
            best, ends = total, (start, index)
    return ends
