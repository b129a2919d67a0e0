"""The similarity matrix in another order than the words were typed in, with a tree where they are clustered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray
from catsel_core.figures.chart import Chart
from catsel_core.figures.colors import NEUTRAL
from catsel_core.figures.items import hover_names
from catsel_core.figures.matrix import Shades, matrix_readings, similarity_matrix
from catsel_core.figures.matrix_frame import matrix_layout
from catsel_core.inputs.items import Item
from catsel_core.language import tr
from catsel_core.statistics.clusters import (
    Order,
    Ordering,
    Tree,
    adjusted_rand,
    branches,
    cut,
    order_within_groups,
    tree_of,
)

MOST_OF_THEIR_OWN = 120
"""Words of a matrix whose order can change from layer to layer: the names of more would be much to send."""

_Arranged = tuple[NDArray[np.intp], Tree | None]
"""Places of the words, (item,), and the tree that they come from."""

_TREE = 0.16  # depth of the tree beside the matrix, in parts of it


def ordered_matrix(
    similarity: FloatArray,
    items: Sequence[Item],
    colors: dict[str, str],
    layers: tuple[str, ...],
    how: tuple[Shades, Ordering],
) -> Chart:
    """Heat map of all pairs; one frame a layer.

    Args:
        similarity: (layer, item, item).
        items: in the order of the similarities.
        colors: of every category name.
        layers: labels of the hidden states.
        how: what the colours say, and how the words are ordered.
    """
    shades, ordering = how
    if ordering.order == "typed":
        return similarity_matrix(similarity, items, colors, layers, shades)
    labels = [item.group for item in items]
    own = ordering.each and len(items) <= MOST_OF_THEIR_OWN
    bases = similarity if own else similarity.mean(axis=0, dtype=np.float64)[None].astype(np.float32)
    arranged = [_arranged(base, labels, ordering.order) for base in bases]
    arranged = arranged if own else arranged * len(layers)
    orders = np.stack([order for order, _ in arranged])  # (layer, item)
    sorted_ = np.stack([matrix[np.ix_(order, order)] for matrix, order in zip(similarity, orders, strict=True)])
    first = [items[at] for at in orders[0]]
    chart = similarity_matrix(sorted_, first, colors, layers, shades)
    figure = go.Figure(chart.figure)
    if own:
        _move_names(figure, items, colors, arranged)
    figure.update_layout(_layout(first, colors, arranged[0][1]))
    readings = matrix_readings(similarity, items, layers)  # in the order typed, which is that of all layers
    if ordering.order == "clustered":
        readings = tuple(
            f"{reading} {_agreement(matrix, labels)}" for reading, matrix in zip(readings, similarity, strict=True)
        )
    return replace(chart, figure=figure, readings=readings)


def _move_names(
    figure: go.Figure, items: Sequence[Item], colors: dict[str, str], arranged: Sequence[_Arranged]
) -> None:
    """Give every frame the names, axes and tree of its own order."""
    for frame, (order, tree) in zip(figure.frames, arranged, strict=True):
        own = [items[at] for at in order]
        names = hover_names(own)
        frame.data[0].update(x=names, y=names)
        frame.layout.update(_layout(own, colors, tree))


def _arranged(base: FloatArray, labels: Sequence[str], order: Order) -> _Arranged:
    if order == "clustered":
        tree = tree_of(base)
        return tree.order, tree
    return order_within_groups(base, labels), None


def _layout(items: Sequence[Item], colors: dict[str, str], tree: Tree | None) -> dict[str, Any]:
    """What of a layout follows from the order: axes, bars of the categories, and the tree."""
    made = matrix_layout(items, hover_names(items), colors)
    if tree is None:
        return {name: made[name] for name in ("xaxis", "yaxis", "shapes", "annotations")}
    count = len(items)
    first, last = made["xaxis"]["range"]
    wide = {**made["xaxis"], "range": [first, last + (_TREE + 0.03) * count]}
    return {
        "xaxis": wide,
        "yaxis": made["yaxis"],
        "shapes": [*made["shapes"], _drawn(tree, count)],
        "annotations": made["annotations"],
    }


def _drawn(tree: Tree, count: int) -> dict[str, Any]:
    """The tree right of the matrix, its leaves at the rows."""
    places, heights = branches(tree)
    x = count - 0.5 + count * (0.02 + _TREE * heights)
    corners = ("L".join(f"{a:.2f},{b:.2f}" for a, b in zip(*link, strict=True)) for link in zip(x, places, strict=True))
    path = "".join(f"M{link}" for link in corners)
    return {"type": "path", "path": path, "line": {"width": 1.2, "color": NEUTRAL}}


def _agreement(matrix: FloatArray, labels: Sequence[str]) -> str:
    groups = len(set(labels))
    rand = adjusted_rand(labels, cut(tree_of(matrix), groups).tolist())
    return tr(
        "Cut into {count} clusters, the tree of this layer agrees with the categories at {rand:.2f} (adjusted Rand).",
        count=groups,
        rand=rand,
    )
