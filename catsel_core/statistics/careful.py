"""The careful view of a labelling: a test that holds its level, intervals that cover, and effect sizes."""

from collections.abc import Sequence
from dataclasses import dataclass

from catsel_core.arrays import FloatArray
from catsel_core.statistics.designs import Design, design_of
from catsel_core.statistics.effect_sizes import EffectSizes, effect_sizes
from catsel_core.statistics.jackknife import Intervals, jackknife
from catsel_core.statistics.permutation_test import SEED, PermutationTest, permutation_test


@dataclass(frozen=True, slots=True)
class CarefulStatistics:
    """Whether labels and similarity go together, how much, and how sure that is, at every layer."""

    test: PermutationTest
    intervals: Intervals
    effect: EffectSizes


def careful_statistics(
    similarity: FloatArray,
    labels: Sequence[object],
    strata: Sequence[object] | None = None,
    permutations: int | None = None,
    seed: int = SEED,
) -> CarefulStatistics:
    """All of the careful view, from similarities and labels alone.

    The test says whether labels could as well change places between items (inside strata): labels that differ only in
    how tight their items lie together are told apart too. Intervals speak of new items of the same kinds.

    Args:
        similarity: (layer, item, item) float32, symmetric.
        labels: (item,) whose equality makes a pair *within*.
        strata: (item,) labels change places only between items of equal strata; all may if not given.
        permutations: how many shuffles; 10,000, or 1,000 above 400 items, if not given. Where there are at most 20,000
            distinct ways to share the labels out, all of them are looked at instead.
        seed: of the shuffles.

    Raises:
        UndefinedError: if no pair shares a label, or no pair differs in it.
    """
    return careful_of(similarity, design_of(labels, strata), permutations, seed)


def careful_of(
    similarity: FloatArray, design: Design, permutations: int | None = None, seed: int = SEED
) -> CarefulStatistics:
    """:func:`careful_statistics` of any design."""
    return CarefulStatistics(
        permutation_test(similarity, design, permutations, seed),
        jackknife(similarity, design.labels, design.counted),
        effect_sizes(similarity, design.counted),
    )
