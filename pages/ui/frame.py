"""What every page begins with: settings, navigation, and the current choice in the sidebar."""

from pathlib import Path

import streamlit as st

from catsel_core.analysis import WordRequest
from pages.ui import state
from pages.ui.check import adopt_draft
from pages.ui.messages import escape

PAGES = (
    ("app.py", "Overview", ":material/home:"),
    ("pages/words.py", "Words", ":material/edit_note:"),
    ("pages/one_layer.py", "One layer", ":material/grid_on:"),
    ("pages/across_layers.py", "Across layers", ":material/stacked_line_chart:"),
)


# A file of our own: Streamlit fetches emoji and material icons for the browser tab from the internet.
_ICON = str(Path(__file__).parent / "frontend" / "favicon.svg")

_STYLE = """<style>
.stMainBlockContainer { padding: 4.6rem clamp(1rem, 3vw, 3rem) 4rem; max-width: 1500px; }
.stMainBlockContainer h1 { font-size: clamp(1.6rem, 3.2vw, 2.2rem); padding-top: 0; }
</style>"""


def begin(title: str) -> None:
    """Set up a page; the first call of every page script, so that each works as a direct link."""
    st.set_page_config(page_title=f"{title} · catsel", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    adopt_draft()
    with st.sidebar:
        st.markdown("### catsel\nHow a language model tells categories of words apart, layer by layer.")
        for path, label, icon in PAGES:
            st.page_link(path, label=label, icon=icon)
    st.title(title)


def current_request() -> WordRequest:
    """The visitor's request, now shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.request()
    with st.sidebar:
        st.divider()
        _show(request)
    return request


def _show(request: WordRequest) -> None:
    st.caption("Current words")
    for category in request.words.categories:
        st.html(
            f'<div style="display:flex;gap:.5rem;align-items:center;font-size:.88rem">'
            f'<span style="width:.8rem;height:.8rem;border-radius:.2rem;background:{category.color}"></span>'
            f"<span>{escape(category.name)} · {len(category.words)}</span></div>"
        )
    st.caption("Prompt")
    st.code(request.template, language=None, wrap_lines=True)
    st.caption("Model: SmolLM2-135M-Instruct, on this computer, without internet")
