"""The cosine-similarity matrix, its axes and its legend."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray
from catsel_core.figures.axes import SMALL, color_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name, shown
from catsel_core.figures.items import item_names
from catsel_core.inputs.items import Item
from catsel_core.session import Scale

_MOST_CHARACTERS = 14  # of a word on the axes; the hover text has all of it
_MOST_IN_LEGEND = 8
_MOST_IN_NAME = 40
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
    names = [shown(name) for name in item_names(items)]
    ranges = _color_ranges(similarity, scale)
    heat = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": similarity[0],
        "coloraxis": "coloraxis",
        "hovertemplate": "%{y}<br>%{x}<br>cosine similarity %{z:.3f}<extra></extra>",
    }
    layout = base_layout(
        coloraxis=color_axis("Viridis", *ranges[0], tickfont=SMALL),
        shapes=_category_bars(items, colors),
        **matrix_axes(items, names),
    )
    figure = go.Figure([heat, *_category_legend(items, colors)], layout, _frames(similarity, ranges, layers))
    readings = _readings(similarity, items, layers)
    return Chart("similarity-matrix", "Similarity of every pair of words", figure, readings, height=0.92)


def _frames(similarity: FloatArray, ranges: Sequence[tuple[float, float]], layers: tuple[str, ...]) -> list[go.Frame]:
    return [
        go.Frame(
            name=label,
            data=[{"type": "heatmap", "z": matrix}],
            traces=[0],
            layout={"coloraxis": {"cmin": low, "cmax": high}},
        )
        for label, matrix, (low, high) in zip(layers, similarity, ranges, strict=True)
    ]


def _color_ranges(similarity: FloatArray, scale: Scale) -> list[tuple[float, float]]:
    rows, columns = np.triu_indices(similarity.shape[1], k=1)
    values = similarity[:, rows, columns]  # (layer, pair)
    low, high = values.min(axis=1), values.max(axis=1)
    if scale == "shared":
        low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
    return [(float(a), float(max(b, a + 1e-6))) for a, b in zip(low, high, strict=True)]


def matrix_axes(items: Sequence[Item], names: list[str]) -> dict[str, Any]:
    """Both axes of a matrix of items: its first row at the top, cells square, room for the category bars."""
    count = len(items)
    marked, words = _ticks(items, names)
    first = -0.5 - 2.2 * _BAR * count  # room for the category bars
    axis = {
        "type": "category",
        "tickmode": "array",
        "categoryarray": names,
        "tickvals": marked,
        "ticktext": words,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "constrain": "domain",
        "tickfont": SMALL,
    }
    return {
        "xaxis": {**axis, "range": [first, count - 0.5], "tickangle": -90},
        "yaxis": {**axis, "range": [count - 0.5, first], "scaleanchor": "x", "scaleratio": 1},
    }


def _ticks(items: Sequence[Item], names: list[str]) -> tuple[list[str], list[str]]:
    """Where the axes are labelled: every word, or the middle of every group where a label occurs more than once."""
    if len({item.label for item in items}) == len(items):
        return names, [shown(item.label, _MOST_CHARACTERS) for item in items]
    groups = [list(run) for _, run in groupby(range(len(items)), key=lambda at: items[at].group)]
    middles = [run[len(run) // 2] for run in groups]
    return [names[at] for at in middles], [shown(items[at].group, _MOST_CHARACTERS) for at in middles]


def _category_bars(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    bars: list[dict[str, Any]] = []
    near, far = -0.5 - 0.6 * _BAR * len(items), -0.5 - 1.6 * _BAR * len(items)  # distances from the matrix
    start = 0
    for group, members in groupby(items, key=lambda item: item.group):
        stop = start + len(list(members))
        look = {"type": "rect", "fillcolor": colors[group], "line": {"width": 0}}
        bars.append({**look, "x0": start - 0.5, "x1": stop - 0.5, "y0": far, "y1": near})
        bars.append({**look, "y0": start - 0.5, "y1": stop - 0.5, "x0": far, "x1": near})
        start = stop
    return bars


def _category_legend(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    """Legend of the category bars, where there are few enough to be read."""
    present = dict.fromkeys(item.group for item in items)
    if len(present) > _MOST_IN_LEGEND:
        return []
    return [legend_square(group, colors[group]) for group in present]


def legend_square(name: str, color: str) -> dict[str, Any]:
    """An empty trace whose legend entry explains a colour."""
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "mode": "markers",
        "name": shown(name, _MOST_IN_NAME),
        "marker": {"symbol": "square", "size": 11, "color": color},
        "hoverinfo": "skip",
    }


def _readings(similarity: FloatArray, items: Sequence[Item], layers: tuple[str, ...]) -> tuple[str, ...]:
    """The most and the least similar pair of every layer; words that occur once go by the word alone."""
    repeated = len({item.label for item in items}) < len(items)
    names = item_names(items) if repeated else [item.label for item in items]
    return tuple(_reading(matrix, names, layer_name(layers, index)) for index, matrix in enumerate(similarity))


def _reading(matrix: FloatArray, names: Sequence[str], layer: str) -> str:
    rows, columns = np.triu_indices(len(names), k=1)
    values = matrix[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())

    def pair(at: int) -> str:
        return f"“{names[rows[at]]}” and “{names[columns[at]]}” ({values[at]:.2f})"

    return f"At {layer} the most similar pair is {pair(most)}, the least similar {pair(least)}."
