"""Measures of similarity: what is done to vectors before the cosine of two of them is taken."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import InputError, UndefinedError
from catsel_core.language import tr
from catsel_core.statistics.similarity import (
    ROUNDING,
    centred,
    cosine_matrices,
    refuse_what_is_not_finite,
    without_rounding,
)

Measure = Literal["cosine", "centred", "zscored", "all-but-the-top", "spearman"]
"""What is done to the vectors before the cosine is taken; ``cosine`` is the book's: nothing."""

MEASURES: tuple[Measure, ...] = get_args(Measure)

WITH_BASIS: tuple[Measure, ...] = ("centred", "zscored", "all-but-the-top")
"""Measures that take a mean, and more, from some vectors."""

Reference = Literal["items", "text"]
"""Which vectors these are: those that are compared, or contexts of a text."""

MOST_COMPONENTS = 100


@dataclass(frozen=True, slots=True)
class Basis:
    """What the measures of :data:`WITH_BASIS` are taken from.

    reference: whose mean, standard deviations and principal components they use.
    components: how many of these all-but-the-top removes; one for every hundred dimensions where it is None (Mu &
        Viswanath 2018).
    """

    reference: Reference = "items"
    components: int | None = None


FROM_ITEMS = Basis()


def checked_basis(basis: Basis) -> Basis:
    """``basis`` itself, if it can be used.

    Raises:
        InputError: otherwise.
    """
    if basis.components is None or 1 <= basis.components <= MOST_COMPONENTS:
        return basis
    raise InputError(
        tr(
            "The number of components to remove must be between 1 and {most}; it is {count:,}.",
            most=MOST_COMPONENTS,
            count=basis.components,
        )
    )


def n_components(wanted: int | None, hidden: int, directions: int) -> int:
    """How many principal components all-but-the-top removes.

    Args:
        wanted: by hand; None is 1 % of the width.
        hidden: the width of the model.
        directions: in which the vectors that components are taken from differ: one fewer than there are, or fewer. Two
            are left, if there are as many as three.
    """
    count = max(1, round(hidden / 100)) if wanted is None else wanted
    return max(1, min(count, directions - 2))


def similarity_matrices(
    vectors: FloatArray, measure: Measure, components: int | None = None, sample: FloatArray | None = None
) -> FloatArray:
    """Cosine similarity of every pair of items at every layer, after :func:`measured`.

    Args:
        vectors: (layer, item, hidden) float32.
        measure: how the vectors are prepared.
        components: as :func:`measured` has it.
        sample: likewise.

    Returns:
        (layer, item, item) float32, as :func:`cosine_matrices` has it.

    Raises:
        UndefinedError: from :func:`measured` and :func:`cosine_matrices`.
    """
    return cosine_matrices(measured(vectors, measure, components, sample))


def measured(
    vectors: FloatArray, measure: Measure, components: int | None = None, sample: FloatArray | None = None
) -> FloatArray:
    """Vectors prepared so that their cosine is the similarity that ``measure`` names.

    - cosine: as they are.
    - centred: minus the mean of the sample.
    - zscored: centred, and every dimension divided by its standard deviation in the sample (Timkey & van Schijndel
      2021); a constant dimension becomes 0.
    - all-but-the-top: centred, and the first principal components of the sample removed (Mu & Viswanath 2018). The
      differences between k categories fill k − 1 components: where the sample are the items themselves, every further
      one takes away what is to be seen. Of three items it leaves a line, on which every similarity is 1 or −1. Where
      the vectors of a layer differ in few directions, two of these are left.
    - spearman: the ranks of a vector's own numbers, equal ones averaged, centred: the cosine is Spearman's correlation
      of two vectors (Timkey & van Schijndel 2021).

    With the items as the sample, the mean similarity of n items is forced towards −1/(n − 1): levels compare within
    such a measure and a set of items only.

    Args:
        vectors: (layer, item, hidden) float32.
        measure: one of the above.
        components: that all-but-the-top removes: see :func:`n_components`.
        sample: (layer, vector, hidden) float32; the items themselves if it is not given.

    Returns:
        (layer, item, hidden) float32, read-only; for ``cosine`` the input itself.

    Raises:
        UndefinedError: if nothing but rounding is left of a vector: a single item, all vectors of a layer equal, an
            item that is the mean of the others; or if a vector is not finite.
    """
    if measure == "cosine":
        return vectors
    refuse_what_is_not_finite(vectors)
    prepared: FloatArray = np.empty(vectors.shape, np.float32)
    for layer, states in enumerate(vectors):  # one at a time: float64 is twice the size
        own = states.astype(np.float64)
        among = own if sample is None else sample[layer].astype(np.float64)
        prepared[layer] = _prepared(own, measure, components, among)
    _refuse_empty(prepared, measure)
    freeze(prepared)
    return prepared


def _prepared(states: Floats, measure: Measure, components: int | None, sample: Floats) -> Floats:
    """(item, hidden) of one layer; a vector of which nothing is left becomes zeros."""
    if measure == "spearman":
        return _centred_ranks(states)
    rest = without_rounding(states - sample.mean(axis=0), states)
    if measure == "zscored":
        return _scaled(rest, sample)
    if measure == "all-but-the-top":
        axes = _principal_axes(centred(sample))
        top = axes[:, -n_components(components, *axes.shape) :]
        return without_rounding(rest - (rest @ top) @ top.T, states)
    return rest


def _refuse_empty(prepared: FloatArray, measure: Measure) -> None:
    empty = np.argwhere(~prepared.any(axis=2))  # (empty vector, 2): its layer and its item
    if len(empty):
        layer, item = empty[0]
        raise UndefinedError(
            tr(
                "With the measure “{measure}” nothing is left of the vector of item {item} at hidden state {layer}, "
                "so its similarity is not defined. Choose another measure, more items, or contexts of a text.",
                measure=measure,
                item=item,
                layer=layer,
            )
        )


def _scaled(rest: Floats, sample: Floats) -> Floats:
    spread = centred(sample).std(axis=0)  # (hidden,)
    varies = spread > ROUNDING * np.abs(sample).max(axis=0)
    return np.where(varies, rest / np.where(varies, spread, 1), 0)


def _principal_axes(rest: Floats) -> Floats:
    """(vector, hidden) centred -> (hidden, direction) of length 1, those of the most variance last."""
    vectors, hidden = rest.shape
    if vectors > hidden:
        axes = np.linalg.eigh(rest.T @ rest)[1]  # in the order of rising eigenvalues
        lengths = np.linalg.norm(rest @ axes, axis=0)
    else:
        axes = rest.T @ np.linalg.eigh(rest @ rest.T)[1]
        lengths = np.linalg.norm(axes, axis=0)
        axes = axes / np.where(lengths > 0, lengths, 1)
    there: Floats = axes[:, lengths > ROUNDING * np.linalg.norm(rest)]
    return there


def _centred_ranks(states: Floats) -> Floats:
    from scipy.stats import rankdata

    varies = np.ptp(states, axis=1) > ROUNDING * np.abs(states).max(axis=1)
    ranks: Floats = rankdata(states, axis=1) - (states.shape[1] + 1) / 2
    return np.where(varies[:, None], ranks, 0)
