"""The text to look for words in: built in, a Project Gutenberg book by its number, or the visitor's own."""

import math
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from catsel_core.analyses.contexts import ContextRequest
from catsel_core.errors import CatselError
from catsel_core.inputs import gutenberg
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.text_references import BuiltinText, GutenbergBook, OwnText, TextReference
from catsel_core.inputs.texts import Text, has_boilerplate, own_text, pasted_text
from catsel_core.language import mark, tr
from catsel_core.settings import current_settings
from pages.ui import messages
from pages.ui.controls.builtin_text import builtin_control
from pages.ui.controls.imports import encoding_control
from pages.ui.session import visitor
from pages.ui.work import books, results

_BUILTIN, _GUTENBERG, _OWN = mark("Built in"), "Project Gutenberg", mark("Your own")
_MEGABYTE = 1_000_000
_BEGINNING = 60  # characters that tell one pasted text from another


def text_control() -> TextReference:
    """Choose a text; while there is none of the chosen kind, the last one stays."""
    current = visitor.session().contexts.text
    source = st.segmented_control(
        tr("Text"),
        [_BUILTIN, _GUTENBERG, _OWN],
        default=_source(current),
        format_func=tr,
        required=True,
        key="text-source",
        persist_state="session",
        help=tr(
            "A text that comes along, a book of gutenberg.org by its number, or a file or pasted text of your own."
        ),
    )
    if source == _BUILTIN:
        return builtin_control(current) or current
    return (_from_gutenberg(current) if source == _GUTENBERG else _own()) or current


def _source(text: TextReference) -> str:
    if isinstance(text, BuiltinText):
        return _BUILTIN
    return _GUTENBERG if isinstance(text, GutenbergBook) else _OWN


def context_request() -> ContextRequest:
    """The visitor's words in their text; of a text that is no longer here that is said, and the last result stays."""
    try:
        return visitor.session().context_request(visitor.own_texts())
    except CatselError as exc:
        messages.error(str(exc))
    last = results.last_contexts()
    if last is None:
        st.stop()
    st.caption(tr(results.STILL_THE_LAST))
    return last


def _from_gutenberg(current: TextReference) -> GutenbergBook | None:
    first = current if isinstance(current, GutenbergBook) else GutenbergBook(gutenberg.THE_GREAT_GATSBY)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            tr("Number of the book"),
            min_value=1,
            max_value=gutenberg.LARGEST_NUMBER,
            value=first.number,
            step=1,
            key="book-number",
            persist_state="session",
            help=tr("You find it in the address of the book's page on gutenberg.org; 64317 is The Great Gatsby."),
        )
        wanted = st.button(tr("Fetch"), icon=":material/download:", disabled=gutenberg.is_cached(number))
    keep = _keep_control(first.keep_boilerplate)
    if wanted:
        books.begin(number)
    if not books.is_wanted(number) and not gutenberg.is_cached(number):
        st.caption(
            tr("Book {number} is not on this computer yet. Fetching it needs the internet, once.", number=number)
        )
        return None
    try:
        return GutenbergBook(number, keep) if books.fetched(number) else None
    except CatselError as exc:
        messages.error(str(exc))
        return None


def _keep_control(first: bool) -> bool:
    """Whether Project Gutenberg's header and licence stay, wherever a text comes from."""
    return st.toggle(
        tr("Keep Gutenberg's header and licence"),
        first,
        key="keep-boilerplate",
        persist_state="session",
        help=tr("They are not the book; the notebook of the book's project left them in."),
    )


def _own() -> OwnText | None:
    megabytes = current_settings().text_bytes / _MEGABYTE
    uploaded = st.file_uploader(
        tr("A plain text file (.txt), at most {megabytes:g} MB", megabytes=megabytes),
        type=["txt"],
        max_upload_size=math.ceil(megabytes),
    )
    if uploaded is not None:
        _take_upload(uploaded)
    pasted = st.text_area(tr("or paste one"), height=120, key="pasted-text", persist_state="session")
    if st.button(tr("Use the pasted text"), disabled=not pasted.strip()):
        _take(lambda: pasted_text(pasted))
    text: OwnText | None = st.session_state.get("own-text")
    if text is None:
        st.caption(
            tr("No text of yours is here yet. Choose a file or paste one; the text from before stays until then.")
        )
    kept = text and visitor.own_texts().get(text.digest)
    if not text or not kept:
        return text
    st.caption(messages.plain(_about(kept)))
    return replace(text, keep_boilerplate=_keep_control(text.keep_boilerplate)) if has_boilerplate(kept) else text


def _about(text: Text) -> str:
    return tr(
        "{name}, {origin}: {count:,} characters, “{beginning}”",
        name=shortened(text.title),
        origin=text.source,
        count=len(text.content),
        beginning=shortened(" ".join(text.content[:200].split()), _BEGINNING),
    )


def _take_upload(uploaded: UploadedFile) -> None:
    """Read a file once for each encoding that it is read in; one that cannot be read goes on saying why."""
    encoding = encoding_control(f"text-{uploaded.file_id}")
    way = (uploaded.file_id, encoding)
    if st.session_state.get("read-upload") != way and _take(
        lambda: own_text(uploaded.getvalue(), uploaded.name, encoding)
    ):
        st.session_state["read-upload"] = way


def _take(read: Callable[[], Text]) -> bool:
    """Make a text the visitor's own; whether it can be read."""
    try:
        st.session_state["own-text"] = visitor.keep_text(read())
    except CatselError as exc:
        messages.error(str(exc))
        return False
    return True
