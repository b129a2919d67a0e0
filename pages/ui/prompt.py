"""The prompt template and what to do with words of several tokens."""

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.inputs import PLACEHOLDER, TEMPLATES, Pieces, checked_template
from pages.ui import state

_PIECES: dict[Pieces, str] = {"last": "Last piece", "mean": "Mean of pieces", "drop": "Leave out"}


def prompt_control() -> None:
    """Edit template and pieces; a broken template is explained and the last good one stays."""
    request = state.request()
    choices = list(dict.fromkeys((*TEMPLATES, request.template)))
    template = st.selectbox(
        "Prompt",
        choices,
        index=choices.index(request.template),
        key="template",
        accept_new_options=True,
        help=f"Choose one or type your own; {PLACEHOLDER} marks where each word goes.",
    )
    pieces = st.segmented_control(
        "Words of several tokens",
        list(_PIECES),
        default=request.pieces,
        format_func=_PIECES.__getitem__,
        required=True,
        help="The model reads pieces of words. The last piece has seen the whole word; "
        "the mean blends all pieces; or such words are left out, as in the book.",
    )
    try:
        state.set_prompt(checked_template(template or ""), pieces)
    except InputError as exc:
        st.error(str(exc), icon=":material/error:")
    if state.request().template.startswith(PLACEHOLDER):
        st.info(
            "The word stands first, without a space before it: to the model that is another token than in running text."
        )
