"""Centred kernel alignment (CKA): layers compared by the inner products of their items, whatever their widths.

The layers are those of two models, or of one model twice; the items of both sides must be the same, in the same order.
"""

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.statistics.rsa import check_number_of_items
from catsel_core.statistics.similarity import ROUNDING, centred, refuse_what_is_not_finite, vector_norms


def linear_cka(vectors_a: FloatArray, vectors_b: FloatArray) -> Floats:
    """Linear centred kernel alignment, <K, L> / (|K| |L|) of centred Gram matrices, for all pairs of layers.

    Kornblith et al. 2019, "Similarity of neural network representations revisited".

    Args:
        vectors_a: (layer_a, item, hidden_a) float32.
        vectors_b: (layer_b, item, hidden_b) float32; another hidden size is no matter.

    Returns:
        (layer_a, layer_b) float64, read-only, within [0, 1]; NaN where all vectors of a layer are equal up to rounding.
        With fewer items than dimensions it is biased upwards: see :func:`debiased_cka`.

    Raises:
        UndefinedError: with fewer than three items (of two, any layers are alike), or if a vector is not finite.
    """
    check_number_of_items(vectors_a.shape[1], 3)
    a, b = _directions(_centred_grams(vectors_a)), _directions(_centred_grams(vectors_b))
    alignment: Floats = np.clip(a @ b.T, 0, 1)
    freeze(alignment)
    return alignment


def debiased_cka(vectors_a: FloatArray, vectors_b: FloatArray) -> Floats:
    """Linear CKA of U-centred Gram matrices, which is near 0 for unrelated representations whatever their sizes.

    Székely & Rizzo 2014 (U-centring); Song et al. 2012 (the unbiased HSIC); Murphy et al. 2024 on why CKA needs it.

    Args:
        vectors_a: (layer_a, item, hidden_a) float32.
        vectors_b: (layer_b, item, hidden_b) float32.

    Returns:
        (layer_a, layer_b) float64, read-only, within [-1, 1]; NaN where nothing but rounding is left of a layer: all
        its vectors are equal, or all equally far from one another.

    Raises:
        UndefinedError: with fewer than four items, or if a vector is not finite.
    """
    check_number_of_items(vectors_a.shape[1], 4)
    a, b = _directions(_u_centred_grams(vectors_a)), _directions(_u_centred_grams(vectors_b))
    alignment: Floats = np.clip(a @ b.T, -1, 1)
    freeze(alignment)
    return alignment


def _centred_grams(vectors: FloatArray) -> Floats:
    """(layer, item, item) products of centred vectors; zeros where the vectors are equal up to rounding."""
    refuse_what_is_not_finite(vectors)
    grams: Floats = np.empty((len(vectors), vectors.shape[1], vectors.shape[1]))
    for layer, states in enumerate(vectors):  # one at a time: float64 is twice the size
        rest = centred(states.astype(np.float64))
        grams[layer] = rest @ rest.T
    return grams


def _u_centred_grams(vectors: FloatArray) -> Floats:
    """(layer, item, item) with a diagonal of zeros; all zeros where only rounding is left."""
    grams = _centred_grams(vectors)
    items = np.arange(grams.shape[1])
    farthest = np.sqrt(grams[:, items, items].max(axis=1))  # (layer,) largest distance of an item from the mean
    rounding = ROUNDING * vector_norms(vectors).max(axis=1) * farthest  # (layer,)
    u_centred = _u_centred(grams)
    u_centred[np.abs(u_centred).max(axis=(1, 2)) <= rounding] = 0
    return u_centred


def _u_centred(grams: Floats) -> Floats:
    """(layer, item, item) with a diagonal of zeros and every row and column summing to zero."""
    n = grams.shape[1]
    diagonal = np.eye(n, dtype=bool)
    off_diagonal = np.where(diagonal, 0, grams)
    row_sums = off_diagonal.sum(axis=2, keepdims=True)  # (layer, item, 1)
    totals = row_sums.sum(axis=1, keepdims=True)  # (layer, 1, 1)
    centred_rows = off_diagonal - (row_sums + row_sums.transpose(0, 2, 1)) / (n - 2) + totals / ((n - 1) * (n - 2))
    return np.where(diagonal, 0, centred_rows)


def _directions(grams: Floats) -> Floats:
    """(layer, item · item) of length 1; NaN where a matrix is zero."""
    flat = grams.reshape(len(grams), -1)
    norms = np.linalg.norm(flat, axis=1, keepdims=True)
    norms[norms == 0] = np.nan
    directions: Floats = flat / norms
    return directions
