"""Noise ceiling: how well several measurements of the same similarities agree, and how well they can be explained."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import tr
from catsel_core.statistics.rsa import check_number_of_items, rank_directions


@dataclass(frozen=True, slots=True, eq=False)
class NoiseCeiling:
    """Agreement of several measurements, such as prompts, at every layer. Arrays are read-only.

    lower: (measurement, layer) float64, Spearman's correlation of each with the mean ranks of the others.
    upper: (measurement, layer) float64, with the mean ranks of all, itself among them.
    """

    lower: Floats
    upper: Floats


def noise_ceiling(similarities: Sequence[FloatArray]) -> NoiseCeiling:
    """The two bounds of Nili et al. 2014: the pairs of items are ranked for each measurement, and ranks are averaged.

    Args:
        similarities: of each measurement, (layer, item, item), of the same items in the same order.

    Returns:
        Both bounds; NaN where all similarities of a measurement are equal at a layer.

    Raises:
        UndefinedError: with fewer than two measurements or three items.
    """
    from scipy.stats import rankdata

    if len(similarities) < 2:
        raise UndefinedError(tr("A noise ceiling takes at least two prompts."))
    n_layers, n_items = similarities[0].shape[:2]
    check_number_of_items(n_items, 3)
    rows, columns = np.triu_indices(n_items, k=1)
    bounds: Floats = np.empty((2, len(similarities), n_layers))
    for layer in range(n_layers):  # one at a time: ranks are twice the size of similarities
        values = np.stack([one[layer, rows, columns] for one in similarities])  # (measurement, pair)
        own, ranks = rank_directions(values), rankdata(values, axis=1)
        together = ranks.sum(axis=0)
        bounds[0, :, layer] = np.einsum("mp,mp->m", own, rank_directions(together - ranks))
        bounds[1, :, layer] = own @ rank_directions(together)
    freeze(bounds)
    return NoiseCeiling(*bounds)
