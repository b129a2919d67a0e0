"""The careful view over the layers: jackknife bands, and points by shape where a test says that labels matter."""

from typing import Any, Literal

import numpy as np

from catsel_core.arrays import Floats
from catsel_core.figures.chart import Chart, layer_name, legend_square
from catsel_core.figures.colors import ACROSS_LOOK, NEUTRAL, PLAIN, WITHIN_LOOK, faint
from catsel_core.figures.profiles import layer_points, profile
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.jackknife import Band, Quality
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.statistics.permutation_test import ALPHA, OneTest, PermutationTest

_QUALITY: dict[Quality, str] = {
    "full": "Bands: 95 % for new words of the same kinds, each layer by itself.",
    "rough": "Bands: 95 % for new words of the same kinds, rough with groups of three or four.",
    "none": "Too few items for an interval within categories: 3 a group are needed, 5 for a useful one.",
}
_TOLD = "in direction or in how tight they are"


def careful_means(statistics: BookStatistics, careful: CarefulStatistics, layers: tuple[str, ...]) -> Chart:
    """A: within and across means with their bands."""
    within, across, intervals = statistics.within_mean, statistics.across_mean, careful.intervals
    hover = "mean %{y:.3f}"
    traces = [
        *_band("Within", intervals.within, WITHIN_LOOK.color),
        *_band("Across", intervals.across, ACROSS_LOOK.color),
        layer_points("Within", within, layers, hover, {**WITHIN_LOOK.marker, "size": 9}),
        layer_points("Across", across, layers, hover, {**ACROSS_LOOK.marker, "size": 8}),
    ]
    rings = [([layer, layer], [within[layer], across[layer]]) for layer in range(len(layers))]
    apart = _where(intervals.within.low > intervals.across.high, layers) if intervals.quality != "none" else ""
    reading = (f"The bands of within and across do not meet at {apart}. " if apart else "") + _QUALITY[
        intervals.quality
    ]
    figure = profile(traces, rings, layers, "Mean similarity")
    figure.update_layout(legend_traceorder="normal")  # filled bands would turn it round
    return Chart("careful-means", "Means of within and across", figure, (reading,))


def careful_delta(careful: CarefulStatistics, layers: tuple[str, ...]) -> Chart:
    """B: Δ with its band, and where the test of all layers calls it significant."""
    return _tested(careful, layers, "delta", "Difference of means, Δ")


def careful_balanced(careful: CarefulStatistics, layers: tuple[str, ...]) -> Chart:
    """C: the category-balanced Δ, in the same way."""
    return _tested(careful, layers, "balanced", "Category-balanced Δ")


def careful_auc(careful: CarefulStatistics, layers: tuple[str, ...]) -> Chart:
    """D: how often a pair within is the more similar one."""
    auc = careful.effect.auc
    half = {
        "type": "scatter",
        "name": "no difference",
        "x": [0, len(layers) - 1],
        "y": [0.5, 0.5],
        "mode": "lines",
        "line": {"color": NEUTRAL, "dash": "dash", "width": 1.5},
        "hoverinfo": "skip",
    }
    points = layer_points("AUC", auc, layers, "AUC %{y:.3f}", {"color": PLAIN, "size": 9})
    rings = [([layer], [auc[layer]]) for layer in range(len(layers))]
    top, d = int(auc.argmax()), careful.effect.cohen_d
    size = f", Cohen's d {d[top]:.2f}" if np.isfinite(d[top]) else ""
    reading = (
        f"A within-category pair is more similar than an across-category pair most often at {layer_name(layers, top)}: "
        f"in {100 * auc[top]:.0f} of 100 draws{size}. 50 of 100 is no difference."
    )
    return Chart(
        "careful-auc",
        "How often within is more similar (AUC)",
        profile([half, points], rings, layers, "AUC"),
        (reading,),
    )


