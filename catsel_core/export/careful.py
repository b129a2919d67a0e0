"""The careful view as plain JSON values."""

import math
from typing import Any

from catsel_core.arrays import Floats
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.jackknife import LEVEL, Band, Intervals
from catsel_core.statistics.stretches import STRETCHES

MOST_SPLITS_TOLD = 10**15
"""More are no number that anybody reads, nor one that every program reads back."""


def careful_json(found: CarefulStatistics) -> dict[str, Any]:
    """``test``, ``balanced``, ``interval`` and ``effect``: a number a layer, null where it is not defined."""
    test = found.test
    return {
        "test": {
            "n_permutations": test.n_permutations,
            "exact": test.exact,
            "seed": test.seed,
            "distinct_splits": test.distinct_splits if test.distinct_splits <= MOST_SPLITS_TOLD else None,
            "smallest_p": test.smallest_p,
            "critical_z": _number(test.delta.critical_z),
            "p": _numbers(test.delta.p),
            "p_max": _numbers(test.delta.p_max),
            "p_bh": _numbers(test.delta.p_bh),
        },
        "balanced": {
            "delta": _numbers(test.balanced.observed),
            "p": _numbers(test.balanced.p),
            "p_max": _numbers(test.balanced.p_max),
        },
        "interval": _intervals(found.intervals),
        "effect": {"auc": _numbers(found.effect.auc), "cohen_d": _numbers(found.effect.cohen_d)},
    }


def stretch_interval_json(band: Band) -> dict[str, Any]:
    """The interval of a mean over occurrences in a text, over the layers."""
    return {"method": "jackknife over stretches", "level": LEVEL, "stretches": STRETCHES, **_band(band)}


def _intervals(found: Intervals) -> dict[str, Any]:
    bands = {"within": found.within, "across": found.across, "delta": found.delta, "balanced": found.balanced}
    return {
        "method": "jackknife",
        "level": LEVEL,
        "quality": found.quality,
        **{name: _band(band) for name, band in bands.items()},
    }


def _band(band: Band) -> dict[str, Any]:
    return {"low": _numbers(band.low), "high": _numbers(band.high)}


def _numbers(values: Floats) -> list[float | None]:
    return [_number(value) for value in values.tolist()]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
