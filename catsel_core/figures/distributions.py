"""Distributions of the similarities of groups of pairs at one layer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats
from catsel_core.figures.chart import ACROSS, WITHIN, Chart, base_layout, layer_name, shown
from catsel_core.session import Scale
from catsel_core.statistics.contrasts import ContrastSummary
from catsel_core.statistics.pairs import BookStatistics, PairGroups, bin_edges, centers, density, pair_values

_MOST_IN_NAME = 40


@dataclass(frozen=True, slots=True, eq=False)
class PairCurves:
    """What a group of pairs looks like at every layer.

    mean: (layer,) float64.
    edges: (layer, bin + 1) float64.
    density: (layer, bin) float64.
    """

    name: str
    color: str
    n_pairs: int
    mean: Floats
    edges: Floats
    density: Floats


def curves_of(summaries: Sequence[ContrastSummary], colors: Sequence[str]) -> tuple[PairCurves, ...]:
    """Contrasts as curves, each in its colour."""
    return tuple(
        PairCurves(one.contrast.name, color, one.n_pairs, one.mean, one.edges, one.density)
        for one, color in zip(summaries, colors, strict=True)
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

    within, across = densities(pairs.within), densities(~pairs.within)
    return (
        PairCurves(names[0], WITHIN, statistics.n_within, statistics.within_mean, edges, within),
        PairCurves(names[1], ACROSS, statistics.n_across, statistics.across_mean, edges, across),
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
    curves = kinds_of(similarity, pairs, statistics, ("Within category", "Across categories"))
    chart = group_distributions(curves, layers, scale)
    kinds = ("within-category pairs", "across-category pairs")
    readings = tuple(delta_reading(statistics, layers, index, kinds) for index in range(len(layers)))
    return replace(chart, name="distributions", title="Within and across categories", readings=readings)


def group_distributions(curves: Sequence[PairCurves], layers: tuple[str, ...], scale: Scale) -> Chart:
    """Densities of all groups over common bins, drawn at bin centres, with their means; one frame a layer.

    Args:
        curves: the groups; all have the same edges.
        layers: labels of the hidden states.
        scale: axis ranges of each layer, or one shared by all. Bins always span the layer's own values.
    """
    ranges = _ranges(curves, scale)
    frames = [
        go.Frame(
            name=label,
            data=_traces(curves, layer, y_range[1]),
            traces=list(range(2 * len(curves))),
            layout={"xaxis": {"range": x_range}, "yaxis": {"range": y_range}},
        )
        for layer, (label, (x_range, y_range)) in enumerate(zip(layers, ranges, strict=True))
    ]
    x_range, y_range = ranges[0]
    steady = {"automargin": False, "zeroline": False}  # margins that follow the numbers would move the axes every layer
    layout = base_layout(
        margin={"l": 58, "r": 12, "t": 28, "b": 46},
        xaxis={"title": {"text": "Cosine similarity"}, "range": x_range, **steady},
        yaxis={"title": {"text": "Density"}, "range": y_range, **steady},
    )
    readings = tuple(_distribution_reading(curves, layers, layer) for layer in range(len(layers)))
    figure = go.Figure(_traces(curves, 0, y_range[1]), layout, frames)
    return Chart("group-distributions", "How similar the pairs are", figure, readings, height=0.72)


def delta_reading(statistics: BookStatistics, layers: tuple[str, ...], index: int, kinds: tuple[str, str]) -> str:
    """Δ and t of one layer in words and numbers; ``kinds`` names the pairs within and across."""
    delta, t = statistics.delta[index], statistics.t[index]
    kind = "more" if delta >= 0 else "less"
    strength = f"t = {t:.1f}" if math.isfinite(t) else "t is not defined here"
    return (
        f"At {layer_name(layers, index)} {kinds[0]} are {abs(delta):.3f} {kind} similar than "
        f"{kinds[1]} (mean {statistics.within_mean[index]:.3f} against "
        f"{statistics.across_mean[index]:.3f}; {strength}; {statistics.n_within:,} and {statistics.n_across:,} pairs)."
    )


def _ranges(curves: Sequence[PairCurves], scale: Scale) -> list[tuple[list[float], list[float]]]:
    """Ranges of the x axis and of the y axis for every layer."""
    edges = curves[0].edges  # (layer, bin + 1)
    lows, highs = edges[:, 0], edges[:, -1]
    tops = 1.08 * np.max([one.density.max(axis=1) for one in curves], axis=0)  # (layer,)
    if scale == "shared":
        lows, highs = np.full_like(lows, lows.min()), np.full_like(highs, highs.max())
        tops = np.full_like(tops, tops.max())
    return [
        (_padded(float(low), float(high)), [0, float(top)]) for low, high, top in zip(lows, highs, tops, strict=True)
    ]


def _padded(low: float, high: float) -> list[float]:
    room = 0.02 * (high - low)
    return [low - room, high + room]


def _traces(curves: Sequence[PairCurves], layer: int, top: float) -> list[dict[str, Any]]:
    return [*(_area(one, layer) for one in curves), *(_mean_line(one, layer, top) for one in curves)]


def _area(curves: PairCurves, layer: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": shown(curves.name, _MOST_IN_NAME),
        "x": centers(curves.edges[layer]),
        "y": curves.density[layer],
        "mode": "lines",  # dots at the bins would make a move of the layer take three times as long
        "line": {"color": curves.color, "width": 2.5},
        "fill": "tozeroy",
        "fillcolor": _faint(curves.color),
        "hovertemplate": "similarity %{x:.3f}<br>density %{y:.2f}",
    }


def _mean_line(curves: PairCurves, layer: int, top: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": f"mean, {shown(curves.name, _MOST_IN_NAME)}",
        "x": [curves.mean[layer], curves.mean[layer]],
        "y": [0, top],
        "mode": "lines",
        "line": {"color": curves.color, "width": 1.5, "dash": "dash"},
        "hovertemplate": "mean %{x:.3f}",
        "showlegend": False,
    }


def _faint(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.15)"


def _distribution_reading(curves: Sequence[PairCurves], layers: tuple[str, ...], layer: int) -> str:
    means = "; ".join(f"{one.name} {one.mean[layer]:.3f} ({one.n_pairs:,} pairs)" for one in curves)
    return f"Mean similarity at {layer_name(layers, layer)}: {means}."
