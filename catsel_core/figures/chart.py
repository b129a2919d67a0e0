"""What every figure is made of: the Chart record, shared colours, axes of layers."""

import html
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from catsel_core.figures.payload import figure_json

WITHIN = "#0072B2"
ACROSS = "#D55E00"
NEUTRAL = "#8A8F98"

Scale = Literal["layer", "shared"]
"""Ranges of axes and colours: fitted to each layer, or the same for all layers."""

_TICK_STEPS = (1, 2, 5, 10, 20, 50)
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """The text behind one item of a matrix: what stands before and after its target."""

    name: str
    before: str
    target: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its words.

    name: file name of downloads, without ending.
    title: heading above the figure.
    figure: the plotly figure; ``frames`` hold the layers, if it has any.
    readings: one sentence a frame, or a single one: what the numbers say. Also the alt text.
    height: height over width of the picture.
    passages: the texts behind rows and columns of a matrix, shown for the cell that is picked.
    """

    name: str
    title: str
    figure: go.Figure
    readings: tuple[str, ...]
    height: float = 0.62
    passages: tuple[Passage, ...] = ()

    def for_browser(self) -> "Payload":
        """The chart as it goes to the browser: made once, for all who look at it."""
        return Payload(self.name, self.title, figure_json(self.figure), self.readings, self.height, self.passages)


@dataclass(frozen=True, slots=True)
class Payload:
    """A chart as the browser gets it: its words, and the figure as JSON. The parts are those of :class:`Chart`."""

    name: str
    title: str
    json: str
    readings: tuple[str, ...]
    height: float
    passages: tuple[Passage, ...]

    @property
    def n_bytes(self) -> int:
        """Memory that it takes, about."""
        passages = sum(len(one.name) + len(one.before) + len(one.target) + len(one.after) for one in self.passages)
        return len(self.json) + sum(map(len, self.readings)) + 4 * passages


def shown(text: str, most: int = 10_000) -> str:
    """A typed text as plotly shows it literally (it reads a little HTML), shortened to ``most`` characters."""
    return html.escape(text if len(text) <= most else text[: most - 1] + "…", quote=False)


def layer_name(layers: tuple[str, ...], index: int) -> str:
    """``L3 (hidden state 4)``: the label and the index that the book counts by."""
    return f"{layers[index]} (hidden state {index})"


def layer_axis(layers: tuple[str, ...]) -> dict[str, Any]:
    """An x axis of layers with few enough labels to be read at phone width."""
    count = len(layers)
    step = next((s for s in _TICK_STEPS if (count - 1) / s < _MOST_TICKS), _TICK_STEPS[-1])
    ticks = list(range(0, count, step))
    return {
        "title": {"text": "Layer"},
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [layers[tick] for tick in ticks],
        "range": [-0.7, count - 0.3],
        "showgrid": False,
        "zeroline": False,
    }


def final_norm_mark(layers: tuple[str, ...]) -> dict[str, Any]:
    """Layout parts that set the last hidden state apart: it is taken after the final norm."""
    border = len(layers) - 1.5
    line = {"color": NEUTRAL, "width": 1, "dash": "dot"}
    span = {"x0": border, "x1": border, "y0": 0, "y1": 1, "yref": "paper"}
    note = {
        "x": border,
        "y": 1,
        "yref": "paper",
        "text": "final norm ▸",
        "hovertext": "The last hidden state is taken after the model's final norm: "
        "its level is not comparable with its neighbours.",
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "font": {"size": 11, "color": NEUTRAL},
    }
    return {"shapes": [{"type": "line", "line": line, **span}], "annotations": [note]}


def base_layout(**parts: Any) -> dict[str, Any]:
    """Layout shared by all figures: margins that grow with the labels, the legend above the picture."""
    legend = {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom"}
    margin = {"l": 8, "r": 12, "t": 28, "b": 8}
    automargin = {"xaxis": {"automargin": True}, "yaxis": {"automargin": True}}
    layout: dict[str, Any] = {
        "template": "none",
        "legend": legend,
        "margin": margin,
        "hovermode": "closest",
        "dragmode": False,
    }
    for axis, part in automargin.items():
        layout[axis] = {**part, **parts.pop(axis, {})}
    return {**layout, **parts}
