"""The browser-side layer viewer: a slider and charts that move together without the server."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.figures import Payload, packed
from catsel_core.figures.explanations import EXPLANATIONS
from pages.ui.viewer.browser import component, plotly_url

CHART_HTML = """
<figure class="catsel-chart">
  <div class="head">
    <span class="title"></span>
    <button type="button" class="shuffle" hidden>▶ Shuffle</button>
    <input type="search" class="find" placeholder="Find a word" aria-label="Find a word" title="Enter: the next" hidden>
    <span class="save">
      <button type="button" data-format="svg" title="Download as SVG on white; with Shift, as it looks">SVG</button>
      <button type="button" data-format="png" title="Download as PNG on white; with Shift, as it looks">PNG</button>
      <button type="button" data-format="csv" title="Download the data as CSV">CSV</button>
      <button type="button" class="large" aria-label="Show large on its own" title="Show large; Esc ends it">⤢</button>
    </span>
  </div>
  <div class="plot" role="img"></div>
  <figcaption aria-live="polite"></figcaption>
  <details class="passages" hidden>
    <summary>Click a cell to read the two texts behind it, or choose them here</summary>
    <output></output>
    <div class="two">
      <div><select aria-label="First text"></select><p></p></div>
      <div><select aria-label="Second text"></select><p></p></div>
    </div>
  </details>
</figure>
"""

SLIDER_HTML = """
<div class="catsel-slider"><div class="row">
  <span class="mark"></span><span class="name"></span><span class="detail"></span>
  <button type="button" class="back" aria-label="Previous layer">‹</button>
  <input type="range" min="0" step="1" aria-label="Layer">
  <button type="button" class="forth" aria-label="Next layer">›</button>
  <button type="button" class="play" aria-label="Play through the layers">▶</button>
  <select aria-label="Follow" hidden></select>
</div></div>
"""


NEIGHBOURS_HTML = """
<div class="catsel-neighbours">
  <div class="head"><span class="title">Words whose neighbourhoods differ most</span>
    <button type="button" title="Download all words as CSV">CSV</button></div>
  <div class="wide"><table>
    <thead><tr><th scope="col">Word</th><th scope="col">Change</th><th scope="col">Nearest in A</th>
      <th scope="col">Nearest in B</th></tr></thead>
    <tbody></tbody>
  </table></div>
  <p></p>
</div>
"""


SCRIPTS = {
    "chart": (
        "parts.js",
        "buses.js",
        "decode.js",
        "frames.js",
        "plotly_private.js",
        "paint.js",
        "marks.js",
        "table.js",
        "labels.js",
        "taken.js",
        "fit.js",
        "passages.js",
        "shuffles.js",
        "gliding.js",
        "finding.js",
        "plotly.js",
        "picture.js",
        "chart.js",
    ),
    "neighbours": ("parts.js", "buses.js", "decode.js", "table.js", "neighbours.js"),
    "slider": ("parts.js", "buses.js", "slider.js"),
}
"""What every component is made of, of the files in ``frontend/``: the last one exports what shows it."""

_chart = component("chart", CHART_HTML, *SCRIPTS["chart"])
_neighbours = component("neighbours", NEIGHBOURS_HTML, *SCRIPTS["neighbours"])
_slider = component("slider", SLIDER_HTML, *SCRIPTS["slider"])


Bus = Literal["layer", "layer-b"]
"""Which layer a slider sets and a chart follows: the one of all pages, or that of side B."""

LAYER: Bus = "layer"
LAYER_B: Bus = "layer-b"


def layer_bar() -> DeltaGenerator:
    """The slim bar that stays in sight while the page scrolls: for sliders, and what is chosen while they move."""
    return st.container(key="layers", horizontal=True, vertical_alignment="center", gap="medium")


def layer_slider(
    layers: tuple[str, ...],
    bus: Bus = LAYER,
    mark: str = "",
    follow: dict[str, list[int]] | None = None,
) -> None:
    """The layer slider; every chart with one frame a layer follows it, on this page and the next.

    Args:
        layers: labels of the hidden states.
        bus: what it sets.
        mark: a letter that tells it from another one.
        follow: ways to follow the slider of :data:`LAYER`: for each of its layers, the layer here.
    """
    label = f"Layer of {mark}" if mark else "Layer"
    names = {"bus": bus, "label": label, "mark": mark}
    data: dict[str, Any] = {"layers": list(layers), "note": "after the final norm", **names}
    if follow is not None:
        data["follow"] = {"bus": LAYER, "tables": follow}
    _slider(f"{bus}-slider", data)


@dataclass(frozen=True, slots=True)
class Follows:
    """The layer that a chart follows; a map of layers by layers follows one with its rows and one ``across``."""

    bus: Bus = LAYER
    across: Bus | None = None


def show_chart(
    chart: Payload, prefix: str = "", key: str = "", *, explained: bool = True, follows: Follows = Follows()
) -> None:
    """A chart with its heading (after ``prefix``), downloads and reading, and how it is computed.

    Args:
        chart: what to show.
        prefix: put before the title.
        key: tells charts of the same name on one page apart.
        explained: offer the explanation below it.
        follows: the layers that it shows.
    """
    data = {
        "spec": chart.json,
        "name": chart.name + key,
        "title": prefix + chart.title,
        "readings": list(chart.readings),
        "height": chart.height,
        "about": list(chart.about.lines),
        "list": chart.about.file_name,
        "passages": [asdict(passage) for passage in chart.passages],
        "shuffles": None if chart.shuffles is None else dict(chart.shuffles),
        "panel": bool(key),
        "plotly": plotly_url(),
        "bus": follows.bus,
        "across": follows.across,
    }
    _chart(f"chart-{chart.name}{key}", data)
    if explained:
        explain(chart.name)


def show_neighbours(found: SideBySide, colors: dict[str, str]) -> None:
    """The words whose nearest words differ most between the two layers that are looked at, and how to read it."""
    data = {
        "words": list(found.a.inputs.words),
        "colors": [colors[item.group] for item in found.a.inputs.items],
        "layers": [list(side.model.layers) for side in found.sides],
        "change": packed(found.change),
        "nearest_a": packed(found.nearest_a),
        "nearest_b": packed(found.nearest_b),
        "neighbours": found.nearest_a.shape[-1],
    }
    _neighbours("neighbours", data)
    explain("neighbours")


def explain(name: str) -> None:
    """How a chart is computed, for those who open it."""
    with st.expander("How is this computed?"):
        st.markdown(EXPLANATIONS[name])
