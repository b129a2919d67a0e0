"""What a test is of: the labels of items, between which of them labels may change places, and which pairs count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.statistics.label_splits import numbered
from catsel_core.statistics.pairs import PairGroups, pair_groups, restricted


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """One for all kinds of input. Shuffles leave the number of pairs of every two labels as it is.

    labels: (item,) whose equality makes a pair *within*.
    pairs: those that may count: all, or those within unions of strata.
    strata: (item,) labels change places only between items of equal strata.
    sets: (item,) the matched set of an item, or None. Each is a stratum, and two of its items with different labels,
        which are similar by design, make no pair.
    """

    labels: tuple[object, ...]
    pairs: PairGroups
    strata: tuple[object, ...]
    sets: tuple[object | None, ...]

    @property
    def in_one_set(self) -> NDArray[np.bool_]:
        """(pair,) whether both items are of the same matched set."""
        codes = numbered(self.sets)  # (item,)
        has_set = np.array([each is not None for each in self.sets])
        first, second = self.pairs.first, self.pairs.second
        found: NDArray[np.bool_] = (codes[first] == codes[second]) & has_set[first]
        return found

    @property
    def counted(self) -> PairGroups:
        """The pairs that count with the labels as they are.

        Raises:
            UndefinedError: if they are all within.
        """
        return restricted(self.pairs, self.pairs.within | ~self.in_one_set)


def design_of(labels: Sequence[object], strata: Sequence[object] | None = None) -> Design:
    """All pairs of items, no matched sets; all labels may change places if no strata are given.

    Raises:
        UndefinedError: if no pair shares a label, or no pair differs in it.
    """
    nothing = (None,) * len(labels)
    return Design(tuple(labels), pair_groups(labels), nothing if strata is None else tuple(strata), nothing)
