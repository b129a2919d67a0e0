"""The careful view over the layers: jackknife bands, and points by shape where a test says that labels matter."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import ACROSS_LOOK, NEUTRAL, PLAIN, WITHIN_LOOK
from catsel_core.figures.profiles import BandLook, band, layer_points, profile
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.jackknife import Band, Quality
from catsel_core.statistics.permutation_test import ALPHA, OneTest, PermutationTest

_ROUGH: dict[Quality, str] = {"full": "", "rough": ", rough with groups of three or four"}
_TOLD = "in direction or in how tight they are"
_PALE = 0.22


@dataclass(frozen=True, slots=True)
class Labelled:
    """What careful charts call the things that were labelled.

    items, groups: them, and what their labels stand for.
    kinds: of their pairs, in a legend: within and across.
    pairs: one pair of either kind, in a sentence.
    new: what intervals speak of.
    balanced: name of the Δ in which each group counts the same.
    prefix: of the names of charts.
    """

    items: str
    groups: str
    kinds: tuple[str, str]
    pairs: tuple[str, str]
    new: str
    balanced: str
    prefix: str


WORDS = Labelled(
    "words",
    "lists",
    ("Within", "Across"),
    ("a within-category pair", "an across-category pair"),
    "new words of the same kinds",
    "Category-balanced Δ",
    "careful",
)
SENSES = Labelled(
    "sentences",
    "senses",
    ("Same sense", "Other sense"),
    ("a pair of the same sense", "a pair of different senses of a word"),
    "new sentences with the same words and senses",
    "Sense-balanced Δ",
    "careful-sense",
)


def careful_means(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """A: within and across means with their bands."""
    within, across = careful.effect.within_mean, careful.effect.across_mean
    intervals, hover = careful.intervals, "mean %{y:.3f}"
    traces = [
        *_mean_band(said.kinds[0], intervals.within, WITHIN_LOOK.color),
        *_mean_band(said.kinds[1], intervals.across, ACROSS_LOOK.color),
        layer_points(said.kinds[0], within, layers, hover, {**WITHIN_LOOK.marker, "size": 9}),
        layer_points(said.kinds[1], across, layers, hover, {**ACROSS_LOOK.marker, "size": 8}),
    ]
    rings = [([layer, layer], [within[layer], across[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Mean similarity")
    title = "Means of {} and {}".format(*(kind.lower() for kind in said.kinds))
    return Chart(f"{said.prefix}-means", title, figure, (_means_reading(careful, layers, said),))


def _means_reading(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled) -> str:
    intervals = careful.intervals
    if intervals.quality == "none":
        return f"Too few {said.items} for an interval: 3 a group are needed, 5 for a useful one."
    one, other = (kind.lower() for kind in said.kinds)
    apart = _where(intervals.within.low > intervals.across.high, layers)
    start = f"The bands of {one} and {other} do not meet at {apart}. " if apart else ""
    return f"{start}Bands: 95 % for {said.new}, each layer by itself{_ROUGH[intervals.quality]}."


def careful_delta(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """B: Δ with its band, and where the test of all layers calls it significant."""
    return replace(_tested(careful, layers, "delta", said), title="Difference of means, Δ")


def careful_balanced(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """C: the balanced Δ, in the same way."""
    return replace(_tested(careful, layers, "balanced", said), title=said.balanced)


def careful_auc(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
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
    one, other = said.pairs
    reading = (
        f"{one[0].upper()}{one[1:]} is more similar than {other} most often at {layer_name(layers, top)}: in "
        f"{100 * auc[top]:.0f} of 100 draws{size}. 50 of 100 is no difference."
    )
    figure = profile([half, points], rings, layers, "AUC")
    title = f"How often {said.kinds[0].lower()} is more similar (AUC)"
    return Chart(f"{said.prefix}-auc", title, figure, (reading,))


def _tested(
    careful: CarefulStatistics, layers: tuple[str, ...], which: Literal["delta", "balanced"], said: Labelled
) -> Chart:
    one: OneTest = getattr(careful.test, which)
    interval: Band = getattr(careful.intervals, which)
    significant = one.p_max <= ALPHA  # (layer,); NaN is not
    marker = {
        "color": PLAIN,
        "size": np.where(significant, 11, 8),
        "symbol": np.where(significant, "diamond", "circle-open"),
    }
    points = layer_points("Δ", one.observed, layers, "Δ %{y:.3f}", marker)
    told = [_p_of(*both) for both in zip(one.p.tolist(), one.p_max.tolist(), strict=True)]
    points["text"] = [f"{label}<br>{p}" for label, p in zip(points["text"], told, strict=True)]
    look = BandLook(("Δ, lower end of 95 %", "Δ, upper end of 95 %"), PLAIN, _PALE, "95 %")
    traces = [*_band(interval, look), {**points, "showlegend": False}, *_key(significant)]
    rings = [([layer], [one.observed[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    figure.update_yaxes(rangemode="tozero")  # how far from no difference
    reading = f"{_largest(one, interval, layers)} {_verdict(one, careful.test, layers, said)} {_how(careful.test)}"
    return Chart(f"{said.prefix}-{which}", "", figure, (reading,))


def _p_of(p: float, p_max: float) -> str:
    return "no test: all similarities are equal" if np.isnan(p) else f"p = {p:.4f}, over all layers {p_max:.4f}"


def _key(significant: NDArray[np.bool_]) -> list[dict[str, Any]]:
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


def _mean_band(name: str, interval: Band, color: str) -> list[dict[str, Any]]:
    """Around points that the legend names."""
    return _band(interval, BandLook((f"{name}, lower end of 95 %", f"{name}, upper end of 95 %"), color, _PALE))


def _band(interval: Band, look: BandLook) -> list[dict[str, Any]]:
    """Nothing where it is not defined."""
    return [band(interval.low, interval.high, look)] if np.isfinite(interval.low).any() else []


def _largest(one: OneTest, interval: Band, layers: tuple[str, ...]) -> str:
    top = int(np.nanargmax(one.observed)) if np.isfinite(one.observed).any() else 0
    low, high = interval.low[top], interval.high[top]
    ends = f" (95 % {low:.3f} to {high:.3f})" if np.isfinite(low) else ""
    return f"It is largest at {layer_name(layers, top)} with {one.observed[top]:.3f}{ends}."


def _verdict(one: OneTest, test: PermutationTest, layers: tuple[str, ...], said: Labelled) -> str:
    if test.smallest_p > ALPHA:
        return f"With so few {said.items} p ≤ 0.05 cannot happen: the smallest p is {test.smallest_p:.2g}."
    where = _where(one.p_max <= ALPHA, layers)
    if not where:
        return f"At no layer do the {said.groups} differ by more than shuffled labels do (p over all layers > 0.05)."
    return f"The {said.groups} differ, {_TOLD}, at {where} (p ≤ 0.05 over all layers)."


def _how(test: PermutationTest) -> str:
    if test.exact:
        return f"All {test.n_permutations:,} ways to share out the labels."
    return f"{test.n_permutations:,} shuffles of the labels, seed {test.seed}."


def _where(which: NDArray[np.bool_], layers: tuple[str, ...]) -> str:
    count = int(np.count_nonzero(which))
    if count in (0, len(layers)):
        return "all layers" if count else ""
    return f"{count} of {len(layers)} layers"
