"""The browser-side layer viewer: a slider and charts that move together without the server."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.figures import Payload
from catsel_core.language import tr
from catsel_core.viewer.given import (
    FOLLOWS_LAYER,
    LAYER,
    LAYER_B,
    Bus,
    Follows,
    chart_data,
    neighbours_data,
    slider_data,
)
from catsel_core.viewer.markup import chart_html, neighbours_html, slider_html
from catsel_core.viewer.scripts import SCRIPTS
from pages.ui import terms
from pages.ui.viewer.browser import component, plotly_url

__all__ = ["LAYER_B", "Follows", "explain", "layer_bar", "layer_slider", "show_chart", "show_neighbours"]

_chart = component("chart", chart_html, *SCRIPTS["chart"])
_neighbours = component("neighbours", neighbours_html, *SCRIPTS["neighbours"])
_slider = component("slider", slider_html, *SCRIPTS["slider"])


def layer_bar() -> DeltaGenerator:
    """The slim bar that stays in sight while the page scrolls: for sliders, and what is chosen while they move."""
    return st.container(key="layers", horizontal=True, vertical_alignment="center", gap="medium")


def layer_slider(
    layers: tuple[str, ...],
    bus: Bus = LAYER,
    mark: str = "",
    follow: dict[str, list[int]] | None = None,
    start: tuple[str, int] | None = None,
) -> None:
    """The layer slider; every chart with one frame a layer follows it, on this page and the next.

    Its arguments are those of :func:`~catsel_core.viewer.given.slider_data`.
    """
    _slider(f"{bus}-slider", slider_data(layers, bus, mark, follow, start))


def show_chart(
    chart: Payload, prefix: str = "", key: str = "", *, explained: bool = True, follows: Follows = FOLLOWS_LAYER
) -> None:
    """A chart with its heading, downloads and reading; if it is to be ``explained``, also how it is computed.

    The other arguments are those of :func:`~catsel_core.viewer.given.chart_data`.
    """
    data = {**chart_data(chart, prefix, key, follows), "plotly": plotly_url()}
    _chart(f"chart-{chart.name}{key}", data)
    if explained:
        explain(chart.name)


def show_neighbours(found: SideBySide, colors: dict[str, str]) -> None:
    """The words whose nearest words differ most between the two layers that are looked at, and how to read it."""
    _neighbours("neighbours", neighbours_data(found, colors))
    explain("neighbours")


def explain(name: str) -> None:
    """How a chart is computed, for those who open it."""
    with st.expander(tr("How is this computed?")):
        st.markdown(terms.explained(name))
