"""Which hidden units the cosine is made of: often one to three “rogue” ones (Timkey & van Schijndel 2021)."""

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import tr
from catsel_core.statistics.similarity import unit_vectors


def unit_contributions(vectors: FloatArray) -> Floats:
    """What every hidden unit adds to the mean cosine of all pairs: the mean of u_i·v_i / (|u| |v|).

    Timkey & van Schijndel 2021, equations 2 and 3. Over the units the contributions add up to the mean cosine.

    Args:
        vectors: (layer, item, hidden) float32.

    Returns:
        (layer, hidden) float64, read-only.

    Raises:
        UndefinedError: if there are fewer than two items, or a vector has no direction.
    """
    n_items = vectors.shape[1]
    if n_items < 2:
        raise UndefinedError(tr("A mean over pairs takes two items."))
    units = unit_vectors(vectors)
    sums = units.sum(axis=1, dtype=np.float64)  # (layer, hidden)
    squares = np.einsum("lih,lih->lh", units, units, dtype=np.float64)
    contributions: Floats = (sums**2 - squares) / (n_items * (n_items - 1))  # every pair twice, over all ordered pairs
    freeze(contributions)
    return contributions
