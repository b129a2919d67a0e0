"""Shuffled labels: where Δ would lie by chance at a layer, beside the observed Δ and what the t table says."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats
from catsel_core.figures.careful import WORDS, Labelled
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import MARK, NEUTRAL, PLAIN, faint
from catsel_core.language import mark, tr
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.null_distribution import NullDistribution, null_distribution
from catsel_core.statistics.permutation_test import PermutationTest

ONE_BY_ONE = 2_000
"""Shuffles that the browser gets one by one, to build the distribution up before one's eyes."""

_PLACES = np.linspace(-4.5, 4.5, 91)  # of the t table's curve, in standard errors


def shuffle_view(careful: CarefulStatistics, layers: tuple[str, ...], said: Labelled = WORDS) -> Chart:
    """Δ of all shuffles of the labels as a histogram; one frame a layer.

    Args:
        careful: with its test.
        layers: labels of the hidden states.
        said: what was labelled.
    """
    null, observed = null_distribution(careful), careful.test.delta.observed
    density = null.density  # (layer, bin)
    x = _PLACES * np.nan_to_num(null.standard_error, nan=1e-6)[:, None]  # (layer, place)
    curve = null.table_density(x)
    tops = 1.08 * np.maximum(density.max(axis=1), curve.max(axis=1))
    lows = np.minimum(null.edges[:, 0], x[:, 0])
    highs = np.maximum(np.maximum(null.edges[:, -1], x[:, -1]), observed)
    room = 0.03 * (highs - lows)

    def traces(layer: int) -> list[dict[str, Any]]:
        return [
            _histogram(null.edges[layer], density[layer]),
            _table(x[layer], curve[layer]),
            _observed(float(observed[layer]), float(tops[layer])),
        ]

    def ranges(layer: int) -> dict[str, Any]:
        x_range = [float(lows[layer] - room[layer]), float(highs[layer] + room[layer])]
        return {"xaxis": {"range": x_range}, "yaxis": {"range": [0, float(tops[layer])]}}

    frames = [
        go.Frame(name=label, data=traces(layer), traces=[0, 1, 2], layout=ranges(layer))
        for layer, label in enumerate(layers)
    ]
    steady = {"automargin": False, "zeroline": False}
    first = ranges(0)
    layout = base_layout(
        margin={"l": 58, "r": 12, "t": 28, "b": 46},
        xaxis={"title": {"text": "Δ"}, **first["xaxis"], **steady},
        yaxis={"title": {"text": tr("Density")}, **first["yaxis"], **steady},
    )
    readings = tuple(_reading(careful, null, layers, layer) for layer in range(len(layers)))
    figure = go.Figure(traces(0), layout, frames)
    shuffles = null.bins[:, 1 : 1 + ONE_BY_ONE]  # without the observed labels
    return Chart(f"{said.prefix}-shuffles", tr("Shuffle the labels"), figure, readings, 0.6, shuffles=shuffles)


def steps(edges: Floats, heights: Floats) -> tuple[Floats, Floats]:
    """Corners (2 bins + 2,) of a histogram's outline, from the axis up and back to it."""
    return np.repeat(edges, 2), np.concatenate([[0], np.repeat(heights, 2), [0]])


def _histogram(edges: Floats, heights: Floats) -> dict[str, Any]:
    x, y = steps(edges, heights)
    return {
        "type": "scatter",
        "name": tr("Δ of shuffled labels"),
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": NEUTRAL, "width": 1.5},
        "fill": "tozeroy",
        "fillcolor": faint(NEUTRAL, 0.4),
        "hovertemplate": tr("Δ %{x:.3f}<br>density %{y:.1f}"),
    }


def _table(x: Floats, y: Floats) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": tr("what the t table takes for granted"),
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": PLAIN, "width": 2, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _observed(delta: float, top: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": tr("observed Δ"),
        "x": [delta, delta],
        "y": [0, top],
        "mode": "lines",
        "line": {"color": MARK, "width": 3},
        "hovertemplate": tr("observed Δ %{x:.3f}"),
    }


def _reading(careful: CarefulStatistics, null: NullDistribution, layers: tuple[str, ...], layer: int) -> str:
    if np.isnan(careful.test.delta.p[layer]):
        return tr("At {layer} all similarities are equal: there is nothing to test.", layer=layer_name(layers, layer))
    start, t_p = _counted(careful.test, layer_name(layers, layer), layer), null.t_p[layer]
    if np.isnan(t_p):
        return start
    told = f"p = {t_p:.2g}" if t_p >= 1e-15 else "p < 1e-15"
    table = tr("The t table would say {p}, as if all pairs were independent.", p=told)
    return f"{start} {table}"


def _counted(test: PermutationTest, place: str, layer: int) -> str:
    p, count = float(test.delta.p[layer]), test.n_permutations
    message = (
        mark(
            "At {layer} Δ is {delta:.3f}; {reached:,} of {count:,} ways to share out the labels reach it (the observed "
            "one is among them): p = {p:.2g}, over all layers {p_max:.2g}."
        )
        if test.exact
        else mark(
            "At {layer} Δ is {delta:.3f}; {reached:,} of {count:,} shuffles reach it: p = {p:.2g}, over all layers "
            "{p_max:.2g}."
        )
    )
    return tr(
        message,
        layer=place,
        delta=float(test.delta.observed[layer]),
        reached=round(p * count) if test.exact else round(p * (count + 1)) - 1,
        count=count,
        p=p,
        p_max=test.delta.p_max[layer],
    )