def _tested(
    careful: CarefulStatistics, layers: tuple[str, ...], which: Literal["delta", "balanced"], title: str
) -> Chart:
    one: OneTest = getattr(careful.test, which)
    band: Band = getattr(careful.intervals, which)
    significant = one.p_max <= ALPHA  # (layer,); NaN is not
    marker = {
        "color": PLAIN,
        "size": np.where(significant, 11, 8),
        "symbol": np.where(significant, "diamond", "circle-open"),
    }
    points = layer_points("Δ", one.observed, layers, "Δ %{y:.3f}", marker)
    told = [_p_of(*both) for both in zip(one.p.tolist(), one.p_max.tolist(), strict=True)]
    points["text"] = [f"{label}<br>{p}" for label, p in zip(points["text"], told, strict=True)]
    traces = [*_band("Δ", band, PLAIN), {**points, "showlegend": False}, *_key(significant)]
    rings = [([layer], [one.observed[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    figure.update_yaxes(rangemode="tozero")  # how far from no difference
    return Chart(f"careful-{which}", title, figure, (_reading(one, band, careful.test, layers),))


def _p_of(p: float, p_max: float) -> str:
    return "no test: all similarities are equal" if np.isnan(p) else f"p = {p:.4f}, over all layers {p_max:.4f}"


def _key(significant: Any) -> list[dict[str, Any]]:
    """What the two shapes mean, if both are there or one."""
    shapes = (
        ("diamond", "p ≤ 0.05 over all layers", significant.any()),
        ("circle-open", "p > 0.05", not significant.all()),
    )
    return [
        {
            "type": "scatter",
            "name": name,
            "x": [None],
            "y": [None],
            "mode": "markers",
            "marker": {"color": PLAIN, "symbol": symbol, "size": 9},
        }
        for symbol, name, there in shapes
        if there
    ]


def _band(name: str, band: Band, color: str) -> list[dict[str, Any]]:
    """Its two ends, filled between; nothing where it is not defined."""
    if not np.isfinite(band.low).any():
        return []
    is_named = name == "Δ"  # its square in the legend hides and shows it; bands around points have none
    group = {"legendgroup": "band"} if is_named else {}
    fills: tuple[dict[str, Any], ...] = ({}, {"fill": "tonexty", "fillcolor": faint(color, 0.22)})
    ends: list[dict[str, Any]] = [
        {
            "type": "scatter",
            **group,
            "name": f"{name}, {end} end of 95 %",
            "x": np.arange(len(values)),
            "y": values,
            "mode": "lines",
            "line": {"color": color, "width": 0.5},
            "showlegend": False,
            "hoverinfo": "skip",
            **fill,
        }
        for end, values, fill in zip(("lower", "upper"), (band.low, band.high), fills, strict=True)
    ]
    square = {"type": "scatter", **group, **legend_square("95 %", faint(color, 0.22))}
    return [*ends, square] if is_named else ends


def _reading(one: OneTest, band: Band, test: PermutationTest, layers: tuple[str, ...]) -> str:
    top = int(np.nanargmax(one.observed)) if np.isfinite(one.observed).any() else 0
    ends = f" (95 % {band.low[top]:.3f} to {band.high[top]:.3f})" if np.isfinite(band.low[top]) else ""
    largest = f"It is largest at {layer_name(layers, top)} with {one.observed[top]:.3f}{ends}. "
    return f"{largest}{_verdict(one, test, layers)} {_how(test)}"


def _verdict(one: OneTest, test: PermutationTest, layers: tuple[str, ...]) -> str:
    if test.smallest_p > ALPHA:
        return f"With so few words p ≤ 0.05 cannot happen: the smallest p is {test.smallest_p:.2g}."
    where = _where(one.p_max <= ALPHA, layers)
    if not where:
        return "At no layer do the lists differ by more than shuffled labels do (p over all layers > 0.05)."
    return f"The lists differ, {_TOLD}, at {where} (p ≤ 0.05 over all layers)."


def _how(test: PermutationTest) -> str:
    if test.exact:
        return f"All {test.n_permutations:,} ways to share out the labels."
    return f"{test.n_permutations:,} shuffles of the labels, seed {test.seed}."


def _where(which: Floats | Any, layers: tuple[str, ...]) -> str:
    count = int(np.count_nonzero(which))
    if count in (0, len(layers)):
        return "all layers" if count else ""
    return f"{count} of {len(layers)} layers"
