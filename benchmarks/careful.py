"""What the careful statistics add to a new list: seconds and memory. Run as ``python -m benchmarks.careful``."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks import timing
from benchmarks.calibration import directions_of, labels_of, made_up
from catsel_core.statistics.careful import careful_of
from catsel_core.statistics.designs import design_of
from catsel_core.statistics.effect_sizes import effect_sizes
from catsel_core.statistics.jackknife import jackknife
from catsel_core.statistics.permutation_test import permutation_test, permutations_for

SIZES = ((10, 13, 11), (80, 80, 80), (400, 300, 300))


def sections() -> Iterator[str]:
    """The table, line by line; similarities at 31 layers are there already."""
    yield "Careful statistics at 31 layers, beside the similarities (aims: 0.3 s for 34 items, 400 MB for 1,000):"
    yield ""
    yield "| items | shuffles | test | intervals | effect sizes | peak memory |"
    yield "|---|---|---|---|---|---|"
    yield from map(_row, SIZES)


def _row(sizes: Sequence[int]) -> str:
    labels = labels_of(sizes)
    design = design_of(labels)
    similarity = made_up(labels, directions_of(len(sizes), 0.5), np.random.default_rng(25))
    times = timing.interleaved(
        {
            "test": lambda: permutation_test(similarity, design),
            "intervals": lambda: jackknife(similarity, design.labels, design.counted),
            "effect sizes": lambda: effect_sizes(similarity, design.counted),
        },
        repeats=3,
    )
    peak = timing.peak_over_now(lambda: careful_of(similarity, design))
    shuffles = permutations_for(len(labels))
    return f"| {len(labels):,} | {shuffles:,} | {' | '.join(map(str, times.values()))} | {peak / 1e6:.0f} MB |"


if __name__ == "__main__":
    print("\n".join(sections()))
