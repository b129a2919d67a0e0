"""Comparisons: named sets of label pairs, such as the book's three, and what their pairs of items say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import Floats, freeze
from catsel_core.blocks import BlockHistogram, BlockMoments, Blocks
from catsel_core.errors import InputError


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of items whose labels are one of ``pairs``; the order within a pair of labels does not matter."""

    name: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What one comparison holds at every layer. Arrays are read-only.

    mean: (layer,) float64.
    edges: (layer, bin + 1) float64.
    counts: (layer, bin) int64.
    below, above: (layer,) int64, values outside the edges.
    """

    comparison: Comparison
    n_pairs: int
    mean: Floats
    edges: Floats
    counts: NDArray[np.int64]
    below: NDArray[np.int64]
    above: NDArray[np.int64]

    @property
    def probability(self) -> Floats:
        """(layer, bin) share of all the comparison's pairs; what lies outside the bins is missing from the sum."""
        share: Floats = self.counts / self.n_pairs
        return share

    @property
    def density(self) -> Floats:
        """(layer, bin) share of all the comparison's pairs per unit of similarity."""
        height: Floats = self.probability / np.diff(self.edges, axis=1)
        return height


def book_comparisons(labels: Sequence[str]) -> tuple[Comparison, ...]:
    """The book's panels: the same word, the first word with the others, the others among themselves."""
    first, rest = labels[0], labels[1:]
    found = [Comparison("within", tuple((label, label) for label in labels))]
    if rest:
        found.append(Comparison(f"{first} × {', '.join(rest)}", tuple((first, label) for label in rest)))
    if len(rest) > 1:
        among = tuple((a, b) for at, a in enumerate(rest) for b in rest[at + 1 :])
        found.append(Comparison(" × ".join(rest) if len(rest) == 2 else f"among {', '.join(rest)}", among))
    return tuple(found)


def every_comparison(labels: Sequence[str]) -> tuple[Comparison, ...]:
    """Each word with itself, then every pair of different words."""
    pairs = [(label, label) for label in labels]
    pairs += [(a, b) for at, a in enumerate(labels) for b in labels[at + 1 :]]
    return tuple(Comparison(pair_name(a, b), ((a, b),)) for a, b in pairs)


def category_comparisons(labels: Sequence[str]) -> tuple[Comparison, ...]:
    """Each category with itself, then all categories with one another."""
    across = tuple((a, b) for at, a in enumerate(labels) for b in labels[at + 1 :])
    within = tuple(Comparison(pair_name(label, label), ((label, label),)) for label in labels)
    return (*within, Comparison("across categories", across))


def pair_name(a: str, b: str) -> str:
    """How a pair of labels is called."""
    return f"within {a}" if a == b else f"{a} × {b}"


def compare(
    comparisons: Sequence[Comparison], blocks: Blocks, moments: BlockMoments, histogram: BlockHistogram
) -> tuple[Compared, ...]:
    """Sum blocks into comparisons; one without any pair of items is left out.

    Raises:
        InputError: if a comparison names a label that there is not.
    """
    return tuple(
        _sum(comparison, chosen, blocks, moments, histogram)
        for comparison in comparisons
        if (chosen := [at for at in _blocks_of(comparison, blocks) if blocks.n_pairs[at]])
    )


def _blocks_of(comparison: Comparison, blocks: Blocks) -> list[int]:
    for label in (label for pair in comparison.pairs for label in pair):
        if label not in blocks.labels:
            raise InputError(f"“{comparison.name}” names “{label}”, but the words are {', '.join(blocks.labels)}.")
    wanted = {tuple(sorted((blocks.labels.index(a), blocks.labels.index(b)))) for a, b in comparison.pairs}
    return [at for at, pair in enumerate(blocks.pairs) if pair in wanted]


def _sum(
    comparison: Comparison, chosen: list[int], blocks: Blocks, moments: BlockMoments, histogram: BlockHistogram
) -> Compared:
    weights = blocks.n_pairs[chosen]
    mean = moments.mean[:, chosen] @ weights / weights.sum()
    counts, below, above = (
        array[:, chosen].sum(axis=1) for array in (histogram.counts, histogram.below, histogram.above)
    )
    freeze(mean, counts, below, above)
    return Compared(comparison, int(weights.sum()), mean, histogram.edges, counts, below, above)
