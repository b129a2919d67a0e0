"""The similarity matrix: its cells, layer by layer, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray
from catsel_core.figures.axes import SMALL, color_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.items import SPLIT, hover_names, item_names, marked
from catsel_core.figures.matrix_frame import category_legend, matrix_layout
from catsel_core.inputs.items import Item
from catsel_core.inputs.writing import isolated
from catsel_core.language import mark, tr
from catsel_core.session import Scale
from catsel_core.statistics.measures import Measure

SIMILARITIES: dict[Measure, str] = {
    "cosine": mark("cosine similarity"),
    "centred": mark("cosine, centred"),
    "zscored": mark("cosine, z-scored"),
    "all-but-the-top": mark("cosine, without the top"),
    "spearman": mark("Spearman’s correlation"),
}
"""What the numbers of each measure are called beside a figure, once it is translated."""


def on_axis(chart: Chart, measure: Measure) -> Chart:
    """A chart of similarities along its x axis, which says what they are."""
    if measure == "cosine":
        return chart
    what = tr(SIMILARITIES[measure])
    figure = go.Figure(chart.figure).update_xaxes(title_text=what[0].upper() + what[1:])
    return replace(chart, figure=figure)


@dataclass(frozen=True, slots=True)
class Shades:
    """What the colours of a matrix say.

    scale: their range is that of each layer, or one shared by all.
    measure: what the similarities are.
    beside: other matrices that are looked at beside this one; a shared range is that of them too.
    """

    scale: Scale = "layer"
    measure: Measure = "cosine"
    beside: tuple[FloatArray, ...] = ()


def similarity_matrix(
    similarity: FloatArray, items: Sequence[Item], colors: dict[str, str], layers: tuple[str, ...], shades: Shades
) -> Chart:
    """Heat map of all pairs with the words on both axes and a colour bar a category; one frame a layer.

    The colour range spans the off-diagonal values, of each layer or of all; the diagonal is 1 by definition, and grey.

    Args:
        similarity: (layer, item, item).
        items: in the order of the matrix.
        colors: of every category name.
        layers: labels of the hidden states.
        shades: what the colours of the cells say.
    """
    names = hover_names(items)
    ranges = _color_ranges(similarity, shades)
    what = tr(SIMILARITIES[shades.measure])
    heat = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": similarity[0],
        "coloraxis": "coloraxis",
        "hovertemplate": f"%{{y}}<br>%{{x}}<br>{what} %{{z:.3f}}<extra></extra>",
    }
    layout = base_layout(
        coloraxis=color_axis("Viridis", *ranges[0], title=what, tickfont=SMALL), **matrix_layout(items, names, colors)
    )
    figure = go.Figure([heat, *category_legend(items, colors)], layout, _frames(similarity, ranges, layers))
    readings = matrix_readings(similarity, items, layers)
    return Chart("similarity-matrix", tr("Similarity of every pair of words"), figure, readings, height=0.92)


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


def _color_ranges(similarity: FloatArray, shades: Shades) -> list[tuple[float, float]]:
    lows, highs = _extremes(similarity)
    if shades.scale == "shared":
        ends = [(lows, highs), *map(_extremes, shades.beside)]
        lows = np.full_like(lows, min(low.min() for low, _ in ends))
        highs = np.full_like(highs, max(high.max() for _, high in ends))
    return [(float(a), float(max(b, a + 1e-6))) for a, b in zip(lows, highs, strict=True)]


def _extremes(similarity: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(layer,) smallest and largest value of the pairs of different items."""
    rows, columns = np.triu_indices(similarity.shape[1], k=1)
    values = similarity[:, rows, columns]  # (layer, pair)
    return values.min(axis=1), values.max(axis=1)


def matrix_readings(similarity: FloatArray, items: Sequence[Item], layers: tuple[str, ...]) -> tuple[str, ...]:
    """The most and the least similar pair of every layer; words that occur once go by the word alone."""
    repeated = len({item.label for item in items}) < len(items)
    names = item_names(items) if repeated else [marked(item) for item in items]
    split = [SPLIT in name and not repeated for name in names]
    return tuple(_reading(matrix, names, split, layer_name(layers, index)) for index, matrix in enumerate(similarity))


def _reading(matrix: FloatArray, names: Sequence[str], split: Sequence[bool], layer: str) -> str:
    rows, columns = np.triu_indices(len(names), k=1)
    values = matrix[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())

    def pair(at: int) -> str:
        one, other = (isolated(names[index[at]]) for index in (rows, columns))
        return tr("“{one}” and “{other}” ({similarity:.2f})", one=one, other=other, similarity=values[at])

    named = {int(index[at]) for at in (most, least) for index in (rows, columns)}
    reading = tr(
        "At {layer} the most similar pair is {most}, the least similar {least}.",
        layer=layer,
        most=pair(most),
        least=pair(least),
    )
    if not any(split[index] for index in named):
        return reading
    note = tr("A “{mark}” marks a word of several tokens.", mark=SPLIT)
    return f"{reading} {note}"
