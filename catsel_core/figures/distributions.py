"""Distributions of within- and across-category similarities at one layer."""

import math
from typing import Any

import plotly.graph_objects as go

from catsel_core.arrays import FloatArray, Floats
from catsel_core.figures.chart import ACROSS, WITHIN, Chart, Scale, base_layout, layer_name
from catsel_core.stats import BookStatistics, PairGroups, bin_edges, centers, density, pair_values


def distributions(
    similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics, layers: tuple[str, ...], scale: Scale
) -> Chart:
    """Density of both pair groups over common bins, drawn at bin centres, with both means; one frame a layer.

    Args:
        similarity: (layer, item, item).
        pairs: which pairs are within and which across.
        statistics: the book statistics of the same pairs.
        layers: labels of the hidden states.
        scale: axis ranges of each layer, or one shared by all. Bins always span the layer's own values.
    """
    values = pair_values(similarity, pairs)  # (layer, pair)
    curves = [_densities(row, pairs) for row in values]
    means = list(zip(statistics.within_mean, statistics.across_mean, strict=True))
    tops = [1.08 * max(within.max(), across.max()) for _, within, across in curves]
    spans = [(float(edges[0]), float(edges[-1])) for edges, _, _ in curves]
    if scale == "shared":
        tops = [max(tops)] * len(tops)
        spans = [(min(low for low, _ in spans), max(high for _, high in spans))] * len(spans)
    frames = [
        go.Frame(
            name=label,
            data=_traces(curve, mean, top),
            traces=[0, 1, 2, 3],
            layout={"xaxis": {"range": _padded(span)}, "yaxis": {"range": [0, top]}},
        )
        for label, curve, mean, top, span in zip(layers, curves, means, tops, spans, strict=True)
    ]
    layout = base_layout(
        xaxis={"title": {"text": "Cosine similarity"}, "range": _padded(spans[0]), "zeroline": False},
        yaxis={"title": {"text": "Density"}, "range": [0, tops[0]], "zeroline": False},
    )
    readings = tuple(delta_reading(statistics, layers, index) for index in range(len(layers)))
    figure = go.Figure(_traces(curves[0], means[0], tops[0]), layout, frames)
    return Chart("distributions", "Within and across categories", figure, readings, height=0.72)


def delta_reading(statistics: BookStatistics, layers: tuple[str, ...], index: int) -> str:
    """Δ and t of one layer in words and numbers."""
    delta, t = statistics.delta[index], statistics.t[index]
    kind = "more" if delta >= 0 else "less"
    strength = f"t = {t:.1f}" if math.isfinite(t) else "t is not defined here"
    return (
        f"At {layer_name(layers, index)} within-category pairs are {abs(delta):.3f} {kind} similar than "
        f"across-category pairs (mean {statistics.within_mean[index]:.3f} against "
        f"{statistics.across_mean[index]:.3f}; {strength}; {statistics.n_within:,} and {statistics.n_across:,} pairs)."
    )


def _densities(row: FloatArray, pairs: PairGroups) -> tuple[Floats, Floats, Floats]:
    edges = bin_edges(row)
    return edges, density(row[pairs.within], edges), density(row[~pairs.within], edges)


def _padded(span: tuple[float, float]) -> list[float]:
    room = 0.02 * (span[1] - span[0])
    return [span[0] - room, span[1] + room]


def _traces(curve: tuple[Floats, Floats, Floats], mean: tuple[float, float], top: float) -> list[dict[str, Any]]:
    edges, within, across = curve
    looks = (("Within category", WITHIN, within), ("Across categories", ACROSS, across))
    areas = [
        {
            "type": "scatter",
            "name": name,
            "x": centers(edges),
            "y": heights,
            "mode": "lines+markers",
            "line": {"color": color, "width": 2.5},
            "marker": {"size": 5},
            "fill": "tozeroy",
            "fillcolor": f"rgba({int(color[1:3], 16)},{int(color[3:5], 16)},{int(color[5:7], 16)},0.15)",
            "hovertemplate": "similarity %{x:.3f}<br>density %{y:.2f}",
        }
        for name, color, heights in looks
    ]
    lines = [
        {
            "type": "scatter",
            "name": f"mean, {name.lower()}",
            "x": [value, value],
            "y": [0, top],
            "mode": "lines",
            "line": {"color": color, "width": 1.5, "dash": "dash"},
            "hovertemplate": "mean %{x:.3f}",
            "showlegend": False,
        }
        for (name, color, _), value in zip(looks, mean, strict=True)
    ]
    return [*areas, *lines]
