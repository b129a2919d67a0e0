"""The tour of the overview: what it says. It is drawn in the browser, by ``tour.js``, and costs no run of the page."""

import json
from pathlib import Path

import streamlit as st

from catsel_core.viewer.scripts import joined

STEPS = (
    {
        "at": (".st-key-fold",),
        "title": "The words",
        "text": "The model reads each of these words in the same prompt. Open the line to see the categories, and "
        "choose or type your own on the page Words.",
    },
    {
        "at": (".catsel-slider",),
        "title": "The layer",
        "text": "The model works in layers, and every figure shows the one that is chosen here. Move the slider with "
        "the mouse or the arrow keys: all figures follow at once.",
    },
    {
        "at": (".catsel-chart",),
        "title": "The figure and its reading",
        "text": "A bright cell is a pair of words that the model holds to be alike; bright squares on the diagonal are "
        "categories. The sentence below says what the numbers show.",
    },
    {
        "at": (".stColumn .stExpander",),
        "title": "How it is computed",
        "text": "Below every figure stands how it is made. The terms in it lead to the glossary on the page Method.",
    },
    {
        "at": ('[data-testid="stSidebar"]', '[data-testid="stExpandSidebarButton"]'),
        "title": "The pages",
        "text": "The pages look at the same words in other ways, or at words in a whole text. What you choose goes "
        "with you from page to page.",
    },
)
"""What is said, and beside what: the first of the selectors that is in sight."""

TEXTS = {"steps": STEPS, "next": "Next", "done": "Done", "skip": "Skip the tour"}

_STYLE = Path(__file__).with_name("tour.css").read_text(encoding="utf-8")


def script() -> str:
    """Begins the tour on a first visit, and whenever it is asked for."""
    return f"{joined(('parts.js', 'tour.js'))}offerTour({json.dumps(TEXTS)});"


def again() -> None:
    """A small button that begins it once more."""
    st.html(f'<style>{_STYLE}</style><button type="button" class="catsel-tour-again">Take the one-minute tour</button>')
