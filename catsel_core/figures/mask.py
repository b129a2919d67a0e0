"""The mask that says which cell of a similarity matrix belongs to which contrast."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from catsel_core.figures.chart import Chart, base_layout, legend_square
from catsel_core.figures.colors import keys
from catsel_core.figures.items import hover_names
from catsel_core.figures.matrix_frame import LEGEND_BELOW, ink, matrix_axes, runs_of_groups
from catsel_core.inputs.items import Item
from catsel_core.inputs.writing import isolated
from catsel_core.language import grouped, tr
from catsel_core.statistics.contrasts import Contrast

_MOST_LISTED = 8  # comparisons that the reading names; those of fewer pairs are counted together
_NOTHING = "rgba(0,0,0,0)"


def pair_mask(items: Sequence[Item], contrasts: Sequence[Contrast], colors: Sequence[str]) -> Chart:
    """Which cell of the matrix belongs to which contrast; cells on and below the diagonal enter no statistic.

    Args:
        items: in the order of the matrix.
        contrasts: sets of pairs of the items' groups.
        colors: one a contrast, in the same order; further ones are not used.
    """
    names = hover_names(items)
    cells = cells_of([item.group for item in items], contrasts)
    counts = np.bincount(cells.ravel(), minlength=len(contrasts) + 1)[1:]  # (contrast,) pairs
    colors = colors[: len(contrasts)]
    drawn = [at for at, count in enumerate(counts) if count]
    short = dict(zip(drawn, keys(len(drawn)), strict=True))
    legend = [legend_square(contrasts[at].said, colors[at], key) for at, key in short.items()]
    layout = matrix_axes(items, names)
    axes = {name: {**layout[name], "showticklabels": False} for name in ("xaxis", "yaxis")}
    many: dict[str, Any] = {}
    if any(short.values()):
        many = {"legend": LEGEND_BELOW, "annotations": _keys_in_cells(items, cells, short, colors)}
    figure = go.Figure([_heat(cells, names, contrasts, colors), *legend], base_layout(**axes, **many))
    reading = _reading(contrasts, counts.tolist(), len(items))
    return Chart("pair-mask", tr("Which cell belongs to which comparison"), figure, (reading,), height=0.9)


def cells_of(labels: Sequence[str], contrasts: Sequence[Contrast]) -> NDArray[np.int16]:
    """(item, item) number of the contrast that the pair belongs to, from 1; 0: to none, or not above the diagonal."""
    groups = list(dict.fromkeys(labels))
    table = np.zeros((len(groups), len(groups)), np.int16)  # (group, group)
    for number, contrast in enumerate(contrasts, start=1):
        for one, other in contrast.pairs:
            if one in groups and other in groups:
                a, b = groups.index(one), groups.index(other)
                table[a, b] = table[b, a] = number
    codes = np.array([groups.index(label) for label in labels])  # (item,)
    cells: NDArray[np.int16] = np.triu(table[np.ix_(codes, codes)], k=1)
    return cells


def _heat(
    cells: NDArray[np.int16], names: list[str], contrasts: Sequence[Contrast], colors: Sequence[str]
) -> dict[str, Any]:
    last = len(contrasts)
    return {
        "type": "heatmap",
        "name": tr("comparison"),
        "x": names,
        "y": names,
        "z": cells,
        "zmin": 0,
        "zmax": last,
        "colorscale": [[step / last, color] for step, color in enumerate((_NOTHING, *colors))],
        "showscale": False,
        "hovertemplate": "%{y}<br>%{x}<extra></extra>",
        "meta": ["", *(contrast.said for contrast in contrasts)],
    }


def _keys_in_cells(
    items: Sequence[Item], cells: NDArray[np.int16], short: dict[int, str], colors: Sequence[str]
) -> list[dict[str, Any]]:
    """The key of each group's own cells, in the middle of them; those of a contrast of two groups lie beside these."""
    notes = []
    for _, start, stop in runs_of_groups(items):
        if stop - start > 1 and (number := int(cells[start, start + 1])):
            third = (stop - start - 1) / 3  # cells above the diagonal: their middle lies a third from two sides
            font = {"size": 10, "color": ink(colors[number - 1])}
            look = {"text": short[number - 1], "showarrow": False, "font": font, "borderpad": 0}
            notes.append({**look, "x": stop - 1 - third, "y": start + third})
    return notes


def _reading(contrasts: Sequence[Contrast], counts: Sequence[int], n_items: int) -> str:
    total = n_items * (n_items - 1) // 2
    largest = sorted(range(len(counts)), key=lambda at: -counts[at])[:_MOST_LISTED]
    listed = [f"{isolated(contrasts[at].said)} {grouped(counts[at])}" for at in sorted(largest) if counts[at]]
    others = sum(counts) - sum(counts[at] for at in largest)
    if others:
        listed.append(tr("others {count:,}", count=others))
    left_out = total - sum(counts)
    if left_out:
        listed.append(tr("not compared {count:,}", count=left_out))
    return tr("{count:,} pairs above the diagonal: {listed}.", count=total, listed="; ".join(listed))
