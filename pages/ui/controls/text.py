"""The text to look for words in: built in, a Project Gutenberg book by its number, or the visitor's own."""

from collections.abc import Callable

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.inputs import gutenberg
from catsel_core.inputs.texts import MAX_UPLOAD_BYTES, Text, builtin_text, own_text, pasted_text, without_boilerplate
from pages.ui import messages
from pages.ui.session import state

_BUILTIN, _GUTENBERG, _OWN = "Built in", "Project Gutenberg", "Your own"
_MEGABYTE = 1_000_000


def text_control() -> Text:
    """Choose a text; while there is none of the chosen kind, the last one stays."""
    current = state.contexts().text
    source = st.segmented_control(
        "Text",
        [_BUILTIN, _GUTENBERG, _OWN],
        default=_BUILTIN if current == builtin_text() else _GUTENBERG,
        required=True,
        key="text-source",
        persist_state="session",
    )
    choose: dict[str, Callable[[], Text | None]] = {_BUILTIN: builtin_text, _GUTENBERG: _from_gutenberg, _OWN: _own}
    return choose[source]() or current


def _from_gutenberg() -> Text | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            "Number of the book",
            min_value=1,
            max_value=gutenberg.LARGEST_NUMBER,
            value=gutenberg.THE_GREAT_GATSBY,
            step=1,
            key="book-number",
            persist_state="session",
            help="It stands in the address of the book's page on gutenberg.org; 64317 is The Great Gatsby.",
        )
        wanted = st.button("Fetch", icon=":material/download:", disabled=gutenberg.is_cached(number))
    keep = st.toggle(
        "Keep Gutenberg's header and licence",
        key="keep-boilerplate",
        persist_state="session",
        help="They are not the book; the notebook of the book's project left them in.",
    )
    if not wanted and not gutenberg.is_cached(number):
        st.caption(f"Book {number} is not on this computer yet: Fetch needs the internet, once.")
        return _fetched(number, keep)
    try:
        with st.spinner(f"Fetching book {number} …"):
            text = gutenberg.book(number, keep_boilerplate=True)
    except CatselError as exc:
        messages.error(str(exc))
        return None
    st.session_state["fetched"] = (number, text)
    return _fetched(number, keep)


def _fetched(number: int, keep: bool) -> Text | None:
    """The last book that was read, if it is the one; also where it could not be written to disk."""
    at_hand, text = st.session_state.get("fetched", (None, None))
    if at_hand != number:
        return None
    return text if keep else without_boilerplate(text)


def _own() -> Text | None:
    uploaded = st.file_uploader(
        f"A plain text file (.txt), at most {MAX_UPLOAD_BYTES // _MEGABYTE} MB",
        type=["txt"],
        max_upload_size=MAX_UPLOAD_BYTES // _MEGABYTE,
    )
    if uploaded is not None and st.session_state.get("read-upload") != uploaded.file_id:
        st.session_state["read-upload"] = uploaded.file_id
        _take(lambda: own_text(uploaded.getvalue(), uploaded.name))
    pasted = st.text_area("or paste one", height=120, key="pasted-text", persist_state="session")
    if st.button("Use the pasted text", disabled=not pasted.strip()):
        _take(lambda: pasted_text(pasted))
    text: Text | None = st.session_state.get("own-text")
    return text


def _take(read: Callable[[], Text]) -> None:
    try:
        st.session_state["own-text"] = read()
    except CatselError as exc:
        messages.error(str(exc))
