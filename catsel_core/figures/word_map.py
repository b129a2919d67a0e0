"""Words in two dimensions, layer by layer: near each other where the model holds them alike, as far as two can show."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats
from catsel_core.figures.axes import SMALL
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import MARK, NEUTRAL, looks
from catsel_core.figures.items import marked
from catsel_core.figures.single_words import Analysed
from catsel_core.figures.texts import percent, quoted, shown
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr
from catsel_core.statistics.layer_maps import NEIGHBOURS, LayerMaps

MOST_NAMED = 80
"""Words that are written beside their points; of more there would be no room."""

_MOST_CHARACTERS = 14


def word_map(maps: LayerMaps, analysed: Analysed, chosen: int | None = None) -> Chart:
    """All words on one map a layer, with lines from a chosen one to those that are truly nearest.

    Args:
        maps: of the words.
        analysed: the words, in the same order.
        chosen: number of one of them.
    """
    labels = np.array([item.group for item in analysed.items])
    groups = list(dict.fromkeys(labels.tolist()))
    still = {"range": [-1.15, 1.15]}

    def traces(layer: int) -> list[dict[str, Any]]:
        points = maps.points[layer].astype(np.float64)
        points /= np.abs(points).max() or 1  # as large as the picture: one far word must not make all layers small
        drawn = [
            {"type": "scatter", "x": points[labels == group, 0], "y": points[labels == group, 1]} for group in groups
        ]
        return drawn if chosen is None else [*drawn, *_chosen(points, analysed, layer, chosen)]

    looked = looks([analysed.colors[group] for group in groups])
    fixed = [_group(analysed, group, look.marker) for group, look in zip(groups, looked, strict=True)]
    fixed += [] if chosen is None else [{**_LINKS, "name": tr("truly nearest")}, {**_RING, "name": tr("chosen word")}]
    data = [{**look, **place} for look, place in zip(fixed, traces(0), strict=True)]
    numbers = list(range(len(data)))
    frames = [go.Frame(name=label, data=traces(layer), traces=numbers) for layer, label in enumerate(analysed.layers)]
    axis = {**still, "showticklabels": False, "showgrid": False, "zeroline": False, "showline": False}
    layout = base_layout(
        xaxis={**axis, "constrain": "domain"}, yaxis={**axis, "scaleanchor": "x"}, meta={"glide": True}
    )
    readings = tuple(_reading(maps, analysed, layer, chosen) for layer in range(len(analysed.layers)))
    figure = go.Figure(data, layout, frames)
    return Chart("word-map", tr("Map of the words"), figure, readings, height=0.92)


_LINKS = {
    "type": "scatter",
    "mode": "lines",
    "line": {"color": MARK, "width": 1.5},
    "hoverinfo": "skip",
}

_RING = {
    "type": "scatter",
    "mode": "markers",
    "marker": {"symbol": "circle-open", "size": 18, "color": MARK, "line": {"width": 2.5}},
    "showlegend": False,
    "hoverinfo": "skip",
}


def _group(analysed: Analysed, group: str, marker: dict[str, str]) -> dict[str, Any]:
    names = [shown(marked(item), _MOST_CHARACTERS) for item in analysed.items if item.group == group]
    whole = [shown(item.label) for item in analysed.items if item.group == group]
    named = len(analysed.items) <= MOST_NAMED
    return {
        "type": "scatter",
        "name": shown(group),
        "mode": "markers+text" if named else "markers",
        "text": names,
        "textposition": "top center",
        "textfont": SMALL,
        "hovertext": whole,
        "hovertemplate": f"%{{hovertext}}<extra>{shown(group)}</extra>",
        "marker": {**marker, "size": 9, "line": {"width": 1, "color": NEUTRAL}},
    }


def _chosen(points: Floats, analysed: Analysed, layer: int, chosen: int) -> list[dict[str, Any]]:
    """A line out to each nearest word and back, and the point itself: as many places at every layer."""
    stops = [chosen, *(stop for near in analysed.nearest[layer, chosen] for stop in (int(near), chosen))]
    line = {"type": "scatter", "x": points[stops, 0], "y": points[stops, 1]}
    return [line, {"type": "scatter", "x": points[[chosen], 0], "y": points[[chosen], 1]}]


def _reading(maps: LayerMaps, analysed: Analysed, layer: int, chosen: int | None) -> str:
    place = layer_name(analysed.layers, layer)
    if not np.isfinite(maps.share[layer]):
        return tr("At {layer} all words have the same vector: there is no map.", layer=place)
    start = tr(
        "At {layer} the map has {share} of the variance (stress {stress:.2f}); of the {near} words that "
        "are nearest to a word, {kept} are among the nearest {near} here too.",
        layer=place,
        share=percent(maps.share[layer]),
        stress=maps.stress[layer],
        near=min(NEIGHBOURS, len(analysed.items) - 1),
        kept=percent(maps.kept[layer]),
    )
    if chosen is None:
        return start
    word, *others = (isolated(analysed.items[at].label) for at in (chosen, *analysed.nearest[layer, chosen]))
    nearest = tr("Truly nearest to “{word}”: {others}.", word=word, others=", ".join(map(quoted, others)))
    return f"{start} {nearest}"
