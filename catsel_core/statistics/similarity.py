"""Cosine similarity of items, layer by layer, and what it takes: vectors that have a direction."""

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import mark, tr

ROUNDING = 1e-5
"""Share of the longest vector of a layer below which a difference is rounding.

Measured with the bundled model in float32: the same prompt in another batch differs by up to 1e-6, different words by
at least 5e-2, even as the first token, where hidden states are most alike.
"""


def centred(states: Floats) -> Floats:
    """(item, hidden) float64 minus the mean over the items; zeros where only rounding is left."""
    return without_rounding(states - states.mean(axis=0), states)


def without_rounding(rest: Floats, states: Floats) -> Floats:
    """What is left of ``states``, both (item, hidden), with zeros for vectors as short as rounding makes them."""
    rounding = ROUNDING * np.linalg.norm(states, axis=1).max()
    is_left = np.linalg.norm(rest, axis=1) > rounding  # (item,)
    return np.where(is_left[:, None], rest, 0)


def refuse_what_is_not_finite(vectors: FloatArray) -> None:
    """Nothing, if all numbers of (layer, item, hidden) are finite.

    Raises:
        UndefinedError: naming the first vector that is not.
    """
    vector_norms(vectors)


def vector_norms(vectors: FloatArray) -> Floats:
    """Euclidean norms: (layer, item, hidden) float32 -> (layer, item) float64.

    Raises:
        UndefinedError: if a vector is not finite.
    """
    norms: Floats = np.sqrt(np.einsum("lih,lih->li", vectors, vectors, dtype=np.float64))
    _refuse(~np.isfinite(norms), _NOT_FINITE)
    return norms


_NOT_FINITE = mark("The vector of item {item} at hidden state {layer} is not finite, so its cosine is not defined.")
_ALL_ZEROS = mark("The vector of item {item} at hidden state {layer} is all zeros, so its cosine is not defined.")


def _refuse(bad: NDArray[np.bool_], why: str) -> None:
    """Raise for the first (layer, item) that is true."""
    if bad.any():
        layer, item = np.argwhere(bad)[0]
        raise UndefinedError(tr(why, item=item, layer=layer))


def unit_vectors(vectors: FloatArray) -> FloatArray:
    """Vectors scaled to length 1.

    Args:
        vectors: (layer, item, hidden) float32.

    Returns:
        (layer, item, hidden) float32, read-only. Norms are taken in float64.

    Raises:
        UndefinedError: if a vector is all zeros or not finite: its direction is not defined.
    """
    norms = vector_norms(vectors)
    _refuse(norms == 0, _ALL_ZEROS)
    units = np.empty(vectors.shape, np.float32)
    np.divide(vectors, norms[..., None], out=units, dtype=np.float64, casting="same_kind")  # without a copy in float64
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
