"""Similarities between items, layer by layer: the cosine of their vectors, as they are or prepared by a measure."""

from typing import Literal, get_args

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError

Measure = Literal["cosine", "centred", "zscored", "all-but-the-top", "spearman"]
"""What is done to the vectors before the cosine is taken; ``cosine`` is the book's: nothing."""

TOP_COMPONENTS = 1
"""Principal components that all-but-the-top removes. Mu & Viswanath remove about one in a hundred dimensions of a
whole vocabulary; a few dozen words in three categories span little more than the categories, so one must do."""

_FLAT = 1e-5
"""Of the length of the vectors: what is left below it after centring is rounding."""


def similarity_matrices(vectors: FloatArray, measure: Measure) -> FloatArray:
    """Cosine similarity of every pair of items at every layer, after :func:`measured`.

    Args:
        vectors: (layer, item, hidden) float32.
        measure: how the vectors are prepared.

    Returns:
        (layer, item, item) float32, as :func:`cosine_matrices` has it.

    Raises:
        UndefinedError: from :func:`measured` and :func:`cosine_matrices`.
    """
    return cosine_matrices(measured(vectors, measure))


def measured(vectors: FloatArray, measure: Measure) -> FloatArray:
    """Vectors prepared so that their cosine is the similarity that ``measure`` names.

    - cosine: as they are.
    - centred: minus the mean over the items.
    - zscored: centred, and every dimension divided by its standard deviation over the items (Timkey & van Schijndel
      2021); a constant dimension becomes 0.
    - all-but-the-top: centred, and the first :data:`TOP_COMPONENTS` principal components removed (Mu & Viswanath 2018).
    - spearman: the ranks of a vector's own numbers, centred: the cosine is Spearman's correlation of two vectors.

    All but the first and the last take their statistics from these very items, which forces the mean similarity of
    n items towards −1/(n − 1): compare levels within such a measure only.

    Args:
        vectors: (layer, item, hidden) float32.
        measure: one of the above.

    Returns:
        (layer, item, hidden) float32.

    Raises:
        UndefinedError: if nothing is left of a vector but rounding, as where all vectors of a layer are equal.
        ValueError: for an unknown measure.
    """
    if measure == "cosine":
        return vectors
    if measure not in get_args(Measure):
        raise ValueError(f"measure must be one of {get_args(Measure)}; got {measure!r}")
    made = np.empty_like(vectors)
    for layer, states in enumerate(vectors):  # one at a time: float64 is twice the size
        made[layer] = _prepared(states.astype(np.float64), measure, layer)
    return made


def _prepared(states: Floats, measure: Measure, layer: int) -> Floats:
    """(item, hidden) of one layer."""
    lengths = np.linalg.norm(states, axis=1)
    if measure == "spearman":
        from scipy.stats import rankdata

        ranks: Floats = rankdata(states, axis=1) - (states.shape[1] + 1) / 2
        return _checked(ranks, np.ones(len(ranks)), measure, layer)
    centred = _checked(states - states.mean(axis=0), lengths, measure, layer)
    if measure == "zscored":
        spread = centred.std(axis=0)
        known = spread > _FLAT * np.abs(states).max(axis=0)
        return np.where(known, centred / np.where(known, spread, 1), 0)
    if measure == "all-but-the-top":
        top = np.linalg.svd(centred, full_matrices=False)[2][:TOP_COMPONENTS]  # (component, hidden)
        return _checked(centred - (centred @ top.T) @ top, lengths, measure, layer)
    return centred


def _checked(states: Floats, lengths: Floats, measure: Measure, layer: int) -> Floats:
    """The vectors themselves, if something is left of each."""
    left = np.linalg.norm(states, axis=1)
    if (left <= _FLAT * lengths).any():
        item = int(np.argmin(left / lengths))
        raise UndefinedError(
            f"With the measure “{measure}” nothing is left of the vector of item {item} at hidden state {layer}, "
            "so its similarity is not defined. Choose another measure or more items."
        )
    return states


def unit_vectors(vectors: FloatArray) -> FloatArray:
    """Vectors scaled to length 1.

    Args:
        vectors: (layer, item, hidden) float32.

    Returns:
        (layer, item, hidden) float32, read-only. Norms are taken in float64.

    Raises:
        UndefinedError: if a vector is all zeros or not finite: its direction is not defined.
    """
    norms = np.sqrt(np.einsum("lih,lih->li", vectors, vectors, dtype=np.float64))  # (layer, item)
    bad = np.argwhere(~(np.isfinite(norms) & (norms > 0)))
    if len(bad):
        layer, item = bad[0]
        kind = "all zeros" if norms[layer, item] == 0 else "not finite"
        raise UndefinedError(
            f"The vector of item {item} at hidden state {layer} is {kind}, so its cosine is not defined."
        )
    units: FloatArray = (vectors / norms[..., None]).astype(np.float32)
    freeze(units)
    return units


def cosine_matrices(vectors: FloatArray) -> FloatArray:
    """Cosine similarity of every pair of items at every layer, cos(a, b) = a·b / (|a| |b|).

    Args:
        vectors: (layer, item, hidden) float32.

    Returns:
        (layer, item, item) float32, read-only, symmetric, within [-1, 1], diagonal exactly 1.

    Raises:
        UndefinedError: from :func:`unit_vectors`.
    """
    units = unit_vectors(vectors)
    products = units @ units.transpose(0, 2, 1)  # (layer, item, item)
    similarity: FloatArray = np.clip((products + products.transpose(0, 2, 1)) / np.float32(2), -1, 1)
    items = np.arange(similarity.shape[1])
    similarity[:, items, items] = 1
    freeze(similarity)
    return similarity
