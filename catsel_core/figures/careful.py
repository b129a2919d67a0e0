"""The careful view over the layers: jackknife bands, and points by shape where a test says that labels matter."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import ACROSS_LOOK, NEUTRAL, PLAIN, WITHIN_LOOK
from catsel_core.figures.profiles import BandLook, band, ends_of, layer_points, profile
from catsel_core.figures.texts import percent
from catsel_core.language import mark, tr
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.jackknife import LEVEL, Band, Quality
from catsel_core.statistics.permutation_test import ALPHA, OneTest, PermutationTest

_ROUGH: dict[Quality, str] = {"full": "", "rough": mark(", rough with groups of three or four")}
_PALE = 0.22


@dataclass(frozen=True, slots=True)
class Labelled:
    """What careful charts say of the things that were labelled, to be translated.

    prefix: of the names of charts.
    kinds: of pairs, in a legend: within and across.
    means, balanced, auc: titles of charts.
    apart: where the bands of the means do not meet.
    bands: what intervals speak of.
    too_few, too_few_for_p: things for an interval, and for a small p.
    alike, differ: the verdict of a test.
    most_often: in which layer a pair within is the more similar one.
    """

    prefix: str
    kinds: tuple[str, str]
    means: str
    balanced: str
    auc: str
    apart: str
    bands: str
    too_few: str
    too_few_for_p: str
    alike: str
    differ: str
    most_often: str


WORDS = Labelled(
    "careful",
    (mark("Within"), mark("Across")),
    means=mark("Means of within and across"),
    balanced=mark("Category-balanced Δ"),
    auc=mark("How often within is more similar (AUC)"),
    apart=mark("The bands of within and across do not meet {where}."),
    bands=mark("Bands: {level} for new words of the same kinds, each layer by itself{rough}."),
    too_few=mark("Too few words for an interval: 3 a group are needed, 5 for a useful one."),
    too_few_for_p=mark("With so few words p ≤ 0.05 cannot happen: the smallest p is {p:.2g}."),
    alike=mark("At no layer do the lists differ by more than shuffled labels do (p over all layers > 0.05)."),
    differ=mark("The lists differ, in direction or in how tight they are, {where} (p ≤ 0.05 over all layers)."),
    most_often=mark(
        "A within-category pair is more similar than an across-category pair most often at {layer}: in {draws:.0f} of "
        "100 draws{size}. 50 of 100 is no difference."
    ),
)
SENSES = Labelled(
    "careful-sense",
    (mark("Same sense"), mark("Other sense")),
    means=mark("Means of same sense and other sense"),
    balanced=mark("Sense-balanced Δ"),
    auc=mark("How often same sense is more similar (AUC)"),
    apart=mark("The bands of same sense and other sense do not meet {where}."),
    bands=mark("Bands: {level} for new sentences with the same words and senses, each layer by itself{rough}."),
    too_few=mark("Too few sentences for an interval: 3 a group are needed, 5 for a useful one."),
    too_few_for_p=mark("With so few sentences p ≤ 0.05 cannot happen: the smallest p is {p:.2g}."),
    alike=mark("At no layer do the senses differ by more than shuffled labels do (p over all layers > 0.05)."),
    differ=mark("The senses differ, in direction or in how tight they are, {where} (p ≤ 0.05 over all layers)."),
    most_often=mark(
        "A pair of the same sense is more similar than a pair of different senses of a word most often at {layer}: in "
        "{draws:.0f} of 100 draws{size}. 50 of 100 is no difference."
    ),
)


def careful_means(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """A: within and across means with their bands."""
    within, across = careful.effect.within_mean, careful.effect.across_mean
    intervals, hover = careful.intervals, tr("mean %{y:.3f}")
    one, other = map(tr, said.kinds)
    traces = [
        *_mean_band(one, intervals.within, WITHIN_LOOK.color),
        *_mean_band(other, intervals.across, ACROSS_LOOK.color),
        layer_points(one, within, layers, hover, {**WITHIN_LOOK.marker, "size": 9}),
        layer_points(other, across, layers, hover, {**ACROSS_LOOK.marker, "size": 8}),
    ]
    rings = [([layer, layer], [within[layer], across[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Mean similarity"))
    return Chart(f"{said.prefix}-means", tr(said.means), figure, (_means_reading(careful, layers, said),))


def _means_reading(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled) -> str:
    intervals = careful.intervals
    if intervals.quality == "none":
        return tr(said.too_few)
    where = _where(intervals.within.low > intervals.across.high, layers)
    bands = tr(said.bands, level=percent(LEVEL), rough=tr(_ROUGH[intervals.quality]))
    return f"{tr(said.apart, where=where)} {bands}" if where else bands


def careful_delta(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """B: Δ with its band, and where the test of all layers calls it significant."""
    return replace(_tested(careful, layers, "delta", said), title=tr("Difference of means, Δ"))


def careful_balanced(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """C: the balanced Δ, in the same way."""
    return replace(_tested(careful, layers, "balanced", said), title=tr(said.balanced))


def careful_auc(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """D: how often a pair within is the more similar one."""
    auc = careful.effect.auc
    half = {
        "type": "scatter",
        "name": tr("no difference"),
        "x": [0, len(layers) - 1],
        "y": [0.5, 0.5],
        "mode": "lines",
        "line": {"color": NEUTRAL, "dash": "dash", "width": 1.5},
        "hoverinfo": "skip",
    }
    points = layer_points("AUC", auc, layers, "AUC %{y:.3f}", {"color": PLAIN, "size": 9})
    rings = [([layer], [auc[layer]]) for layer in range(len(layers))]
    top, d = int(auc.argmax()), careful.effect.cohen_d
    size = tr(", Cohen's d {d:.2f}", d=d[top]) if np.isfinite(d[top]) else ""
    reading = tr(said.most_often, layer=layer_name(layers, top), draws=100 * auc[top], size=size)
    figure = profile([half, points], rings, layers, "AUC")
    return Chart(f"{said.prefix}-auc", tr(said.auc), figure, (reading,))


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
    look = BandLook(ends_of("Δ"), PLAIN, _PALE, "95 %")
    traces = [*_band(interval, look), {**points, "showlegend": False}, *_key(significant)]
    rings = [([layer], [one.observed[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    figure.update_yaxes(rangemode="tozero")  # how far from no difference
    reading = f"{_largest(one, interval, layers)} {_verdict(one, careful.test, layers, said)} {_how(careful.test)}"
    return Chart(f"{said.prefix}-{which}", "", figure, (reading,))


def _p_of(p: float, p_max: float) -> str:
    if np.isnan(p):
        return tr("no test: all similarities are equal")
    return tr("p = {p:.4f}, over all layers {p_max:.4f}", p=p, p_max=p_max)


def _key(significant: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """What the two shapes mean, if both are there or one."""
    shapes = (
        ("diamond", tr("p ≤ 0.05 over all layers"), significant.any()),
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
    return _band(interval, BandLook(ends_of(name), color, _PALE))


def _band(interval: Band, look: BandLook) -> list[dict[str, Any]]:
    """Nothing where it is not defined."""
    return [band(interval.low, interval.high, look)] if np.isfinite(interval.low).any() else []


def _largest(one: OneTest, interval: Band, layers: tuple[str, ...]) -> str:
    top = int(np.nanargmax(one.observed)) if np.isfinite(one.observed).any() else 0
    low, high = interval.low[top], interval.high[top]
    said = {"layer": layer_name(layers, top), "most": one.observed[top]}
    if not np.isfinite(low):
        return tr("It is largest at {layer} with {most:.3f}.", **said)
    return tr("It is largest at {layer} with {most:.3f} (95 % {low:.3f} to {high:.3f}).", low=low, high=high, **said)


def _verdict(one: OneTest, test: PermutationTest, layers: tuple[str, ...], said: Labelled) -> str:
    if test.smallest_p > ALPHA:
        return tr(said.too_few_for_p, p=test.smallest_p)
    where = _where(one.p_max <= ALPHA, layers)
    return tr(said.differ, where=where) if where else tr(said.alike)


def _how(test: PermutationTest) -> str:
    if test.exact:
        return tr("All {count:,} ways to share out the labels.", count=test.n_permutations)
    return tr("{count:,} shuffles of the labels, seed {seed}.", count=test.n_permutations, seed=test.seed)


def _where(which: NDArray[np.bool_], layers: tuple[str, ...]) -> str:
    count = int(np.count_nonzero(which))
    if count in (0, len(layers)):
        return tr("at all layers") if count else ""
    return tr("at {count} of {total} layers", count=count, total=len(layers))
