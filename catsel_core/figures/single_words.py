"""Single words: the misfits of a list, and one word on its way through the layers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray, Floats, Indices
from catsel_core.figures.axes import SMALL, ZERO_LINE
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import Look, looks
from catsel_core.figures.items import marked
from catsel_core.figures.matrix_frame import category_legend
from catsel_core.figures.profiles import layer_points, profile
from catsel_core.figures.texts import quoted, shown
from catsel_core.inputs.items import Item
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr, tr_count
from catsel_core.statistics.single_items import ItemStatistics

MOST_BARS = 20
"""Words that are told apart on a chart of usual height."""

_NAMED = 5  # misfits that a reading names
_MOST_CHARACTERS = 16


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
        xaxis={"title": {"text": tr("own category − others")}, **ZERO_LINE},
        yaxis=axis,
        bargap=0.25,
    )
    first = _bars(analysed, 0, orders[0])
    legend = category_legend([items[at] for at in sorted(set(orders.ravel().tolist()))], dict(analysed.colors))
    figure = go.Figure([{**first, "showlegend": False}, *legend], layout, frames)
    title = tr("The words that fit least") if count < len(items) else tr("Which words fit, least first")
    readings = tuple(_misfits(found, items, layers, layer) for layer in range(len(layers)))
    return Chart("selectivity", title, figure, readings, height=0.8)


def _bars(analysed: Analysed, layer: int, order: Indices) -> dict[str, Any]:
    found, items = analysed.found, analysed.items
    values = found.selectivity[layer, order]
    told = [
        f"{shown(marked(items[at]))} ({shown(items[at].group)})<br>"
        + tr("own category {own:.3f}, others {others:.3f}", own=found.own[layer, at], others=found.others[layer, at])
        for at in order
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "name": tr("selectivity"),
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
        return tr("At {layer} every word is more similar to its own category than to the others.", layer=place)
    named = ", ".join(f"{_quoted(items[at])} ({isolated(items[at].group)})" for at in nearer[:_NAMED])
    if len(nearer) > _NAMED:
        named = tr("{words} and {count} more", words=named, count=len(nearer) - _NAMED)
    return tr_count(
        "At {layer} {words} is less similar to the own category than to the others.",
        "At {layer} {words} are less similar to the own category than to the others.",
        len(nearer),
        layer=place,
        words=named,
    )


def _quoted(item: Item) -> str:
    return quoted(isolated(item.label))


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
    figure = profile(traces, rings, layers, tr("Mean similarity"))
    figure.update_layout(showlegend=True)
    title = tr("“{word}” over the layers", word=isolated(items[word].label))
    readings = tuple(_neighbours(analysed, word, layer) for layer in range(len(layers)))
    return Chart("word-path", title, figure, readings, height=0.72)


def _own_or_others(found: ItemStatistics, word: int) -> Floats:
    """(layer,) what the ring is around; a word alone in its category has no similarity to it."""
    own = found.own[:, word]
    return own if np.isfinite(own).all() else found.others[:, word]


def _to_group(group: str, values: Floats, look: Look, layers: tuple[str, ...], *, is_own: bool) -> dict[str, Any]:
    points = layer_points(group, values, layers, tr("mean %{y:.3f}"), {**look.marker, "size": 8 if is_own else 5})
    return {**points, "mode": "lines+markers", "line": {**look.line, "width": 3 if is_own else 1.2}}


def _neighbours(analysed: Analysed, word: int, layer: int) -> str:
    items, found = analysed.items, analysed.found
    row = analysed.similarity[layer, word]
    near = analysed.nearest[layer, word]
    start = tr(
        "At {layer} “{word}” is most similar to {others}.",
        layer=layer_name(analysed.layers, layer),
        word=isolated(items[word].label),
        others=", ".join(f"{_quoted(items[at])} {row[at]:.2f}" for at in near),
    )
    return f"{start} {_to_its_own(found.selectivity[layer, word])}"


def _to_its_own(selectivity: float) -> str:
    if not np.isfinite(selectivity):
        return tr("It is alone in its category.")
    if selectivity >= 0:
        return tr("It is {gap:.3f} more similar to its own category than to the others.", gap=abs(selectivity))
    return tr("It is {gap:.3f} less similar to its own category than to the others.", gap=abs(selectivity))
