"""Axes of layers and of colours: one of each for all figures."""

from collections.abc import Sequence
from typing import Any

from catsel_core.figures.colors import NEUTRAL
from catsel_core.language import tr

SMALL = {"size": 11}
"""Font of labels that must not take much room."""

_ROUND_STEPS = (1, 2, 5, 10, 20, 50)
_MOST_POINTS = 8
_MOST_CELLS = 11


ZERO_LINE = {"zeroline": True, "zerolinewidth": 1.5, "zerolinecolor": NEUTRAL}
"""Of an axis on which 0 is no effect."""


def layer_axis(layers: tuple[str, ...], title: str = "", *, cells: bool = False) -> dict[str, Any]:
    """An axis of layers, by their numbers, with few enough labels to be read at phone width.

    Args:
        layers: labels of the hidden states.
        title: of the axis, if it is not just any layer.
        cells: every layer is a row or a column of a heat map, which the axis holds exactly; else it is a point, with
            room on both sides.
    """
    count = len(layers)
    return {
        "title": {"text": title or tr("Layer")},
        **layer_ticks(layers, cells=cells),
        "range": [-0.5, count - 0.5] if cells else [-0.7, count - 0.3],
        "showgrid": False,
        "zeroline": False,
    }


def layer_ticks(layers: tuple[str, ...], *, cells: bool = False) -> dict[str, Any]:
    """Labels at equal steps, beginning with the first layer: the smallest step that gives few enough of them.

    Points are labelled at round steps; cells are easily counted, so theirs can be any number.
    """
    steps: Sequence[int] = range(1, len(layers) + 1) if cells else _ROUND_STEPS
    most = _MOST_CELLS if cells else _MOST_POINTS
    step = next((step for step in steps if (len(layers) - 1) / step < most), steps[-1])
    ticks = list(range(0, len(layers), step))
    return {"tickmode": "array", "tickvals": ticks, "ticktext": [layers[tick] for tick in ticks]}


def final_norm_mark(layers: tuple[str, ...]) -> dict[str, Any]:
    """Layout parts that set the last hidden state apart: it is taken after the final norm."""
    border = len(layers) - 1.5
    line = {"color": NEUTRAL, "width": 1, "dash": "dot"}
    span = {"x0": border, "x1": border, "y0": 0, "y1": 1, "yref": "paper"}
    note = {
        "x": border,
        "y": 1,
        "yref": "paper",
        "text": tr("final norm ▸"),
        "hovertext": tr(
            "The last hidden state is taken after the model's final norm: "
            "its level is not comparable with its neighbours."
        ),
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "font": {**SMALL, "color": NEUTRAL},
    }
    return {"shapes": [{"type": "line", "line": line, **span}], "annotations": [note]}


def color_axis(scale: str | list[Any], low: float, high: float, **bar: Any) -> dict[str, Any]:
    """Colours from ``low`` to ``high`` and the bar that explains them, with two decimals.

    Args:
        scale: plotly's name of a colour scale, or its places and colours.
        low: value of the first colour.
        high: value of the last.
        bar: what :func:`color_bar` takes.
    """
    return {"colorscale": scale, "cmin": low, "cmax": high, "colorbar": color_bar(tickformat=".2f", xpad=4, **bar)}


def color_bar(title: str = "", **parts: Any) -> dict[str, Any]:
    """A thin bar of colours beside the picture, with its title along it, and plotly's other ``parts`` of one."""
    heading = {"title": {"text": title, "side": "right"}} if title else {}
    return {"thickness": 10, **heading, **parts}
