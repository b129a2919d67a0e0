"""The cosine-similarity matrix, and the mask that says which cell belongs to which comparison."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray
from catsel_core.figures.chart import NEUTRAL, Chart, Scale, base_layout, layer_name, shown
from catsel_core.inputs import Item

_MOST_CHARACTERS = 14  # of a word on the axes; the hover text has all of it
_BAR = 0.03  # thickness of the category bars, in parts of the matrix


def similarity_matrix(
    similarity: FloatArray, items: Sequence[Item], colors: dict[str, str], layers: tuple[str, ...], scale: Scale
) -> Chart:
    """Heat map of all pairs with the words on both axes and a colour bar a category; one frame a layer.

    The colour range spans the off-diagonal values, of each layer or of all; the diagonal is 1 by definition.

    Args:
        similarity: (layer, item, item).
        items: in the order of the matrix.
        colors: of every category name.
        layers: labels of the hidden states.
        scale: colour range of each layer, or one shared by all.
    """
    names = [shown(f"{item.label} ({item.group})") for item in items]
    ranges = _color_ranges(similarity, scale)
    frames = [
        go.Frame(
            name=label,
            data=[{"type": "heatmap", "z": similarity[index]}],
            traces=[0],
            layout={"coloraxis": {"cmin": low, "cmax": high}},
        )
        for index, (label, (low, high)) in enumerate(zip(layers, ranges, strict=True))
    ]
    heat = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": similarity[0],
        "coloraxis": "coloraxis",
        "hovertemplate": "%{y}<br>%{x}<br>cosine similarity %{z:.3f}<extra></extra>",
    }
    coloraxis = {
        "colorscale": "Viridis",
        "cmin": ranges[0][0],
        "cmax": ranges[0][1],
        "colorbar": {"thickness": 10, "tickformat": ".2f", "tickfont": {"size": 11}, "xpad": 4},
    }
    layout = base_layout(coloraxis=coloraxis, shapes=_category_bars(items, colors), **_matrix_axes(items, names))
    readings = tuple(_matrix_reading(similarity[index], items, layers, index) for index in range(len(layers)))
    figure = go.Figure([heat, *_category_legend(items, colors)], layout, frames)
    return Chart("similarity-matrix", "Similarity of every pair of words", figure, readings, height=0.92)


def pair_mask(items: Sequence[Item], colors: dict[str, str]) -> Chart:
    """Which cell belongs to which comparison: the upper triangle, within each category or across two.

    Cells on and below the diagonal repeat what is above it and enter no statistic.
    """
    names = [shown(f"{item.label} ({item.group})") for item in items]
    groups = np.array([item.group for item in items], dtype=object)
    upper = np.triu(np.ones((len(items), len(items)), bool), k=1)
    same = groups[:, None] == groups[None, :]
    comparisons = [(f"within {shown(name)}", upper & same & (groups == name)[:, None], colors[name]) for name in colors]
    comparisons.append(("across categories", upper & ~same, NEUTRAL))
    traces = [
        {
            "type": "heatmap",
            "name": name,
            "x": names,
            "y": names,
            "z": np.where(mask, np.float32(1), np.float32(np.nan)),
            "colorscale": [[0, color], [1, color]],
            "showscale": False,
            "showlegend": True,
            "hovertemplate": "%{y}<br>%{x}<extra>%{fullData.name}</extra>",
        }
        for name, mask, color in comparisons
        if mask.any()
    ]
    n_within, n_across = int((upper & same).sum()), int((upper & ~same).sum())
    reading = (
        f"Pairs above the diagonal: {n_within + n_across:,}. Two words of the same category: {n_within:,}; "
        f"words of different categories: {n_across:,}."
    )
    axes = {name: {**axis, "showticklabels": False} for name, axis in _matrix_axes(items, names).items()}
    figure = go.Figure(traces, base_layout(**axes))
    return Chart("pair-mask", "Which cell belongs to which comparison", figure, (reading,), height=0.9)


def _color_ranges(similarity: FloatArray, scale: Scale) -> list[tuple[float, float]]:
    rows, columns = np.triu_indices(similarity.shape[1], k=1)
    values = similarity[:, rows, columns]  # (layer, pair)
    low, high = values.min(axis=1), values.max(axis=1)
    if scale == "shared":
        low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
    return [(float(a), float(max(b, a + 1e-6))) for a, b in zip(low, high, strict=True)]


def _matrix_axes(items: Sequence[Item], names: list[str]) -> dict[str, Any]:
    count = len(items)
    words = [shown(item.label, _MOST_CHARACTERS) for item in items]
    first = -0.5 - 2.2 * _BAR * count  # room for the category bars
    axis = {
        "type": "category",
        "tickmode": "array",
        "tickvals": names,
        "ticktext": words,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "constrain": "domain",
        "tickfont": {"size": 11},
    }
    return {
        "xaxis": {**axis, "range": [first, count - 0.5], "tickangle": -90},
        "yaxis": {**axis, "range": [count - 0.5, first], "scaleanchor": "x", "scaleratio": 1},
    }


def _category_bars(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    bars: list[dict[str, Any]] = []
    near, far = -0.5 - 0.6 * _BAR * len(items), -0.5 - 1.6 * _BAR * len(items)
    start = 0
    for group, members in groupby(items, key=lambda item: item.group):
        stop = start + len(list(members))
        look = {"type": "rect", "fillcolor": colors[group], "line": {"width": 0}}
        bars.append({**look, "x0": start - 0.5, "x1": stop - 0.5, "y0": far, "y1": near})
        bars.append({**look, "y0": start - 0.5, "y1": stop - 0.5, "x0": far, "x1": near})
        start = stop
    return bars


def _category_legend(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    """Empty traces whose legend entries explain the colours of the category bars."""
    present = dict.fromkeys(item.group for item in items)
    marker = {"symbol": "square", "size": 11}
    return [
        {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "mode": "markers",
            "name": shown(group, _MOST_CHARACTERS),
            "marker": {**marker, "color": colors[group]},
            "hoverinfo": "skip",
        }
        for group in present
    ]


def _matrix_reading(matrix: FloatArray, items: Sequence[Item], layers: tuple[str, ...], index: int) -> str:
    rows, columns = np.triu_indices(len(items), k=1)
    values = matrix[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())

    def pair(at: int) -> str:
        return f"“{items[rows[at]].label}” and “{items[columns[at]].label}” ({values[at]:.2f})"

    return f"At {layer_name(layers, index)} the most similar pair is {pair(most)}, the least similar {pair(least)}."
