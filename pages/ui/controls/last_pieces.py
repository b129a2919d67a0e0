"""Where words of a list end in the same token: what that means, and the mean of pieces instead."""

import streamlit as st

from catsel_core.inputs.items import InputSet
from catsel_core.inputs.last_pieces import about_shared, shared_last_pieces
from catsel_core.language import tr
from pages.ui import messages
from pages.ui.controls.prompt import POOLING


def offer_mean(inputs: InputSet) -> None:
    """Say that last pieces repeat, if they do, and offer the mean of pieces in their place."""
    shared = shared_last_pieces(inputs)
    if shared:
        messages.note(about_shared(shared))
        st.button(tr("Use the mean of pieces"), icon=":material/join_inner:", on_click=_use_mean)


def _use_mean() -> None:
    st.session_state[POOLING] = "mean"
