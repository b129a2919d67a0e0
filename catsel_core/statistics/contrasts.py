"""Contrasts: named sets of label pairs, such as the book's three, and what their pairs of items say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import Floats, freeze
from catsel_core.errors import InputError
from catsel_core.statistics.tiled_pairs import LabelPairHistogram, LabelPairMoments, LabelPairs


@dataclass(frozen=True, slots=True)
class Contrast:
    """Pairs of items whose labels are one of ``pairs``; the order within a pair of labels does not matter."""

    name: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ContrastSummary:
    """What one contrast holds at every layer. Arrays are read-only.

    mean: (layer,) float64.
    edges: (layer, bin + 1) float64.
    counts: (layer, bin) int64.
    below, above: (layer,) int64, values outside the edges.
    """

    contrast: Contrast
    n_pairs: int
    mean: Floats
    edges: Floats
    counts: NDArray[np.int64]
    below: NDArray[np.int64]
    above: NDArray[np.int64]

    @property
    def probability(self) -> Floats:
        """(layer, bin) share of all the contrast's pairs; what lies outside the bins is missing from the sum."""
        share: Floats = self.counts / self.n_pairs
        return share

    @property
    def density(self) -> Floats:
        """(layer, bin) share of all the contrast's pairs per unit of similarity."""
        height: Floats = self.probability / np.diff(self.edges, axis=1)
        return height


def book_contrasts(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """The book's panels: the same word, the first word with the others, the others among themselves."""
    first, rest = labels[0], labels[1:]
    found = [Contrast("within", tuple((label, label) for label in labels))]
    if rest:
        found.append(Contrast(f"{first} × {', '.join(rest)}", tuple((first, label) for label in rest)))
    if len(rest) > 1:
        among = tuple((a, b) for at, a in enumerate(rest) for b in rest[at + 1 :])
        found.append(Contrast(" × ".join(rest) if len(rest) == 2 else f"among {', '.join(rest)}", among))
    return tuple(found)


def every_contrast(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """Each word with itself, then every pair of different words."""
    pairs = [(label, label) for label in labels]
    pairs += [(a, b) for at, a in enumerate(labels) for b in labels[at + 1 :]]
    return tuple(Contrast(pair_name(a, b), ((a, b),)) for a, b in pairs)


def category_contrasts(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """Each category with itself, then all categories with one another."""
    across = tuple((a, b) for at, a in enumerate(labels) for b in labels[at + 1 :])
    within = tuple(Contrast(pair_name(label, label), ((label, label),)) for label in labels)
    return (*within, Contrast("across categories", across))


def pair_name(a: str, b: str) -> str:
    """How a pair of labels is called."""
    return f"within {a}" if a == b else f"{a} × {b}"


def compare(
    contrasts: Sequence[Contrast], label_pairs: LabelPairs, moments: LabelPairMoments, histogram: LabelPairHistogram
) -> tuple[ContrastSummary, ...]:
    """Sum label_pairs into contrasts; one without any pair of items is left out.

    Raises:
        InputError: if a contrast names a label that there is not.
    """
    return tuple(
        _sum(contrast, chosen, label_pairs, moments, histogram)
        for contrast in contrasts
        if (chosen := [at for at in _blocks_of(contrast, label_pairs) if label_pairs.n_pairs[at]])
    )


def _blocks_of(contrast: Contrast, label_pairs: LabelPairs) -> list[int]:
    for label in (label for pair in contrast.pairs for label in pair):
        if label not in label_pairs.labels:
            raise InputError(f"“{contrast.name}” names “{label}”, but the words are {', '.join(label_pairs.labels)}.")
    wanted = {tuple(sorted((label_pairs.labels.index(a), label_pairs.labels.index(b)))) for a, b in contrast.pairs}
    return [at for at, pair in enumerate(label_pairs.pairs) if pair in wanted]


def _sum(
    contrast: Contrast,
    chosen: list[int],
    label_pairs: LabelPairs,
    moments: LabelPairMoments,
    histogram: LabelPairHistogram,
) -> ContrastSummary:
    weights = label_pairs.n_pairs[chosen]
    mean = moments.mean[:, chosen] @ weights / weights.sum()
    counts, below, above = (
        array[:, chosen].sum(axis=1) for array in (histogram.counts, histogram.below, histogram.above)
    )
    freeze(mean, counts, below, above)
    return ContrastSummary(contrast, int(weights.sum()), mean, histogram.edges, counts, below, above)
