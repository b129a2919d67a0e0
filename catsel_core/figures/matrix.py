"""The cosine-similarity matrix, and the mask that says which cell belongs to which contrast."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray
from catsel_core.figures.chart import Chart, Passage, Scale, base_layout, layer_name, shown
from catsel_core.inputs.items import Item
from catsel_core.inputs.word_lists import PALETTE
from catsel_core.statistics.contrasts import Contrast

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


def pair_mask(items: Sequence[Item], contrasts: Sequence[Contrast], colors: Sequence[str]) -> Chart:
    """Which cell of the matrix belongs to which contrast; cells on and below the diagonal enter no statistic.

    Args:
        items: in the order of the matrix.
        contrasts: what is summary, told apart by the items' groups.
        colors: one a contrast.
    """
    names = [shown(name) for name in item_names(items)]
    groups = list(dict.fromkeys(item.group for item in items))
    codes = np.array([groups.index(item.group) for item in items])  # (item,)
    table = np.zeros((len(groups), len(groups)), np.int16)  # (group, group), 0: not summary
    for number, contrast in enumerate(contrasts, start=1):
        for one, other in contrast.pairs:
            if one in groups and other in groups:
                a, b = groups.index(one), groups.index(other)
                table[a, b] = table[b, a] = number
    cells = np.triu(table[np.ix_(codes, codes)], k=1)  # (item, item)
    counts = np.bincount(cells.ravel(), minlength=len(contrasts) + 1)
    present = [at for at in range(len(contrasts)) if counts[at + 1]]
    total = len(items) * (len(items) - 1) // 2
    listed = [f"{contrasts[at].name} {counts[at + 1]:,}" for at in present]
    left_out = total - int(counts[1:].sum())
    if left_out:
        listed.append(f"not summary {left_out:,}")
    steps = np.arange(len(contrasts) + 1)
    last = len(contrasts)
    heat = {
        "type": "heatmap",
        "name": "contrast",
        "x": names,
        "y": names,
        "z": cells,
        "zmin": 0,
        "zmax": last,
        "colorscale": [[step / last, color] for step, color in zip(steps, ("rgba(0,0,0,0)", *colors), strict=False)],
        "showscale": False,
        "hovertemplate": "%{y}<br>%{x}<extra></extra>",
        "meta": ["", *(contrast.name for contrast in contrasts)],
    }
    legend = [legend_square(contrasts[at].name, colors[at]) for at in present]
    axes = {name: {**axis, "showticklabels": False} for name, axis in _matrix_axes(items, names).items()}
    reading = f"{total:,} pairs above the diagonal: {'; '.join(listed)}."
    figure = go.Figure([heat, *legend], base_layout(**axes))
    return Chart("pair-mask", "Which cell belongs to which contrast", figure, (reading,), height=0.9)


def group_colors(items: Sequence[Item]) -> dict[str, str]:
    """A colour for every group: one from the palette a word, a lighter shade for each further group of the word."""
    words: dict[str, list[str]] = {}
    for item in items:
        groups = words.setdefault(item.label, [])
        if item.group not in groups:
            groups.append(item.group)
    colors: dict[str, str] = {}
    for number, groups in enumerate(words.values()):
        for shade, group in enumerate(groups):
            colors.setdefault(group, _lighter(PALETTE[number % len(PALETTE)], 1 - 0.55**shade))
    return colors


def _lighter(color: str, part: float) -> str:
    mixed = (round(int(color[at : at + 2], 16) * (1 - part) + 255 * part) for at in (1, 3, 5))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def passages_of(items: Sequence[Item]) -> tuple[Passage, ...]:
    """The texts behind the rows and columns of a matrix."""
    return tuple(
        Passage(name, item.text[: item.span[0]], item.text[slice(*item.span)], item.text[item.span[1] :])
        for name, item in zip(item_names(items), items, strict=True)
    )


def item_names(items: Sequence[Item]) -> list[str]:
    """A name of its own for every item: the word, a number if its group has more of it, and the group."""
    totals = Counter((item.label, item.group) for item in items)
    seen: Counter[tuple[str, str]] = Counter()
    names: list[str] = []
    for item in items:
        key = (item.label, item.group)
        seen[key] += 1
        name = item.label if totals[key] == 1 else f"{item.label} {seen[key]}"
        names.append(name if item.label == item.group else f"{name} ({item.group})")
    used: Counter[str] = Counter()
    for at, name in enumerate(names):  # a word may look like another one's number or group
        used[name] += 1
        names[at] = name if used[name] == 1 else f"{name} #{used[name]}"
    return names


def _color_ranges(similarity: FloatArray, scale: Scale) -> list[tuple[float, float]]:
    rows, columns = np.triu_indices(similarity.shape[1], k=1)
    values = similarity[:, rows, columns]  # (layer, pair)
    low, high = values.min(axis=1), values.max(axis=1)
    if scale == "shared":
        low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
    return [(float(a), float(max(b, a + 1e-6))) for a, b in zip(low, high, strict=True)]


def _matrix_axes(items: Sequence[Item], names: list[str]) -> dict[str, Any]:
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
        "tickfont": {"size": 11},
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


def _matrix_reading(matrix: FloatArray, items: Sequence[Item], layers: tuple[str, ...], index: int) -> str:
    rows, columns = np.triu_indices(len(items), k=1)
    values = matrix[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())
    names = item_names(items) if len({item.label for item in items}) < len(items) else [i.label for i in items]

    def pair(at: int) -> str:
        return f"“{names[rows[at]]}” and “{names[columns[at]]}” ({values[at]:.2f})"

    return f"At {layer_name(layers, index)} the most similar pair is {pair(most)}, the least similar {pair(least)}."
