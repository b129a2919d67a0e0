"""Every way in which labels can be shared out among items: how many there are, and all of them where they are few.

Labels that have equally many items in every stratum may change their names with one another without changing which
items share a label: such ways are one *split*, counted and listed once.
"""

from collections import Counter
from collections.abc import Sequence
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

MOST_SPLITS = 20_000
"""As many are all looked at; of more, a sample."""

Codes = NDArray[np.uint16]


def numbered(names: Sequence[object]) -> NDArray[np.intp]:
    """(item,) equal names as equal numbers, in the order in which they come first."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.intp)


def shuffled_codes(
    labels: Sequence[object], strata: Sequence[object], rng: np.random.Generator, shuffles: int
) -> Codes:
    """Labels as numbers, in as many random orders as asked for; every stratum keeps the labels that it has.

    Random keys are sorted stratum by stratum, and the labels, sorted by stratum, are put where the keys have come from.

    Args:
        labels: (item,).
        strata: (item,).
        rng: source of the shuffles.
        shuffles: how many.

    Returns:
        (item, shuffle): a pair of items is two rows, which lie together in memory.
    """
    codes, places = numbered(labels), numbered(strata)  # (item,)
    keys = rng.random((len(codes), shuffles)) + places[:, None]
    shuffled = np.empty((len(codes), shuffles), np.uint16)
    np.put_along_axis(shuffled, np.argsort(keys, axis=0), codes[np.argsort(places, kind="stable")][:, None], axis=0)
    return shuffled


def count_splits(labels: Sequence[object], strata: Sequence[object]) -> int:
    """Number of different splits.

    Π over strata of N! / Π n! (N items of the stratum, n of each of its labels), divided by k! for every k labels that
    have equally many items in every stratum.

    Args:
        labels: (item,).
        strata: (item,) labels change places only between items of equal strata.
    """
    sizes = _sizes(numbered(labels), numbered(strata))  # (stratum, label)
    ways = prod(factorial(sum(row)) // prod(map(factorial, row)) for row in sizes.tolist())
    alike = Counter(map(tuple, sizes.T.tolist()))
    return ways // prod(map(factorial, alike.values()))


def every_split(labels: Sequence[object], strata: Sequence[object]) -> Codes:
    """All different splits, the one that ``labels`` are first.

    Item by item, every label that its stratum still has is given to every beginning so far; of labels that are alike,
    the first one comes first, so that no split is made twice.

    Args:
        labels: (item,).
        strata: (item,).

    Returns:
        (item, split): labels as numbers.
    """
    places = numbered(strata)
    order = np.argsort(places, kind="stable")
    codes = numbered([labels[at] for at in order])  # by first appearance along the way
    sizes = _sizes(codes, places[order])
    before = _before(sizes)
    made = np.zeros((1, 0), np.uint16)  # (split, item)
    left = np.zeros((1, sizes.shape[1]), np.intp)  # (split, label)
    for at, place in enumerate(places[order]):
        if at == 0 or place != places[order[at - 1]]:
            left = np.tile(sizes[place], (len(made), 1))
        made, left = _one_more(made, left, before)
    at_first = np.flatnonzero((made == codes).all(axis=1))
    made = np.concatenate([made[at_first], np.delete(made, at_first, axis=0)])
    splits = np.empty(made.T.shape, np.uint16)
    splits[order] = made.T
    return splits


def _one_more(made: Codes, left: NDArray[np.intp], before: Sequence[int]) -> tuple[Codes, NDArray[np.intp]]:
    """Every beginning with every label that may come next."""
    longer, still = [], []
    for label, other in enumerate(before):
        may = left[:, label] > 0
        if other >= 0:
            may &= (made == other).any(axis=1)
        beginnings, rest = made[may], left[may]
        rest[:, label] -= 1
        longer.append(np.column_stack([beginnings, np.full(len(beginnings), label, np.uint16)]))
        still.append(rest)
    return np.concatenate(longer), np.concatenate(still)


def _before(sizes: NDArray[np.intp]) -> list[int]:
    """(label,) the label before it that is like it, or −1."""
    last: dict[tuple[int, ...], int] = {}
    found = []
    for label, column in enumerate(map(tuple, sizes.T.tolist())):
        found.append(last.get(column, -1))
        last[column] = label
    return found


def _sizes(codes: NDArray[np.intp], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """(stratum, label) number of items."""
    sizes = np.zeros((places.max() + 1, codes.max() + 1), np.intp)
    np.add.at(sizes, (places, codes), 1)
    return sizes
