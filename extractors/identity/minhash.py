"""MinHash signatures (Broder 1997): two sets agree in a place about as often as in their elements.

The values are those of the package datasketch with the scheme "affine32", which a test holds them to: importing it
costs seconds at every start, for the sake of indexes that a table of ours stands for.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values: TypeAlias = NDArray[np.uint32]

AT_ONCE = 4096  # hashes permuted in one go: two megabytes


def minhash(elements: Iterable[bytes], *, n_permutations: int, seed: int) -> tuple[int, ...]:
    """Return the least value of the elements' hashes under each permutation; that of no elements is all ones."""
    import numpy as np

    hashed = _mixed(np.array([_hash(one) for one in elements], dtype=np.uint32))
    factors, summands = _permutations(n_permutations, seed)
    least = np.full(n_permutations, 0xFFFFFFFF, dtype=np.uint32)
    for start in range(0, len(hashed), AT_ONCE):
        permuted = hashed[start : start + AT_ONCE, None] * factors + summands
        least = np.minimum(least, permuted.min(axis=0))
    return tuple(least.tolist())


def _hash(element: bytes) -> int:
    return int.from_bytes(hashlib.sha1(element, usedforsecurity=False).digest()[:4], "little")


def _mixed(values: "Values") -> "Values":
    """Apply the finaliser of MurmurHash3 (Appleby 2011), so that close values part."""
    import numpy as np

    word = np.uint32
    values = (values ^ (values >> word(16))) * word(0x85EBCA6B)
    values = (values ^ (values >> word(13))) * word(0xC2B2AE35)
    return values ^ (values >> word(16))


@cache
def _permutations(n: int, seed: int) -> "tuple[Values, Values]":
    """Return factors, odd so that no two values fall together, and summands of x -> a * x + b modulo 2 ** 32."""
    import numpy as np

    random = np.random.RandomState(seed)
    factors = random.randint(0, 1 << 31, n, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, random.randint(0, 1 << 32, n, dtype=np.uint32)
