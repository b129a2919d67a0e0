"""Distributions of the similarities of groups of pairs at one layer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats
from catsel_core.figures.chart import MOST_IN_NAME, Chart, base_layout, layer_name
from catsel_core.figures.colors import ACROSS_LOOK, WITHIN_LOOK, Look, faint
from catsel_core.figures.texts import percent, shown
from catsel_core.inputs.writing import isolated
from catsel_core.language import mark, tr, tr_count
from catsel_core.session import Scale
from catsel_core.statistics.contrasts import ContrastSummary
from catsel_core.statistics.jackknife import LEVEL, Band
from catsel_core.statistics.pairs import BookStatistics, PairGroups, bin_edges, centers, density, pair_values

FEW = 10
"""Fewer pairs are drawn as points: a density of so few would say more about the bins than about the pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class PairCurves:
    """What a group of pairs looks like at every layer.

    look: how it is drawn.
    mean: (layer,) float64.
    edges: (layer, bin + 1) float64.
    density: (layer, bin) float64.
    values: (layer, pair) float32 of fewer than :data:`FEW` pairs; None of more.
    """

    name: str
    look: Look
    n_pairs: int
    mean: Floats
    edges: Floats
    density: Floats
    values: FloatArray | None = None


def curves_of(
    summaries: Sequence[ContrastSummary], looks: Sequence[Look], values: Sequence[FloatArray | None]
) -> tuple[PairCurves, ...]:
    """Contrasts as curves, each in its look; with the values, (layer, pair), of those that have few."""
    return tuple(
        PairCurves(one.contrast.said, look, one.n_pairs, one.mean, one.edges, one.density, few)
        for one, look, few in zip(summaries, looks, values, strict=True)
    )


def kinds_of(
    similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics, names: tuple[str, str]
) -> tuple[PairCurves, PairCurves]:
    """Within and across as curves, in 20 bins over each layer's own values.

    Args:
        similarity: (layer, item, item).
        pairs: which pairs are within and which across.
        statistics: the book statistics of the same pairs.
        names: what the two kinds are called.
    """
    values = pair_values(similarity, pairs)  # (layer, pair)
    edges = np.array([bin_edges(row) for row in values])  # (layer, bin + 1)

    def densities(chosen: NDArray[np.bool_]) -> Floats:
        return np.array([density(row[chosen], own) for row, own in zip(values, edges, strict=True)])

    def few(chosen: NDArray[np.bool_]) -> FloatArray | None:
        return values[:, chosen] if chosen.sum() < FEW else None

    w, a = pairs.within, ~pairs.within
    n_w, n_a, means = statistics.n_within, statistics.n_across, (statistics.within_mean, statistics.across_mean)
    return (
        PairCurves(names[0], WITHIN_LOOK, n_w, means[0], edges, densities(w), few(w)),
        PairCurves(names[1], ACROSS_LOOK, n_a, means[1], edges, densities(a), few(a)),
    )


def distributions(
    similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics, layers: tuple[str, ...], scale: Scale
) -> Chart:
    """Densities of within- and across-category pairs; one frame a layer.

    Args:
        similarity: (layer, item, item).
        pairs: which pairs are within and which across.
        statistics: the book statistics of the same pairs.
        layers: labels of the hidden states.
        scale: axis ranges of each layer, or one shared by all. Bins always span the layer's own values.
    """
    curves = kinds_of(similarity, pairs, statistics, (tr("Within category"), tr("Across categories")))
    chart = group_distributions(curves, layers, scale)
    kinds = tr("within-category pairs"), tr("across-category pairs")
    readings = tuple(delta_reading(statistics, layers, index, kinds) for index in range(len(layers)))
    return replace(chart, name="distributions", title=tr("Within and across categories"), readings=readings)


def group_distributions(
    curves: Sequence[PairCurves], layers: tuple[str, ...], scale: Scale, bands: Sequence[Band] = ()
) -> Chart:
    """Densities of all groups over common bins, drawn at bin centres, with their means; one frame a layer.

    Groups of fewer than :data:`FEW` pairs are points, each group on a line of its own; if all are, there is no density.

    Args:
        curves: the groups; all have the same edges.
        layers: labels of the hidden states.
        scale: axis ranges of each layer, or one shared by all. Bins always span the layer's own values.
        bands: an interval of the mean of each group, if there are any.
    """
    ranges = _ranges(curves, scale)
    frames = [
        go.Frame(
            name=label,
            data=_traces(curves, layer, y_range[1], bands),
            traces=list(range(2 * len(curves) + len(bands))),
            layout={"xaxis": {"range": x_range}, "yaxis": {"range": y_range}},
        )
        for layer, (label, (x_range, y_range)) in enumerate(zip(layers, ranges, strict=True))
    ]
    x_range, y_range = ranges[0]
    steady = {"automargin": False, "zeroline": False}  # margins that follow the numbers would move the axes every layer
    layout = base_layout(
        margin={"l": 58, "r": 12, "t": 28, "b": 46},
        xaxis={"title": {"text": tr("Cosine similarity")}, "range": x_range, **steady},
        yaxis={**_density_axis(curves), "range": y_range, **steady},
    )
    readings = tuple(_distribution_reading(curves, layers, layer) for layer in range(len(layers)))
    figure = go.Figure(_traces(curves, 0, y_range[1], bands), layout, frames)
    return Chart("group-distributions", tr("How similar the pairs are"), figure, readings, height=0.72)


