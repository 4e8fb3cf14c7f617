"""Signatures are those of datasketch, whatever the set."""

from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from extractors.identity import minhash as module
from extractors.identity.minhash import minhash


@given(st.lists(st.binary(max_size=40), max_size=60), st.integers(0, 2**32 - 1))
def test_a_signature_is_that_of_the_library(elements: list[bytes], seed: int) -> None:
    sketch = MinHash(num_perm=16, seed=seed, scheme="affine32")
    sketch.update_batch(elements)
    assert minhash(elements, n_permutations=16, seed=seed) == tuple(int(one) for one in sketch.hashvalues)


def test_a_large_set_is_permuted_in_parts() -> None:
    elements = [str(number).encode() for number in range(2 * module.AT_ONCE + 3)]
    sketch = MinHash(num_perm=128, seed=1, scheme="affine32")
    sketch.update_batch(elements)
    assert minhash(elements, n_permutations=128, seed=1) == tuple(int(one) for one in sketch.hashvalues)


@given(st.permutations([str(number).encode() for number in range(30)]))
def test_order_and_repetition_change_nothing(elements: list[bytes]) -> None:
    signature = minhash(sorted(elements), n_permutations=32, seed=7)
    assert minhash([*elements, *elements], n_permutations=32, seed=7) == signature
