"""The tour of the overview: what it says. It is drawn in the browser, by ``tour.js``, and costs no run of the page."""

import html
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from catsel_core.language import mark, tr
from catsel_core.viewer.scripts import joined


@dataclass(frozen=True, slots=True)
class Step:
    """What is said, and beside what: the first of the selectors ``at`` that is in sight."""

    at: tuple[str, ...]
    title: str
    text: str


STEPS = (
    Step(
        (".st-key-fold",),
        mark("The words"),
        mark(
            "The model reads each of these words in the same prompt. Open the line to see the categories, and "
            "choose or type your own on the page Words."
        ),
    ),
    Step(
        (".catsel-slider",),
        mark("The layer"),
        mark(
            "The model works in layers, and every figure shows the one that is chosen here. Move the slider with "
            "the mouse or the arrow keys: all figures follow at once."
        ),
    ),
    Step(
        (".catsel-chart",),
        mark("The figure and its reading"),
        mark(
            "A bright cell is a pair of words that the model holds to be alike; bright squares on the diagonal are "
            "categories. The sentence below says what the numbers show."
        ),
    ),
    Step(
        (".stColumn .stExpander",),
        mark("How it is computed"),
        mark("Below every figure stands how it is made. The terms in it lead to the glossary on the page Method."),
    ),
    Step(
        ('[data-testid="stSidebar"]', '[data-testid="stExpandSidebarButton"]'),
        mark("The pages"),
        mark(
            "The pages look at the same words in other ways, or at words in a whole text. What you choose goes "
            "with you from page to page."
        ),
    ),
)

_STYLE = Path(__file__).with_name("tour.css").read_text(encoding="utf-8")


def texts() -> dict[str, Any]:
    """What ``tour.js`` is given, in the language that is spoken."""
    steps = [{"at": step.at, "title": tr(step.title), "text": tr(step.text)} for step in STEPS]
    return {"steps": steps, "next": tr("Next"), "done": tr("Done"), "skip": tr("Skip the tour")}


def script() -> str:
    """Begins the tour on a first visit, and whenever it is asked for."""
    return f"{joined(('parts.js', 'tour.js'))}offerTour({json.dumps(texts())});"


def again() -> None:
    """A small button that begins it once more."""
    said = html.escape(tr("Take the one-minute tour"))
    st.html(f'<style>{_STYLE}</style><button type="button" class="catsel-tour-again">{said}</button>')