def delta_reading(statistics: BookStatistics, layers: tuple[str, ...], index: int, kinds: tuple[str, str]) -> str:
    """Δ and t of one layer in words and numbers; ``kinds`` names the pairs within and across."""
    delta, t = statistics.delta[index], statistics.t[index]
    strength = f"t = {t:.1f}" if math.isfinite(t) else tr("t is not defined here")
    message = (
        mark(
            "At {layer} {one} are {gap:.3f} more similar than {other} (mean {within:.3f} against {across:.3f}; {t}; "
            "{n_within:,} and {n_across:,} pairs)."
        )
        if delta >= 0
        else mark(
            "At {layer} {one} are {gap:.3f} less similar than {other} (mean {within:.3f} against {across:.3f}; {t}; "
            "{n_within:,} and {n_across:,} pairs)."
        )
    )
    return tr(
        message,
        layer=layer_name(layers, index),
        one=kinds[0],
        other=kinds[1],
        gap=abs(delta),
        within=statistics.within_mean[index],
        across=statistics.across_mean[index],
        t=strength,
        n_within=statistics.n_within,
        n_across=statistics.n_across,
    )


def _ranges(curves: Sequence[PairCurves], scale: Scale) -> list[tuple[list[float], list[float]]]:
    """Ranges of the x axis and of the y axis for every layer."""
    edges = curves[0].edges  # (layer, bin + 1)
    lows, highs = edges[:, 0], edges[:, -1]
    heights = [one.density.max(axis=1) for one in curves if one.values is None]
    tops = 1.08 * np.max(heights or [np.ones(len(edges))], axis=0)  # (layer,)
    if scale == "shared":
        lows, highs = np.full_like(lows, lows.min()), np.full_like(highs, highs.max())
        tops = np.full_like(tops, tops.max())
    return [
        (_padded(float(low), float(high)), [0, float(top)]) for low, high, top in zip(lows, highs, tops, strict=True)
    ]


def _padded(low: float, high: float) -> list[float]:
    room = 0.02 * (high - low)
    return [low - room, high + room]


def _traces(curves: Sequence[PairCurves], layer: int, top: float, bands: Sequence[Band]) -> list[dict[str, Any]]:
    places = _strips(curves, top)
    drawn = (_area(one, layer) if one.values is None else _points(one, layer, places[one.name]) for one in curves)
    intervals = (_interval(one, band, layer, top) for one, band in zip(curves, bands, strict=False))
    return [*drawn, *(_mean_line(one, layer, top) for one in curves), *intervals]


def _interval(curves: PairCurves, band: Band, layer: int, top: float) -> dict[str, Any]:
    """Where the mean may lie, as a strip behind its line."""
    low, high = band.low[layer], band.high[layer]
    there = bool(np.isfinite(low))
    return {
        "type": "scatter",
        "name": tr("{level} of the mean, {name}", level=percent(LEVEL), name=shown(curves.name, MOST_IN_NAME)),
        "x": [low, low, high, high] if there else [],
        "y": [0, top, top, 0] if there else [],
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": faint(curves.look.color, 0.3),
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _density_axis(curves: Sequence[PairCurves]) -> dict[str, Any]:
    if all(one.values is not None for one in curves):
        return {"title": {"text": ""}, "showticklabels": False, "showgrid": False}
    return {"title": {"text": tr("Density")}}


def _strips(curves: Sequence[PairCurves], top: float) -> dict[str, float]:
    """Heights of the lines of points: near the axis, or evenly where nothing else is drawn."""
    few = [one.name for one in curves if one.values is not None]
    step = 0.08 if len(few) < len(curves) else 1 / (len(few) + 1)
    return {name: top * step * number for number, name in enumerate(few, start=1)}


def _points(curves: PairCurves, layer: int, height: float) -> dict[str, Any]:
    values = np.zeros(0) if curves.values is None else curves.values[layer]
    return {
        "type": "scatter",
        "name": shown(curves.name, MOST_IN_NAME),
        "x": values,
        "y": np.full(len(values), height),
        "mode": "markers",
        "marker": {**curves.look.marker, "size": 10, "opacity": 0.75},
        "hovertemplate": tr("similarity %{x:.3f}"),
    }


def _area(curves: PairCurves, layer: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": shown(curves.name, MOST_IN_NAME),
        "x": centers(curves.edges[layer]),
        "y": curves.density[layer],
        "mode": "lines",  # dots at the bins would make a move of the layer take three times as long
        "line": {**curves.look.line, "width": 2.5},
        "fill": "tozeroy",
        "fillcolor": faint(curves.look.color),
        "hovertemplate": tr("similarity %{x:.3f}<br>density %{y:.2f}"),
    }


def _mean_line(curves: PairCurves, layer: int, top: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": tr("mean, {name}", name=shown(curves.name, MOST_IN_NAME)),
        "x": [curves.mean[layer], curves.mean[layer]],
        "y": [0, top],
        "mode": "lines",
        "line": {"color": curves.look.color, "width": 1.5, "dash": "dash"},
        "hovertemplate": tr("mean %{x:.3f}"),
        "showlegend": False,
    }


def _distribution_reading(curves: Sequence[PairCurves], layers: tuple[str, ...], layer: int) -> str:
    means = "; ".join(_mean(one, layer) for one in curves)
    return tr("Mean similarity at {layer}: {means}.", layer=layer_name(layers, layer), means=means)


def _mean(curves: PairCurves, layer: int) -> str:
    return tr_count(
        "{name} {mean:.3f} ({count:,} pairs)",
        "{name} {mean:.3f} ({count:,} pairs)",
        curves.n_pairs,
        name=isolated(curves.name),
        mean=curves.mean[layer],
    )
