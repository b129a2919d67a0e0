"""Items put together by similarity: orders of a matrix, trees, and how well a cut of the tree agrees with labels.

Average linkage of 1 − similarity (Sokal & Michener 1958, by scipy); adjusted Rand index (Hubert & Arabie 1985).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats
from catsel_core.statistics.label_splits import numbered

Order = Literal["typed", "within categories", "clustered"]


@dataclass(frozen=True, slots=True)
class Ordering:
    """How the items of a matrix are ordered.

    order: as typed; by group and inside by similarity; or clustered, with a tree.
    each: at every layer anew; otherwise by the mean similarity over all layers.
    """

    order: Order = "typed"
    each: bool = False


AS_TYPED = Ordering()

_MOST_FOR_BEST_ORDER = 100  # items: the best order of leaves takes the cube of their number


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A hierarchical clustering.

    order: (item,) the items as its leaves stand side by side.
    links: (item − 1, 4) float64, as :func:`scipy.cluster.hierarchy.linkage` has them.
    """

    order: NDArray[np.intp]
    links: Floats


def tree_of(similarity: FloatArray) -> Tree:
    """Average linkage of the items of one (item, item) matrix, of two items or more."""
    from scipy.cluster.hierarchy import leaves_list, linkage  # takes long to import, and most pages need none of it

    first, second = np.triu_indices(len(similarity), k=1)
    distances = np.maximum(1 - similarity[first, second].astype(np.float64), 0)
    links = linkage(distances, "average", optimal_ordering=len(similarity) <= _MOST_FOR_BEST_ORDER)
    return Tree(leaves_list(links).astype(np.intp), links)


def order_within_groups(similarity: FloatArray, labels: Sequence[object]) -> NDArray[np.intp]:
    """(item,) group by group as they first appear, and inside a group as its own tree has them."""
    codes = numbered(labels)
    members = [np.flatnonzero(codes == group) for group in range(int(codes.max()) + 1)]
    ordered = [one[tree_of(similarity[np.ix_(one, one)]).order] if len(one) > 1 else one for one in members]
    return np.concatenate(ordered)


def cut(tree: Tree, clusters: int) -> NDArray[np.intp]:
    """(item,) number of the cluster of each item, if the tree is cut into at most so many."""
    from scipy.cluster.hierarchy import fcluster

    found: NDArray[np.intp] = fcluster(tree.links, clusters, "maxclust").astype(np.intp)
    return found


def adjusted_rand(one: Sequence[object], other: Sequence[object]) -> float:
    """How well two ways to share out the same items agree: 1 if they are the same, 0 on average by chance.

    (pairs together in both − expected) / (mean of the pairs together in each − expected).
    """
    a, b = numbered(one), numbered(other)
    table = np.zeros((int(a.max()) + 1, int(b.max()) + 1))
    np.add.at(table, (a, b), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, first, second = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = first * second / (len(a) * (len(a) - 1) / 2)
    largest = (first + second) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def branches(tree: Tree) -> tuple[Floats, Floats]:
    """A tree as it is drawn: for every link four corners, from leaf to leaf.

    Returns:
        places: (link, 4) along the leaves, which stand at 0, 1, 2, … in the order of the tree.
        heights: (link, 4) from 0 to 1, the highest link.
    """
    from scipy.cluster.hierarchy import dendrogram

    drawn = dendrogram(tree.links, no_plot=True)  # scipy's leaves stand at 5, 15, 25, …
    heights = np.array(drawn["dcoord"], np.float64)
    highest = float(heights.max())
    return (np.array(drawn["icoord"], np.float64) - 5) / 10, heights / highest if highest > 0 else heights
