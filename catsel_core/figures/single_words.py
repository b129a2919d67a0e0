"""Single words: the misfits of a list, one word on its way through the layers, and how well groups are told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray, Floats, Indices
from catsel_core.figures.axes import SMALL, ZERO_LINE, color_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN, Look, looks
from catsel_core.figures.items import marked
from catsel_core.figures.matrix import SIMILARITIES
from catsel_core.figures.matrix_frame import category_legend, matrix_axes
from catsel_core.figures.profiles import layer_points, profile
from catsel_core.figures.texts import percent, shown
from catsel_core.inputs.items import Item
from catsel_core.inputs.writing import isolated
from catsel_core.statistics.measures import Measure
from catsel_core.statistics.single_items import SEED, SHUFFLES, ItemStatistics

MOST_BARS = 20
"""Words that are told apart on a chart of usual height."""

_NAMED = 5  # misfits that a reading names
_MOST_CHARACTERS = 16
_MOST_WRITTEN = 8  # categories whose means are written into their cells


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """Words and what is known of each.

    found: of every word.
    similarity: (layer, item, item).
    items: in the order of both.
    colors: of every category name.
    layers: labels of the hidden states.
    nearest: (layer, item, neighbour) the most similar words of every one.
    """

    found: ItemStatistics
    similarity: FloatArray
    items: Sequence[Item]
    colors: Mapping[str, str]
    layers: tuple[str, ...]
    nearest: Indices


def selectivity_bars(analysed: Analysed) -> Chart:
    """The least selective words first; one frame a layer."""
    found, items, layers = analysed.found, analysed.items, analysed.layers
    count = min(MOST_BARS, len(items))
    orders = np.argsort(found.selectivity, axis=1, kind="stable")[:, :count]  # NaN is last
    names = [shown(marked(item), _MOST_CHARACTERS) for item in items]
    frames = [
        go.Frame(
            name=label,
            data=[_bars(analysed, layer, orders[layer])],
            traces=[0],
            layout={"yaxis": {"ticktext": [names[at] for at in orders[layer]]}},
        )
        for layer, label in enumerate(layers)
    ]
    axis = {
        "tickmode": "array",
        "tickvals": list(range(count)),
        "ticktext": [names[at] for at in orders[0]],
        "range": [count - 0.4, -0.6],
        "showgrid": False,
        "zeroline": False,
        "tickfont": SMALL,
    }
    layout = base_layout(
        xaxis={"title": {"text": "own category − others"}, **ZERO_LINE},
        yaxis=axis,
        bargap=0.25,
    )
    first = _bars(analysed, 0, orders[0])
    legend = category_legend([items[at] for at in sorted(set(orders.ravel().tolist()))], dict(analysed.colors))
    figure = go.Figure([{**first, "showlegend": False}, *legend], layout, frames)
    title = "The words that fit least" if count < len(items) else "Which words fit, least first"
    readings = tuple(_misfits(found, items, layers, layer) for layer in range(len(layers)))
    return Chart("selectivity", title, figure, readings, height=0.8)


def _bars(analysed: Analysed, layer: int, order: Indices) -> dict[str, Any]:
    found, items = analysed.found, analysed.items
    values = found.selectivity[layer, order]
    told = [
        f"{shown(marked(items[at]))} ({shown(items[at].group)})<br>own category {found.own[layer, at]:.3f}, "
        f"others {found.others[layer, at]:.3f}"
        for at in order
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "name": "selectivity",
        "x": np.nan_to_num(values),
        "y": np.arange(len(order)),
        "marker": {"color": [analysed.colors[items[at].group] for at in order]},
        "hovertext": told,
        "hovertemplate": "%{hovertext}<br>%{x:.3f}<extra></extra>",
    }


def _misfits(found: ItemStatistics, items: Sequence[Item], layers: tuple[str, ...], layer: int) -> str:
    values = found.selectivity[layer]
    nearer = [int(at) for at in np.argsort(values, kind="stable") if values[at] < 0]
    place = layer_name(layers, layer)
    if not nearer:
        return f"At {place} every word is more similar to its own category than to the others."
    named = ", ".join(f"“{isolated(items[at].label)}” ({isolated(items[at].group)})" for at in nearer[:_NAMED])
    more = f" and {len(nearer) - _NAMED} more" if len(nearer) > _NAMED else ""
    are = "is" if len(nearer) == 1 else "are"
    return f"At {place} {named}{more} {are} less similar to the own category than to the others."


def word_path(analysed: Analysed, word: int) -> Chart:
    """One word: its mean similarity to every category over the layers, and its nearest words at each."""
    found, items, layers = analysed.found, analysed.items, analysed.layers
    groups = list(dict.fromkeys(item.group for item in items))
    drawn = dict(zip(groups, looks([analysed.colors[group] for group in groups]), strict=True))
    own = items[word].group
    traces = [
        _to_group(group, found.to_groups[:, word, at], drawn[group], layers, is_own=group == own)
        for at, group in enumerate(groups)
        if np.isfinite(found.to_groups[0, word, at])
    ]
    rings = [([layer], [_own_or_others(found, word)[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Mean similarity")
    figure.update_layout(showlegend=True)
    name = isolated(items[word].label)
    readings = tuple(_neighbours(analysed, word, layer) for layer in range(len(layers)))
    return Chart("word-path", f"“{name}” over the layers", figure, readings, height=0.72)


def _own_or_others(found: ItemStatistics, word: int) -> Floats:
    """(layer,) what the ring is around; a word alone in its category has no similarity to it."""
    own = found.own[:, word]
    return own if np.isfinite(own).all() else found.others[:, word]


def _to_group(group: str, values: Floats, look: Look, layers: tuple[str, ...], *, is_own: bool) -> dict[str, Any]:
    points = layer_points(group, values, layers, "mean %{y:.3f}", {**look.marker, "size": 8 if is_own else 5})
    return {**points, "mode": "lines+markers", "line": {**look.line, "width": 3 if is_own else 1.2}}


def _neighbours(analysed: Analysed, word: int, layer: int) -> str:
    items, found = analysed.items, analysed.found
    row = analysed.similarity[layer, word]
    near = analysed.nearest[layer, word]
    told = ", ".join(f"“{isolated(items[at].label)}” {row[at]:.2f}" for at in near)
    selectivity = found.selectivity[layer, word]
    start = f"At {layer_name(analysed.layers, layer)} “{isolated(items[word].label)}” is most similar to {told}."
    if not np.isfinite(selectivity):
        return f"{start} It is alone in its category."
    kind = "more" if selectivity >= 0 else "less"
    return f"{start} It is {abs(selectivity):.3f} {kind} similar to its own category than to the others."


def category_means(means: Floats, analysed: Analysed, measure: Measure) -> Chart:
    """Mean similarity of every two categories; one frame a layer.

    Args:
        means: (layer, group, group), NaN where there is no pair.
        analysed: the words that they are of.
        measure: what the similarities are.
    """
    layers = analysed.layers
    groups = tuple(dict.fromkeys(item.group for item in analysed.items))
    stand_ins = [Item(group, group, group, (0,), (0, 1), (group,)) for group in groups]
    names = [shown(group) for group in groups]
    what = SIMILARITIES[measure]
    heat = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": means[0].astype(np.float32),
        "coloraxis": "coloraxis",
        "hovertemplate": f"%{{y}}<br>%{{x}}<br>mean {what} %{{z:.3f}}<extra></extra>",
        **({"texttemplate": "%{z:.2f}"} if len(groups) <= _MOST_WRITTEN else {}),
    }
    ranges = [_range(matrix) for matrix in means]
    frames = [
        go.Frame(
            name=label,
            data=[{"type": "heatmap", "z": matrix.astype(np.float32)}],
            traces=[0],
            layout={"coloraxis": {"cmin": low, "cmax": high}},
        )
        for label, matrix, (low, high) in zip(layers, means, ranges, strict=True)
    ]
    axes = matrix_axes(stand_ins, names)
    layout = base_layout(coloraxis=color_axis("Viridis", *ranges[0], title=f"mean {what}", tickfont=SMALL), **axes)
    readings = tuple(_closest(matrix, groups, layer_name(layers, layer)) for layer, matrix in enumerate(means))
    figure = go.Figure([heat], layout, frames)
    return Chart("category-means", "Mean similarity of every two categories", figure, readings, height=0.92)


def _range(matrix: Floats) -> tuple[float, float]:
    low, high = float(np.nanmin(matrix)), float(np.nanmax(matrix))
    return low, max(high, low + 1e-6)


def _closest(matrix: Floats, groups: tuple[str, ...], layer: str) -> str:
    rows, columns = np.triu_indices(len(groups), k=1)
    values = matrix[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())

    def pair(at: int) -> str:
        return f"“{isolated(groups[rows[at]])}” and “{isolated(groups[columns[at]])}” ({values[at]:.3f})"

    if len(values) == 1:
        return f"At {layer} the mean similarity across is that of {pair(0)}."
    return f"At {layer} the closest two categories are {pair(most)}, the furthest {pair(least)}."


def accuracy_profile(found: ItemStatistics, layers: tuple[str, ...]) -> Chart:
    """Share of the words whose own category has the nearest centroid, and what shuffled labels reach."""
    accuracy, top = found.accuracy, int(found.accuracy.argmax())
    x = np.arange(len(layers))
    chance = {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip"}
    traces = [
        {**chance, "name": "chance", "y": found.chance, "line": {"color": NEUTRAL, "dash": "dash", "width": 1.5}},
        {
            **chance,
            "name": "95 % of shuffled labels lie below",
            "y": found.chance_high,
            "line": {"color": NEUTRAL, "dash": "dot", "width": 1.5},
        },
        layer_points("right", accuracy, layers, "%{y:.0%}", {"color": PLAIN, "size": 9}),
    ]
    rings = [([layer], [accuracy[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Share of words")
    figure.update_yaxes(tickformat=".0%", range=[0, 1.04])
    reading = (
        f"The nearest centroid is that of the own category for {percent(accuracy[top])} of the words at "
        f"{layer_name(layers, top)}, the most of all layers; with shuffled labels for {percent(found.chance[top])}, "
        f"and in 95 of 100 shuffles for {percent(found.chance_high[top])} at most ({SHUFFLES} shuffles, seed {SEED})."
    )
    return Chart("accuracy", "Told apart by the nearest centroid", figure, (reading,))


def silhouette_profile(analysed: Analysed) -> Chart:
    """Mean silhouette of every category, and of all words, over the layers."""
    silhouette, layers = analysed.found.silhouette, analysed.layers
    labels = np.array([item.group for item in analysed.items])
    groups = list(dict.fromkeys(labels.tolist()))
    drawn = looks([analysed.colors[group] for group in groups])
    means = {group: silhouette[:, labels == group].mean(axis=1) for group in groups}
    traces = [
        {
            **layer_points(group, means[group], layers, "%{y:.3f}", {**look.marker, "size": 6}),
            "mode": "lines+markers",
            "line": {**look.line, "width": 1.2},
        }
        for group, look in zip(groups, drawn, strict=True)
    ]
    whole = silhouette.mean(axis=1)
    points = layer_points("all words", whole, layers, "%{y:.3f}", {"color": NEUTRAL, "size": 9})
    traces.append({**points, "mode": "lines+markers", "line": {"color": NEUTRAL, "width": 3}})
    rings = [([layer], [whole[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Mean silhouette")
    top = int(whole.argmax())
    reading = (
        f"The mean silhouette of all words is largest at {layer_name(layers, top)} with {whole[top]:.3f}: 1 is a "
        "category far from the others, 0 a word on the border of two, below 0 one that is nearer to another category."
    )
    return Chart("silhouette", "How well the categories are set apart (silhouette)", figure, (reading,))
