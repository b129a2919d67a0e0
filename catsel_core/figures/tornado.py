"""Tornado plots: how similar the pairs of one contrast are, at every layer."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.figures.axes import color_axis, layer_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import MARK, NEUTRAL
from catsel_core.language import mark, tr
from catsel_core.statistics.contrasts import ContrastSummary
from catsel_core.statistics.pairs import centers

# Magma upside down would be dark on white; this one begins with the page's own background.
_SCALE = [
    [0, "rgba(90,80,190,0)"],
    [0.04, "rgba(90,80,190,0.25)"],
    [0.25, "#6A5ACD"],
    [0.5, "#3B8EA5"],
    [0.75, "#7CC674"],
    [1, "#FDE725"],
]


def color_top(summaries: Sequence[ContrastSummary]) -> float:
    """Upper end of a colour range for several panels: the 99th percentile of their filled bins.

    A single bin that holds everything (equal vectors at the embedding) would leave no colours for the rest.
    """
    shares = np.concatenate([one.probability.ravel() for one in summaries])
    filled = shares[shares > 0]
    return float(np.quantile(filled, 0.99)) if len(filled) else 1.0


def tornado(summary: ContrastSummary, layers: tuple[str, ...], top: float) -> Chart:
    """Layer × similarity heat map: the share of pairs in every bin, with the mean drawn in; one frame a layer.

    Frames only move a ring to the layer. Means outside the bins lie outside the picture, which cuts the line to them
    off; a row whose values all lie outside is empty, and the reading says so.

    Args:
        summary: one contrast, with the same bins at every layer.
        layers: labels of the hidden states.
        top: upper end of the colour range, common to the panels that are looked at together.
    """
    low, high = float(summary.edges[0, 0]), float(summary.edges[0, -1])
    rings = [_ring(layer, low, high, summary.mean[layer]) for layer in range(len(layers))]
    frames = [
        go.Frame(name=label, data=[{part: trace[part] for part in ("type", "x", "y")} for trace in ring], traces=[2, 3])
        for label, ring in zip(layers, rings, strict=True)
    ]
    layout = base_layout(
        showlegend=False,
        xaxis={"title": {"text": tr("Cosine similarity")}, "range": [low, high], "showgrid": False, "zeroline": False},
        yaxis=layer_axis(layers, cells=True),
        coloraxis=color_axis(_SCALE, 0, top, title=tr("share of pairs"), **_ends(top)),
    )
    readings = tuple(_reading(summary, layers, layer) for layer in range(len(layers)))
    figure = go.Figure([_heat(summary, layers), _means(summary, layers), *rings[0]], layout, frames)
    return Chart("tornado", summary.contrast.said, figure, readings, height=1.1)


def _ends(top: float) -> dict[str, Any]:
    """Ticks of the colour bar: the last colour stands for more as well, unless nothing is more than all."""
    ticks = [top * part for part in (0, 0.25, 0.5, 0.75, 1)]
    texts = [f"{tick:.2g}" for tick in ticks]
    return {"tickvals": ticks, "ticktext": [*texts[:-1], f"≥ {texts[-1]}" if top < 1 else texts[-1]]}


def _heat(summary: ContrastSummary, layers: tuple[str, ...]) -> dict[str, Any]:
    share = summary.probability.astype(np.float32)  # (layer, bin)
    numbers = np.arange(len(share))
    # Every cell knows its hidden state, so that a click on it picks the layer.
    states = np.repeat(numbers.astype(np.int16)[:, None], share.shape[1], axis=1)  # (layer, bin)
    return {
        "type": "heatmap",
        "name": summary.contrast.said,
        "x": centers(summary.edges[0]),
        "y": numbers,
        "z": share,
        "coloraxis": "coloraxis",
        "customdata": states,
        "text": [[label] * share.shape[1] for label in layers],
        "hovertemplate": "%{text}<br>" + tr("similarity %{x:.3f}<br>share of pairs %{z:.3f}") + "<extra></extra>",
    }


def _means(summary: ContrastSummary, layers: tuple[str, ...]) -> dict[str, Any]:
    numbers = np.arange(len(summary.mean))
    return {
        "type": "scatter",
        "name": tr("mean"),
        "x": summary.mean,
        "y": numbers,
        "mode": "lines",
        "line": {"color": MARK, "width": 1.5},
        "customdata": numbers,
        "text": list(layers),
        "hovertemplate": "%{text}<br>" + tr("mean %{x:.3f}") + "<extra></extra>",
    }


def _ring(layer: int, low: float, high: float, mean: float) -> list[dict[str, Any]]:
    """A line through the row of the layer, and a ring around its mean."""
    shape = {"type": "scatter", "hoverinfo": "skip"}
    dots = {"color": NEUTRAL, "width": 1.5, "dash": "dot"}
    circle = {"symbol": "circle-open", "size": 15, "color": MARK, "line": {"width": 2.5}}
    return [
        {**shape, "x": [low, high], "y": [layer, layer], "mode": "lines", "line": dots},
        {**shape, "x": [mean], "y": [layer], "mode": "markers", "marker": circle},
    ]


def _reading(summary: ContrastSummary, layers: tuple[str, ...], layer: int) -> str:
    below, above, count = int(summary.below[layer]), int(summary.above[layer]), summary.n_pairs
    said = {"layer": layer_name(layers, layer), "count": count, "mean": summary.mean[layer]}
    sides = ((mark("{count:,} below"), below), (mark("{count:,} above"), above))
    said["sides"] = ", ".join(tr(side, count=number) for side, number in sides if number)
    if not below + above:
        return tr("At {layer} the mean of {count:,} pairs is {mean:.3f}; all lie within the bins.", **said)
    if below + above == count:
        return tr(
            "At {layer} the mean of {count:,} pairs is {mean:.3f}; all of them lie outside the bins ({sides}).", **said
        )
    return tr(
        "At {layer} the mean of {count:,} pairs is {mean:.3f}; {outside:,} of them lie outside the bins ({sides}).",
        outside=below + above,
        **said,
    )
