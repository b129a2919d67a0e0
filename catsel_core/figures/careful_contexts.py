"""The careful view of occurrences in a text: intervals over its stretches, and no test."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.distributions import PairCurves, group_distributions
from catsel_core.figures.profiles import group_profile
from catsel_core.figures.texts import percent
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr, tr_count
from catsel_core.session import Scale
from catsel_core.statistics.jackknife import LEVEL, Band
from catsel_core.statistics.stretches import STRETCHES


def careful_group_profile(curves: Sequence[PairCurves], bands: Sequence[Band], layers: tuple[str, ...]) -> Chart:
    """Mean similarity of every contrast over the layers, with the band of each."""
    chart = group_profile(curves, layers, bands)
    caveat = tr(
        "Bands: {level} over {count} stretches of the text, each layer by itself. Where a word keeps to one part of "
        "the text they are still too narrow.",
        level=percent(LEVEL),
        count=STRETCHES,
    )
    return replace(chart, name="careful-group-profile", readings=(f"{chart.readings[0]} {caveat}",))


def careful_distributions(
    curves: Sequence[PairCurves], bands: Sequence[Band], layers: tuple[str, ...], scale: Scale
) -> Chart:
    """Densities of the contrasts at one layer, with a strip where the mean of each may lie; one frame a layer."""
    chart = group_distributions(curves, layers, scale, bands)
    readings = tuple(_reading(curves, bands, layers, layer) for layer in range(len(layers)))
    return replace(chart, name="careful-group-distributions", readings=readings)


def _reading(curves: Sequence[PairCurves], bands: Sequence[Band], layers: tuple[str, ...], layer: int) -> str:
    parts = "; ".join(_mean(one, band, layer) for one, band in zip(curves, bands, strict=True))
    return tr("Mean similarity at {layer}: {means}.", layer=layer_name(layers, layer), means=parts)


def _mean(curves: PairCurves, band: Band, layer: int) -> str:
    low, high = band.low[layer], band.high[layer]
    ends = (
        tr("95 % {low:.3f} to {high:.3f}", low=low, high=high)
        if np.isfinite(low)
        else tr("no interval: too few stretches of the text have it")
    )
    return tr_count(
        "{name} {mean:.3f} ({ends}; {count:,} pairs)",
        "{name} {mean:.3f} ({ends}; {count:,} pairs)",
        curves.n_pairs,
        name=isolated(curves.name),
        mean=curves.mean[layer],
        ends=ends,
    )
