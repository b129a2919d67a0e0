"""Whole categories: the mean similarity of every two, and how well they are told apart."""

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats
from catsel_core.figures.axes import SMALL, color_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN, looks
from catsel_core.figures.matrix import SIMILARITIES
from catsel_core.figures.matrix_frame import matrix_axes
from catsel_core.figures.profiles import layer_points, profile
from catsel_core.figures.single_words import Analysed
from catsel_core.figures.texts import percent, shown
from catsel_core.inputs.items import Item
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr
from catsel_core.statistics.measures import Measure
from catsel_core.statistics.single_items import SEED, SHUFFLES, ItemStatistics

_MOST_WRITTEN = 8  # categories whose means are written into their cells


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
    mean = tr("mean {similarity}", similarity=tr(SIMILARITIES[measure]))
    heat = {
        "type": "heatmap",
        "x": names,
        "y": names,
        "z": means[0].astype(np.float32),
        "coloraxis": "coloraxis",
        "hovertemplate": f"%{{y}}<br>%{{x}}<br>{mean} %{{z:.3f}}<extra></extra>",
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
    layout = base_layout(coloraxis=color_axis("Viridis", *ranges[0], title=mean, tickfont=SMALL), **axes)
    readings = tuple(_closest(matrix, groups, layer_name(layers, layer)) for layer, matrix in enumerate(means))
    figure = go.Figure([heat], layout, frames)
    return Chart("category-means", tr("Mean similarity of every two categories"), figure, readings, height=0.92)


def _range(matrix: Floats) -> tuple[float, float]:
    low, high = float(np.nanmin(matrix)), float(np.nanmax(matrix))
    return low, max(high, low + 1e-6)


def _closest(matrix: Floats, groups: tuple[str, ...], layer: str) -> str:
    rows, columns = np.triu_indices(len(groups), k=1)
    values = matrix[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())

    def pair(at: int) -> str:
        one, other = (isolated(groups[index[at]]) for index in (rows, columns))
        return tr("“{one}” and “{other}” ({similarity:.3f})", one=one, other=other, similarity=values[at])

    if len(values) == 1:
        return tr("At {layer} the mean similarity across is that of {pair}.", layer=layer, pair=pair(0))
    return tr(
        "At {layer} the closest two categories are {closest}, the furthest {furthest}.",
        layer=layer,
        closest=pair(most),
        furthest=pair(least),
    )


def accuracy_profile(found: ItemStatistics, layers: tuple[str, ...]) -> Chart:
    """Share of the words whose own category has the nearest centroid, and what shuffled labels reach."""
    accuracy, top = found.accuracy, int(found.accuracy.argmax())
    x = np.arange(len(layers))
    chance = {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip"}
    traces = [
        {**chance, "name": tr("chance"), "y": found.chance, "line": {"color": NEUTRAL, "dash": "dash", "width": 1.5}},
        {
            **chance,
            "name": tr("{share} of shuffled labels lie below", share=percent(0.95)),
            "y": found.chance_high,
            "line": {"color": NEUTRAL, "dash": "dot", "width": 1.5},
        },
        layer_points(tr("right"), accuracy, layers, "%{y:.0%}", {"color": PLAIN, "size": 9}),
    ]
    rings = [([layer], [accuracy[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Share of words"))
    figure.update_yaxes(tickformat=".0%", range=[0, 1.04])
    reading = tr(
        "The nearest centroid is that of the own category for {share} of the words at {layer}, the most of all layers; "
        "with shuffled labels for {chance}, and in 95 of 100 shuffles for {high} at most ({count} shuffles, seed "
        "{seed}).",
        share=percent(accuracy[top]),
        layer=layer_name(layers, top),
        chance=percent(found.chance[top]),
        high=percent(found.chance_high[top]),
        count=SHUFFLES,
        seed=SEED,
    )
    return Chart("accuracy", tr("Told apart by the nearest centroid"), figure, (reading,))


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
    points = layer_points(tr("all words"), whole, layers, "%{y:.3f}", {"color": NEUTRAL, "size": 9})
    traces.append({**points, "mode": "lines+markers", "line": {"color": NEUTRAL, "width": 3}})
    rings = [([layer], [whole[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Mean silhouette"))
    top = int(whole.argmax())
    reading = tr(
        "The mean silhouette of all words is largest at {layer} with {most:.3f}: 1 is a "
        "category far from the others, 0 a word on the border of two, below 0 one that is nearer to another category.",
        layer=layer_name(layers, top),
        most=whole[top],
    )
    return Chart("silhouette", tr("How well the categories are set apart (silhouette)"), figure, (reading,))
