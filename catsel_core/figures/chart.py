"""What every figure is made of: the Chart record, names of layers, a layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from catsel_core.figures.payload import figure_json, packed_rows
from catsel_core.figures.texts import shown
from catsel_core.language import tr

MOST_IN_NAME = 40
"""Characters of a name in a legend."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The text behind one item of a matrix: what stands before and after its target."""

    name: str
    before: str
    target: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a picture says of itself: ``lines`` below its title, and the part of its file's name that tells the list."""

    lines: tuple[str, ...] = ()
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its words.

    name: file name of downloads, without ending.
    title: heading above the figure.
    figure: the plotly figure; ``frames`` hold the layers, if it has any.
    readings: one sentence a frame, or a single one: what the numbers say. Also the alt text.
    height: height over width of the picture.
    passages: the texts behind rows and columns of a matrix, shown for the cell that is picked.
    shuffles: (layer, shuffle) uint8, of a histogram that can be built up: the bin of each shuffle, one after the other.
    """

    name: str
    title: str
    figure: go.Figure
    readings: tuple[str, ...]
    height: float = 0.62
    passages: tuple[Passage, ...] = ()
    shuffles: NDArray[np.uint8] | None = field(default=None, compare=False)

    def for_browser(self, about: About = About()) -> "Payload":
        """The chart as it goes to the browser: made once, for all who look at it.

        Args:
            about: what a picture of it says besides.
        """
        json = figure_json(self.figure)
        shuffles = None if self.shuffles is None else packed_rows(self.shuffles)
        return Payload(self.name, self.title, json, self.readings, self.height, self.passages, about, shuffles)


@dataclass(frozen=True, slots=True)
class Payload:
    """A chart as the browser gets it: its words, and the figure as JSON. The parts are those of :class:`Chart`."""

    name: str
    title: str
    json: str
    readings: tuple[str, ...]
    height: float
    passages: tuple[Passage, ...]
    about: About
    shuffles: Mapping[str, str] | None = None


def layer_name(layers: tuple[str, ...], index: int) -> str:
    """``L3 (hidden state 4)``: the label and the index that the book counts by."""
    return tr("{layer} (hidden state {index})", layer=layers[index], index=index)


def base_layout(
    xaxis: dict[str, Any] | None = None, yaxis: dict[str, Any] | None = None, **parts: Any
) -> dict[str, Any]:
    """Layout shared by all figures: margins that grow with the labels, the legend above the picture."""
    return {
        "template": "none",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom"},
        "margin": {"l": 8, "r": 12, "t": 28, "b": 8},
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": {"automargin": True, **(xaxis or {})},
        "yaxis": {"automargin": True, **(yaxis or {})},
        **parts,
    }


def legend_square(name: str, color: str, key: str = "") -> dict[str, Any]:
    """An empty trace whose legend entry explains a colour, and the key that stands for it."""
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "mode": "markers",
        "name": (f"<b>{key}</b> " if key else "") + shown(name, MOST_IN_NAME),
        "marker": {"symbol": "square", "size": 11, "color": color},
        "hoverinfo": "skip",
    }
