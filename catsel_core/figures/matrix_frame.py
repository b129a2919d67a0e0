"""What stands around a matrix of items: labels of rows and columns, the bars of its categories, and their legend."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from catsel_core.figures.axes import SMALL
from catsel_core.figures.chart import legend_square
from catsel_core.figures.colors import NEUTRAL, keys
from catsel_core.figures.items import marked
from catsel_core.figures.texts import shown
from catsel_core.inputs.items import Item

KEY = "category key"
"""Name of the annotations that the browser leaves out where they would overlap."""

LEGEND_BELOW = {
    "orientation": "h",
    "x": 0,
    "xref": "container",
    "xanchor": "left",
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "font": SMALL,
}
"""A legend of many entries, which would push the picture off the screen if it stood above."""

_MOST_CHARACTERS = 14  # of a word on the axes; the hover text has all of it
_BAR = 0.03  # thickness of the category bars, in parts of the matrix


def matrix_layout(items: Sequence[Item], names: list[str], colors: dict[str, str]) -> dict[str, Any]:
    """Parts of a layout: axes, bars of the categories with their keys, and a diagonal in no colour of the scale."""
    keyed = _category_keys(items, colors)
    parts = {"shapes": [_diagonal(len(items)), *_category_bars(items, colors)], "annotations": keyed}
    return {**matrix_axes(items, names), **parts, **({"legend": LEGEND_BELOW} if keyed else {})}


def matrix_axes(items: Sequence[Item], names: list[str]) -> dict[str, Any]:
    """Both axes of a matrix of items: its first row at the top, cells square, room for the category bars.

    ``meta`` of the layout names the rows whose labels go before those of others where there is no room for all.
    """
    count = len(items)
    labelled, words = _ticks(items, names)
    first = -0.5 - 2.2 * _BAR * count  # room for the category bars
    axis = {
        "type": "category",
        "tickmode": "array",
        "categoryarray": names,
        "tickvals": labelled,
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
        "meta": {"first": [name for name, item in zip(names, items, strict=True) if len(item.pieces) > 1]},
    }


def _ticks(items: Sequence[Item], names: list[str]) -> tuple[list[str], list[str]]:
    """Where the axes are labelled: every word, or the middle of every group where a label occurs more than once."""
    if len({item.label for item in items}) == len(items):
        return names, [shown(marked(item), _MOST_CHARACTERS) for item in items]
    groups = [list(run) for _, run in groupby(range(len(items)), key=lambda at: items[at].group)]
    middles = [run[len(run) // 2] for run in groups]
    return [names[at] for at in middles], [shown(items[at].group, _MOST_CHARACTERS) for at in middles]


def _diagonal(count: int) -> dict[str, Any]:
    """Its cells in one path: they are 1 whatever the words are, and have no place in the colour range."""
    corners = (f"M{at - 0.5},{at - 0.5}H{at + 0.5}V{at + 0.5}H{at - 0.5}Z" for at in range(count))
    return {"type": "path", "path": "".join(corners), "fillcolor": NEUTRAL, "line": {"width": 1, "color": NEUTRAL}}


def runs_of_groups(items: Sequence[Item]) -> list[tuple[str, int, int]]:
    """(group, first, one after the last) of every run of items of one group."""
    runs: list[tuple[str, int, int]] = []
    for group, members in groupby(items, key=lambda item: item.group):
        start = runs[-1][2] if runs else 0
        runs.append((group, start, start + len(list(members))))
    return runs


def _category_bars(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    bars: list[dict[str, Any]] = []
    near, far = -0.5 - 0.6 * _BAR * len(items), -0.5 - 1.6 * _BAR * len(items)  # distances from the matrix
    for group, start, stop in runs_of_groups(items):
        look = {"type": "rect", "fillcolor": colors[group], "line": {"width": 0}}
        bars.append({**look, "x0": start - 0.5, "x1": stop - 0.5, "y0": far, "y1": near})
        bars.append({**look, "y0": start - 0.5, "y1": stop - 0.5, "x0": far, "x1": near})
    return bars


def _category_keys(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    """Where there are many categories, the key of each on its bars."""
    found = category_keys(items)
    beside = -0.5 - 1.1 * _BAR * len(items)
    notes: list[dict[str, Any]] = []
    for group, start, stop in runs_of_groups(items):
        middle = (start + stop - 1) / 2
        font = {"size": 10, "color": ink(colors[group])}
        look = {"name": KEY, "text": found[group], "showarrow": False, "font": font, "borderpad": 0}
        notes += [{**look, "x": middle, "y": beside}, {**look, "x": beside, "y": middle}]
    return [note for note in notes if note["text"]]


def ink(ground: str) -> str:
    """Black or white, whichever is read on a colour (weights of the eye's brightness, as video has them)."""
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#000000"


def category_keys(items: Sequence[Item]) -> dict[str, str]:
    """A short key for every category, if there are many; else nothing for each."""
    present = list(dict.fromkeys(item.group for item in items))
    return dict(zip(present, keys(len(present)), strict=True))


def category_legend(items: Sequence[Item], colors: dict[str, str]) -> list[dict[str, Any]]:
    """Legend of the category bars, with their keys."""
    return [legend_square(group, colors[group], key) for group, key in category_keys(items).items()]
