"""Contrasts: named sets of label pairs, such as the book's three, and what their pairs of items say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import Floats, freeze
from catsel_core.errors import InputError
from catsel_core.language import mark, tr
from catsel_core.statistics.tiled_pairs import LabelPairHistogram, LabelPairMoments, LabelPairs


@dataclass(frozen=True, slots=True)
class Contrast:
    """Pairs of items whose labels are one of ``pairs``; the order within a pair of labels does not matter.

    message: its name in English, where ``{which}`` stands for what is not translated.
    which: that, such as labels.
    """

    message: str
    pairs: tuple[tuple[str, str], ...]
    which: str = ""

    @property
    def name(self) -> str:
        """As data has it, in English."""
        return self.message.format(which=self.which) if self.which else self.message

    @property
    def said(self) -> str:
        """As a figure has it, in the language that is spoken."""
        return tr(self.message, which=self.which) if self.which else tr(self.message)


@dataclass(frozen=True, slots=True, eq=False)
class ContrastSummary:
    """Cosines of all pairs of items in one contrast, at every layer. Arrays are read-only.

    n_pairs: number of pairs of items.
    mean: (layer,) float64.
    edges: (layer, bin + 1) float64; the last bin includes its upper edge.
    counts: (layer, bin) int64.
    below, above: (layer,) int64, pairs outside the edges.
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


_LABELS = "{which}"
"""Of a name without words of a language."""


def book_contrasts(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """The book's panels: the same word, the first word with the others, the others among themselves."""
    first, rest = labels[0], labels[1:]
    found = [Contrast(mark("within"), tuple((label, label) for label in labels))]
    others = ", ".join(rest)
    if rest:
        found.append(Contrast(_LABELS, tuple((first, label) for label in rest), f"{first} × {others}"))
    if len(rest) == 2:
        found.append(pair_contrast(*rest))
    elif len(rest) > 2:
        found.append(Contrast(mark("among {which}"), tuple(combinations(rest, 2)), others))
    return tuple(found)


def every_contrast(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """Each word with itself, then every pair of different words."""
    pairs = [(label, label) for label in labels]
    pairs += combinations(labels, 2)
    return tuple(pair_contrast(a, b) for a, b in pairs)


def category_contrasts(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """Each category with itself, then all categories with one another."""
    across = tuple(combinations(labels, 2))
    within = tuple(pair_contrast(label, label) for label in labels)
    return (*within, Contrast(mark("across categories"), across))


def pair_contrast(a: str, b: str) -> Contrast:
    """One pair of labels alone."""
    return Contrast(mark("within {which}"), ((a, b),), a) if a == b else Contrast(_LABELS, ((a, b),), f"{a} × {b}")


def pair_name(a: str, b: str) -> str:
    """How a pair of labels is called, in the language that is spoken."""
    return pair_contrast(a, b).said


def summarise(
    contrasts: Sequence[Contrast], label_pairs: LabelPairs, moments: LabelPairMoments, histogram: LabelPairHistogram
) -> tuple[ContrastSummary, ...]:
    """What the pairs of items of every contrast say together; a contrast without any pair of items is left out.

    Args:
        contrasts: sets of label pairs.
        label_pairs: every pair of labels and its number of item pairs.
        moments: mean and range of the cosines of every pair of labels.
        histogram: counts of the cosines of every pair of labels.

    Raises:
        InputError: if a contrast names a label that there is not.
    """
    summaries: list[ContrastSummary] = []
    for contrast in contrasts:
        chosen = _label_pairs_in(contrast, label_pairs)
        if chosen:
            summaries.append(_summary(contrast, chosen, label_pairs, moments, histogram))
    return tuple(summaries)


def _label_pairs_in(contrast: Contrast, label_pairs: LabelPairs) -> list[int]:
    """Indices along the ``label_pair`` axis that belong to the contrast and have a pair of items."""
    number = {label: at for at, label in enumerate(label_pairs.labels)}
    wanted: set[tuple[int, int]] = set()
    for pair in contrast.pairs:
        for label in pair:
            if label not in number:
                raise unknown_label(contrast, label, label_pairs.labels)
        first, second = sorted(number[label] for label in pair)
        wanted.add((first, second))
    return [at for at, pair in enumerate(label_pairs.pairs) if pair in wanted and label_pairs.n_pairs[at]]


def unknown_label(contrast: Contrast, label: str, known: Iterable[str]) -> InputError:
    """What to raise for a contrast that names a label that there is not."""
    names = ", ".join(known)
    return InputError(
        tr("“{contrast}” names “{label}”, but the words are {words}.", contrast=contrast.said, label=label, words=names)
    )


def _summary(
    contrast: Contrast,
    chosen: list[int],
    label_pairs: LabelPairs,
    moments: LabelPairMoments,
    histogram: LabelPairHistogram,
) -> ContrastSummary:
    """Sums over the ``label_pair`` axis; the mean is weighted by the numbers of item pairs."""
    weights = label_pairs.n_pairs[chosen]
    mean = moments.mean[:, chosen] @ weights / weights.sum()
    counts = histogram.counts[:, chosen].sum(axis=1)
    below, above = histogram.below[:, chosen].sum(axis=1), histogram.above[:, chosen].sum(axis=1)
    freeze(mean, counts, below, above)
    return ContrastSummary(contrast, int(weights.sum()), mean, histogram.edges, counts, below, above)
