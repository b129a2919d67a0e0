"""What the tests of scripts share: bringing them, a component or plotly into an empty page."""

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from catsel_core.figures.payload import figure_json
from catsel_core.viewer.scripts import FRONTEND, SCRIPTS, joined

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLOTLY = Path(str(files("plotly") / "package_data" / "plotly.min.js"))
"""plotly.js of the installed package, the one that the dashboard serves."""

LAYERS = ("embeddings", "L0", "L1", "L2", "L3")

FRAME_LATER = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
"""Waits until what was due at the next repaint is done."""


def load(page: "Page", *names: str) -> None:
    """Bring scripts into the page, where each sees what those before it declare."""
    for name in names:
        page.add_script_tag(path=FRONTEND / name)


def load_plotly(page: "Page") -> None:
    """The real plotly, as `Plotly` and where charts look for it."""
    page.add_script_tag(path=PLOTLY)
    page.evaluate("() => { window.catselPlotly = Promise.resolve(Plotly); }")


def mount(page: "Page", name: str, html: str, data: dict[str, Any]) -> None:
    """Show a component as Streamlit does, of its own scripts and nothing else; `leave()` takes it away again."""
    page.set_content(html)
    page.evaluate(
        """async (text) => {
            const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
            window.component = (await import(address)).default;
        }""",
        joined(SCRIPTS[name]),
    )
    show(page, data)


def show(page: "Page", data: dict[str, Any]) -> None:
    """Give the mounted component other data."""
    page.evaluate("(data) => { window.leave = component({ data: [data], parentElement: document.body }); }", data)


def chart_data(figure: go.Figure, **more: Any) -> dict[str, Any]:
    """What the server would give a chart for this figure."""
    plain = {"name": "some", "title": "Some chart", "readings": ["All."], "height": 0.6, "passages": [], "panel": False}
    return {**plain, "spec": figure_json(figure), "plotly": "not asked for", "bus": "layer", "across": None, **more}


def spec(figure: go.Figure) -> Any:
    """A figure as it travels."""
    return json.loads(figure_json(figure))


def layer_of(page: "Page", bus: str) -> int:
    """Where a bus is."""
    layer: int = page.evaluate("(bus) => catselBuses[bus].of(99)", bus)
    return layer


def move(page: "Page", bus: str, layer: int) -> None:
    """Pick a layer as a user does elsewhere on the page."""
    page.evaluate("([bus, layer]) => catselBuses[bus].pick(layer)", [bus, layer])
    page.evaluate(FRAME_LATER)
