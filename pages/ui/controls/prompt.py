"""The prompt template and what to do with words of several tokens."""

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.inputs.items import PLACEHOLDER, TEMPLATES, Pooling, checked_template
from pages.ui import messages
from pages.ui.session import state

POOLINGS: dict[Pooling, str] = {"last": "Last piece", "mean": "Mean", "drop": "Leave out"}
"""What can be done with words of several tokens, and what it is called."""


def prompt_control() -> None:
    """Edit template and pieces; a broken template is explained and the last good one stays."""
    request = state.request()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        template = st.text_input(
            "Prompt",
            request.template,
            key="template",
            persist_state="session",
            help=f"{PLACEHOLDER} marks where each word goes.",
        )
        with st.popover("Examples"):
            for number, example in enumerate(TEMPLATES):
                st.button(
                    messages.plain(example), key=f"example-{number}", on_click=_use, args=(example,), type="tertiary"
                )
    pooling = st.segmented_control(
        "Words of several tokens",
        list(POOLINGS),
        default=request.pooling,
        format_func=POOLINGS.__getitem__,
        required=True,
        key="pooling",
        help="The model reads pieces of words. The last piece has seen the whole word; "
        "the mean blends all pieces; or such words are left out, as in the book.",
    )
    try:
        state.set_prompt(checked_template(template), pooling)
    except InputError as exc:
        messages.error(str(exc))
    if state.request().template.startswith(PLACEHOLDER):
        messages.note(
            "The word stands first, without a space before it: to the model that is another token than in running text."
        )


def _use(example: str) -> None:
    st.session_state["template"] = example
