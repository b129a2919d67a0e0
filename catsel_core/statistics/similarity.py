"""Similarities between items, layer by layer: the cosine of their vectors, as they are or prepared by a measure."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError

Measure = Literal["cosine", "centred", "zscored", "all-but-the-top", "spearman"]
"""What is done to the vectors before the cosine is taken; ``cosine`` is the book's: nothing."""

MEASURES: tuple[Measure, ...] = get_args(Measure)

TOP_COMPONENTS = 1
"""Principal components that all-but-the-top removes.

Mu & Viswanath remove about one for every hundred dimensions, found over a whole vocabulary. Here they are found over
the items, and the differences between k categories fill k − 1 components: every further one would take away what is to
be seen. Four items span three directions, so that two are left.
"""

ROUNDING = 1e-5
"""Share of the longest vector of a layer below which a difference is rounding.

Measured with the bundled model in float32: the same prompt in another batch differs by up to 1e-6, different words by
at least 5e-2, even as the first token, where hidden states are most alike.
"""


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
      With two categories the first component may be their very difference; it needs three items, and of three it
      leaves a line, on which every similarity is 1 or −1.
    - spearman: the ranks of a vector's own numbers, equal ones averaged, centred: the cosine is Spearman's correlation
      of two vectors (Timkey & van Schijndel 2021).

    All but the first and the last take their statistics from these very items, which forces the mean similarity of
    n items towards −1/(n − 1): levels compare within such a measure and a set of items only.

    Args:
        vectors: (layer, item, hidden) float32.
        measure: one of the above.

    Returns:
        (layer, item, hidden) float32, read-only; for ``cosine`` the input itself.

    Raises:
        UndefinedError: if nothing but rounding (:data:`ROUNDING`) is left of a vector: a single item, all vectors of a
            layer equal, an item that is the mean of the others; or if a vector is not finite.
    """
    if measure == "cosine":
        return vectors
    refuse_what_is_not_finite(vectors)
    prepared: FloatArray = np.empty(vectors.shape, np.float32)
    for layer, states in enumerate(vectors):  # one at a time: float64 is twice the size
        prepared[layer] = _prepared(states.astype(np.float64), measure)
    _refuse_empty(prepared, measure)
    freeze(prepared)
    return prepared


def _prepared(states: Floats, measure: Measure) -> Floats:
    """(item, hidden) of one layer; a vector of which nothing is left becomes zeros."""
    if measure == "spearman":
        return _centred_ranks(states)
    if measure == "zscored":
        return _z_scores(states)
    if measure == "all-but-the-top":
        return _all_but_the_top(states)
    return centred(states)


def _refuse_empty(prepared: FloatArray, measure: Measure) -> None:
    empty = np.argwhere(~prepared.any(axis=2))  # (empty vector, 2): its layer and its item
    if len(empty):
        layer, item = empty[0]
        raise UndefinedError(
            f"With the measure “{measure}” nothing is left of the vector of item {item} at hidden state {layer}, "
            "so its similarity is not defined. Choose another measure or more items."
        )


def centred(states: Floats) -> Floats:
    """(item, hidden) float64 minus the mean over the items; zeros where only rounding is left."""
    return _without_rounding(states - states.mean(axis=0), states)


def _without_rounding(rest: Floats, states: Floats) -> Floats:
    """What is left of ``states``, with zeros for vectors that are as short as rounding makes them."""
    rounding = ROUNDING * np.linalg.norm(states, axis=1).max()
    is_left = np.linalg.norm(rest, axis=1) > rounding  # (item,)
    return np.where(is_left[:, None], rest, 0)


def _z_scores(states: Floats) -> Floats:
    rest = centred(states)
    spread = rest.std(axis=0)  # (hidden,)
    varies = spread > ROUNDING * np.abs(states).max(axis=0)
    return np.where(varies, rest / np.where(varies, spread, 1), 0)


def _all_but_the_top(states: Floats) -> Floats:
    rest = centred(states)
    _, components = np.linalg.eigh(rest @ rest.T)  # (item, component) in the order of rising eigenvalues
    top = components[:, -TOP_COMPONENTS:]
    return _without_rounding(rest - top @ (top.T @ rest), states)


def _centred_ranks(states: Floats) -> Floats:
    from scipy.stats import rankdata

    varies = np.ptp(states, axis=1) > ROUNDING * np.abs(states).max(axis=1)
    ranks: Floats = rankdata(states, axis=1) - (states.shape[1] + 1) / 2
    return np.where(varies[:, None], ranks, 0)


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
    _refuse(~np.isfinite(norms), "not finite")
    return norms


def _refuse(bad: NDArray[np.bool_], kind: str) -> None:
    """Raise for the first (layer, item) that is true."""
    if bad.any():
        layer, item = np.argwhere(bad)[0]
        raise UndefinedError(
            f"The vector of item {item} at hidden state {layer} is {kind}, so its cosine is not defined."
        )


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
    _refuse(norms == 0, "all zeros")
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
