"""Small controls that several pages share; what they hold survives a change of page."""

import streamlit as st

from catsel_core.figures import Scale
from pages.ui import state

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
