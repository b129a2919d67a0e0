"""What runs in the browser: our own components, and plotly.js, which is fetched before the first chart needs it."""

import json
from collections.abc import Callable
from typing import Any, Protocol

import streamlit as st
from streamlit.runtime import get_instance

from catsel_core.language import once_each_language, spoken
from catsel_core.viewer.scripts import joined, source, speaking
from pages.ui.viewer.assets import compressed_plotly, plotly_file


class Show(Protocol):
    """Shows a component: its key on the page and what its script is given.

    For every NAME that the script may set, ``on_NAME_change`` is called when it has.
    """

    def __call__(self, key: str, data: Any, **states: Any) -> None:
        """Show it here."""


def component(name: str, html: Callable[[], str], *scripts: str) -> Show:
    """A component of our own, of some HTML and the viewer's scripts; the last one exports what shows it.

    ``html`` is made once for every language; in another one the component is another one.
    """

    @once_each_language
    def mount() -> Callable[..., Any]:
        made: Callable[..., Any] = st.components.v2.component(
            f"catsel_{name}_{spoken()}", html=html(), css=source("catsel.css"), js=joined(scripts), isolate_styles=False
        )
        return made

    def show(key: str, data: Any, **states: Any) -> None:
        # A dict would be searched for data frames, and pandas imported for that.
        mount()(key=key, data=[data], **states)

    return show


def base_path() -> str:
    """Where the server's addresses begin, with a slash at both ends."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}/" if base else "/"


def plotly_url() -> str:
    """Where this server has plotly.js: in its static files, or in memory where those cannot be written."""
    file = plotly_file()
    return f"{base_path()}app/static/{file}" if file else base_path() + _in_memory().lstrip("/")


def _in_memory() -> str:
    """Have Streamlit keep plotly.js for this visitor as it keeps pictures: one copy for all, until the next run."""
    return get_instance().media_file_mgr.add(compressed_plotly(), "application/gzip", "catsel-plotly")


def begin_page(cookies: tuple[str, ...] = (), also: str = "") -> None:
    """What the browser does on every page, in one element, since each costs a run.

    It fetches plotly.js while the figures are still being made, folds the sidebar away where the page is too narrow
    for it, as Streamlit does on phones alone, hears which language is spoken, and keeps the cookies that it is given.

    Args:
        cookies: kept by the browser, each as ``name=value``.
        also: a script of this page alone.
    """
    keep = "".join(f"keepCookie({json.dumps(cookie)},{json.dumps(base_path())});" for cookie in cookies)
    fetch = f"loadPlotly({json.dumps(plotly_url())}).catch(() => {{}});"  # the first chart tries again, and says so
    known = joined(("plotly.js", "sidebar.js", "cookie.js"))
    does = f"{speaking()}{known}{keep}{fetch}foldWhereNarrow();{also}"
    st.html(f"<script>{{{does}}}</script>", unsafe_allow_javascript=True)
