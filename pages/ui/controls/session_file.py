"""A session as a file: saved from the page, and opened on it."""

from dataclasses import replace

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.export.session_file import opened, to_json
from catsel_core.figures.about import file_name
from catsel_core.inputs.quotations import shortened
from catsel_core.session import Session
from catsel_core.settings import current_settings
from pages.ui import messages
from pages.ui.controls.targets import MOST_ON_A_PAGE
from pages.ui.session import opening, undo, visitor

_FILE, _WRONG = "session-file", "session-file-wrong"
_MEGABYTE = 1_000_000


def save_control() -> None:
    """A button that saves, and how the file is used elsewhere."""
    session = visitor.session()
    name = f"{file_name(each.name for each in session.words.words.categories) or 'session'}.catsel.json"
    st.markdown("**Save**")
    st.download_button(
        "Save as a file",
        to_json(session, visitor.own_texts()),
        name,
        "application/json",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(f"The same numbers without the pages: `python -m catsel_core words --session {name}`")


def open_control() -> None:
    """A field for a file; one that cannot be used changes nothing, and says why."""
    st.markdown("**Open**")
    megabytes = 1 + int(2 * current_settings().text_bytes / _MEGABYTE)  # a text in JSON is longer
    st.file_uploader(
        "A session file (.catsel.json)", type=["json"], max_upload_size=megabytes, key=_field(), on_change=_open
    )
    if wrong := st.session_state.get(_WRONG):
        messages.error(wrong)
    undo.offer(opening.UNDO)


def _field() -> str:
    return f"{_FILE}-{opening.how_often()}"


def _open() -> None:
    uploaded = st.session_state[_field()]
    st.session_state.pop(_WRONG, None)
    if uploaded is None:
        return
    try:
        session, texts = opened(uploaded.getvalue())
    except InputError as exc:
        st.session_state[_WRONG] = f"“{shortened(uploaded.name)}” was not opened. {exc}"
    else:
        limited, remark = _for_pages(session)
        opening.open_session(
            limited, texts, f"“{shortened(uploaded.name)}” has taken the place of what was here.{remark}"
        )


def _for_pages(session: Session) -> tuple[Session, str]:
    """A session within what pages show, and a sentence where that is less than it says."""
    windows = session.contexts.windows
    if windows.most is not None and windows.most <= MOST_ON_A_PAGE:
        return session, ""
    contexts = replace(session.contexts, windows=replace(windows, most=MOST_ON_A_PAGE))
    return replace(session, contexts=contexts), f" Pages take at most {MOST_ON_A_PAGE} occurrences of a word."
