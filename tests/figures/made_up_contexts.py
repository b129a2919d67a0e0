"""Made-up occurrences of three words, and contrasts of them: counted, and written by hand."""

from itertools import combinations

import numpy as np

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    curves_of,
)
from catsel_core.figures.colors import looks
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.contrasts import Contrast, ContrastSummary, book_contrasts, summarise
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.statistics.tiled_pairs import Span, label_pair_histograms, label_pair_moments, label_pairs_of
from tests.support.core_fixtures import naive_cosine, random_vectors

LABELS = ("years", "lawn", "years", "garage", "lawn", "years", "garage", "years", "garage", "lawn", "years", "lawn")
WORDS = ("years", "lawn", "garage")
CONTRASTS = book_contrasts(WORDS)
COLORS = ("#0072B2", "#C8321E", "#009E73")
LOOKS = looks(COLORS)
LAYERS = layer_labels(6)
VECTORS = random_vectors(6, len(LABELS), seed=4)
SIMILARITY = cosine_matrices(VECTORS)
LABEL_PAIRS = label_pairs_of(LABELS)
MOMENTS = label_pair_moments(VECTORS, LABEL_PAIRS)


def in_bins(
    low: FloatArray | list[float], high: FloatArray | list[float], bins: int = 9
) -> tuple[ContrastSummary, ...]:
    """The book's contrasts of the made-up occurrences, counted in bins from ``low`` to ``high`` of every layer."""
    histogram = label_pair_histograms(
        VECTORS, LABEL_PAIRS, Span(np.array(low, np.float64), np.array(high, np.float64), bins)
    )[0]
    return summarise(CONTRASTS, LABEL_PAIRS, MOMENTS, histogram)


SUMMARIES = in_bins([-0.3] * 6, [0.5] * 6)
CURVES = curves_of(in_bins(np.nanmin(MOMENTS.lowest, axis=1), np.nanmax(MOMENTS.highest, axis=1)), LOOKS, (None,) * 3)
# Layer by layer: some outside, all above, all below, all on both sides of the bins, all inside.
BY_HAND = ContrastSummary(
    Contrast("within years", (("years", "years"),)),
    1200,
    np.array([0.25, 0.95, -0.5, 0.3, 0.2]),
    np.tile(np.linspace(0, 0.4, 5), (5, 1)),
    np.array([[100, 200, 300, 400], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 1200, 0, 0]]),
    np.array([150, 0, 1200, 500, 0]),
    np.array([50, 1200, 0, 700, 0]),
)
BY_HAND_LAYERS = layer_labels(5)


def cosines_of(contrast: Contrast, layer: int) -> list[float]:
    wanted = {frozenset(pair) for pair in contrast.pairs}
    return [
        naive_cosine(VECTORS[layer, i].tolist(), VECTORS[layer, j].tolist())
        for i, j in combinations(range(len(LABELS)), 2)
        if {LABELS[i], LABELS[j]} in wanted
    ]
