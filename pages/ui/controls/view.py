"""Small controls that several pages share; what they hold survives a change of page."""

from dataclasses import replace

import streamlit as st

from catsel_core.analyses.contexts import BOOK_BINS, Bins
from catsel_core.figures import Scale
from pages.ui.session import state

_SCALES: dict[Scale, str] = {"layer": "Fit each layer", "shared": "Same for all layers"}


def scale_control() -> Scale:
    """Whether colour and axis ranges follow each layer or stay the same."""
    current = state.scale()
    chosen = st.segmented_control(
        "Colour and axis range",
        list(_SCALES),
        default=current,
        format_func=_SCALES.__getitem__,
        required=True,
        key="scale-choice",
        help="Fit each layer to see its pattern; keep one range to see levels move from layer to layer.",
    )
    st.session_state["scale"] = chosen
    return chosen


_BINS = {"Range of the data": Bins(), "The book's (0.4 to 1)": BOOK_BINS}


def bins_control() -> None:
    """Bins of the tornado plots; the choice becomes part of the current request."""
    current = state.contexts()
    names = list(_BINS)
    chosen = st.segmented_control(
        "Bins",
        names,
        default=next((name for name in names if _BINS[name] == current.bins), names[0]),
        required=True,
        key="bins-choice",
        help="34 bins, the same for all layers and panels. What lies outside the book's range is counted and said.",
    )
    state.set_contexts(replace(current, bins=_BINS[chosen]))


def word_control(words: tuple[str, ...]) -> str | None:
    """One word to look at, or None for all."""
    chosen = st.selectbox("Sentences of", ["all words", *words], key="sense-word", persist_state="session")
    return chosen if chosen in words else None
