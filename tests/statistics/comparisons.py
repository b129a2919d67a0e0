"""Every way to compare layers, as functions of two stacks of vectors."""

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from catsel_core.arrays import FloatArray, Floats
from catsel_core.statistics.cka import debiased_cka, linear_cka
from catsel_core.statistics.rsa import neighbourhood_change, rsa
from catsel_core.statistics.similarity import cosine_matrices

Compare = Callable[[FloatArray, FloatArray], Floats | FloatArray]

either_cka = pytest.mark.parametrize("cka", [linear_cka, debiased_cka])
SEEDS = st.integers(0, 10_000)


def from_similarities(compare: Compare) -> Compare:
    return lambda a, b: compare(cosine_matrices(a), cosine_matrices(b))


EVERY: dict[str, Compare] = {
    "rsa": from_similarities(rsa),
    "linear_cka": linear_cka,
    "debiased_cka": debiased_cka,
    "neighbourhood_change": from_similarities(neighbourhood_change),
}
every = pytest.mark.parametrize("compare", EVERY.values(), ids=EVERY)
