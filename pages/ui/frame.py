"""What every page begins with: settings, navigation, and the current choice in the sidebar."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from catsel_core.analysis import WordRequest
from catsel_core.catalogue import title_of
from catsel_core.compare_analysis import CompareRequest
from catsel_core.context_analysis import ContextRequest
from catsel_core.sentence_analysis import SentenceRequest
from catsel_core.wordlist import PALETTE
from pages.ui import messages, state
from pages.ui.browser import fetch_plotly
from pages.ui.check import adopt_draft
from pages.ui.messages import escape

SECTIONS = (
    ("", (("app.py", "Overview", ":material/home:"),)),
    (
        "Words in categories",
        (
            ("pages/words.py", "Words", ":material/edit_note:"),
            ("pages/one_layer.py", "One layer", ":material/grid_on:"),
            ("pages/across_layers.py", "Across layers", ":material/stacked_line_chart:"),
        ),
    ),
    (
        "Words in context",
        (
            ("pages/contexts.py", "Contexts", ":material/menu_book:"),
            ("pages/tornado.py", "Tornado", ":material/tornado:"),
            ("pages/senses.py", "Senses", ":material/alt_route:"),
        ),
    ),
    (
        "Models",
        (
            ("pages/models.py", "Models", ":material/memory:"),
            ("pages/compare.py", "Compare", ":material/compare_arrows:"),
        ),
    ),
)
"""Navigation: headings, and under each its pages as (file, label, icon)."""


# A file of our own: Streamlit fetches emoji and material icons for the browser tab from the internet.
_ICON = str(Path(__file__).parent / "frontend" / "favicon.svg")

_MOST_WORDS = 10
# Streamlit's own stop button breaks the page off without a way back; long work has a button of its own.
_STYLE = """<style>
[data-testid="stStatusWidget"] { display: none; }
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
        for heading, pages in SECTIONS:
            if heading:
                st.caption(heading)
            for path, label, icon in pages:
                st.page_link(path, label=label, icon=icon)
        fetch_plotly()
    st.title(title)


def current_request() -> WordRequest:
    """The visitor's word list, now shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.request()
    with _choice("Current words"):
        for category in request.words.categories:
            _chip(category.name, len(category.words), category.color)
        st.caption("Prompt")
        st.code(request.template, language=None, wrap_lines=True)
    return request


def current_contexts() -> ContextRequest:
    """The visitor's text and targets, now shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.contexts()
    with _choice("Current text"):
        st.markdown(messages.plain(request.text.name))
        st.caption("Words to look for")
        for target, color in zip(request.targets, PALETTE, strict=False):
            _chip(target, None, color)
    return request


def current_sentences() -> SentenceRequest:
    """The visitor's sentences, now shown in the sidebar: call it once a page, after anything that edits them."""
    request = state.sentences()
    with _choice("Current sentences"):
        words = Counter(sentence.target for sentence in request.sentences)
        for number, (word, count) in enumerate(words.most_common(_MOST_WORDS)):
            _chip(word, count, PALETTE[number % len(PALETTE)])
        if len(words) > _MOST_WORDS:
            st.caption(f"… and {len(words) - _MOST_WORDS} more words")
    return request


def current_comparison() -> CompareRequest:
    """The visitor's comparison, its words shown in the sidebar: call it once a page, after anything that edits it."""
    request = state.comparison()
    with st.sidebar:
        st.divider()
        st.caption("Current words")
        for category in request.words.categories:
            _chip(category.name, len(category.words), category.color)
    return request


@contextmanager
def _choice(heading: str) -> Iterator[None]:
    with st.sidebar:
        st.divider()
        st.caption(heading)
        yield
    current_model()


def current_model() -> None:
    """The visitor's model, shown in the sidebar; part of every choice, and all of it on the page Models."""
    reference, precision = state.model()
    short = "" if precision == "float32" else f", {precision}"
    with st.sidebar:
        st.caption(messages.plain(f"Model: {title_of(reference)}{short}, on this computer"))


def _chip(name: str, count: int | None, color: str) -> None:
    text = escape(name) + ("" if count is None else f" · {count}")
    st.html(
        f'<div style="display:flex;gap:.5rem;align-items:center;font-size:.88rem">'
        f'<span style="width:.8rem;height:.8rem;border-radius:.2rem;background:{color}"></span>'
        f"<span>{text}</span></div>"
    )
