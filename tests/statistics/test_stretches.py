"""Intervals over stretches of a text against leaving out the occurrences of each stretch, pair by pair."""

import re
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from catsel_core.arrays import Floats
from catsel_core.errors import InputError
from catsel_core.statistics.contrasts import Contrast, book_contrasts
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.statistics.stretches import STRETCHES, stretch_intervals, stretches_of

RNG = np.random.default_rng(7)
LABELS = ["a"] * 30 + ["b"] * 25 + ["c"] * 20
POSITIONS = np.concatenate([np.sort(RNG.integers(0, 1_000, count)) for count in (30, 25, 20)])
VECTORS = RNG.normal(size=(3, len(LABELS), 12)).astype(np.float32) + 0.5
PARTS = stretches_of(POSITIONS.tolist(), 1_000)


def naive(contrast: Contrast, layer: int) -> tuple[float, float]:
    cosines = cosine_matrices(VECTORS)[layer].astype(np.float64)
    wanted = [frozenset(pair) for pair in contrast.pairs]
    pairs = [(a, b) for a, b in combinations(range(len(LABELS)), 2) if frozenset((LABELS[a], LABELS[b])) in wanted]

    def mean(without: int | None) -> float:
        return float(np.arctanh(np.mean([cosines[a, b] for a, b in pairs if without not in (PARTS[a], PARTS[b])])))

    left: Floats = np.array([mean(stretch) for stretch in range(STRETCHES)])
    error = np.sqrt((STRETCHES - 1) / STRETCHES * ((left - left.mean()) ** 2).sum())
    half = stats.t.ppf(0.975, STRETCHES - 1) * error
    return float(np.tanh(mean(None) - half)), float(np.tanh(mean(None) + half))


def test_equal_parts_of_a_text() -> None:
    assert stretches_of([0, 49, 50, 999], 1_000).tolist() == [0, 0, 1, 19]
    assert stretches_of(range(20), 20).tolist() == list(range(20))


def test_bands_are_those_of_leaving_out_stretch_by_stretch() -> None:
    contrasts = (*book_contrasts(["a", "b", "c"]), Contrast("a b", (("b", "a"), ("a", "b"))))
    bands = stretch_intervals(VECTORS, LABELS, PARTS, contrasts)
    for contrast, band in zip(contrasts, bands, strict=True):
        for layer in range(len(VECTORS)):
            low, high = naive(contrast, layer)
            assert band.low[layer] == pytest.approx(low, abs=1e-5)
            assert band.high[layer] == pytest.approx(high, abs=1e-5)
        assert not band.low.flags.writeable


def test_where_nothing_is_left_there_is_no_band() -> None:
    parts = np.zeros(len(LABELS), np.intp)
    (band,) = stretch_intervals(VECTORS, LABELS, parts, [Contrast("within", (("a", "a"),))])
    assert np.isnan(band.low).all()
    assert np.isnan(band.high).all()


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(InputError, match=re.escape("“odd” names “d”, but the words are a, b, c.")):
        stretch_intervals(VECTORS, LABELS, PARTS, [Contrast("odd", (("a", "d"),))])
