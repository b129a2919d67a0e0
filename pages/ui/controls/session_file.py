"""A session as a file: saved from the page, and opened on it; and the way to begin anew."""

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.export.session_file import opened, to_json
from catsel_core.figures.about import file_name
from catsel_core.inputs.quotations import shortened
from catsel_core.language import tr
from catsel_core.settings import current_settings
from pages.ui import messages
from pages.ui.session import names, opening, speech, undo, visitor
from pages.ui.session.limits import for_pages

_FILE, _WRONG = "session-file", "session-file-wrong"
_MEGABYTE = 1_000_000


def save_control() -> None:
    """A button that saves, and how the file is used elsewhere."""
    session = visitor.session()
    name = f"{file_name(each.name for each in session.words.words.categories) or 'session'}.catsel.json"
    st.markdown("**" + tr("A file") + "**")
    st.download_button(
        tr("Save as a file"),
        to_json(session, visitor.own_texts()),
        name,
        "application/json",
        icon=":material/download:",
        on_click="ignore",
    )
    command = f"python -m catsel_core words --session {name}"
    st.caption(tr("The same numbers without the pages: `{command}`", command=command))


def open_control() -> None:
    """A field for a file; one that cannot be used changes nothing, and says why."""
    st.markdown("**" + tr("Open") + "**")
    megabytes = 1 + int(2 * current_settings().text_bytes / _MEGABYTE)  # a text in JSON is longer
    st.file_uploader(
        tr("A session file (.catsel.json)"), type=["json"], max_upload_size=megabytes, key=_field(), on_change=_open
    )
    if wrong := st.session_state.get(_WRONG):
        messages.error(wrong)
    undo.offer(opening.UNDO)


def begin_anew_control() -> None:
    """A button for who comes next to this computer, and what is kept of whom."""
    st.markdown("**" + tr("Begin anew") + "**")
    st.button(tr("Begin anew"), icon=":material/restart_alt:", on_click=opening.begin_anew)
    if names.are_kept():
        st.caption(
            tr(
                "What you choose and type is kept on this server and is there again in this browser. The next one at "
                "this computer finds it too, unless you begin anew."
            )
        )
    else:
        st.caption(tr("This server keeps nothing of what you choose: a reload begins anew. Save a file to keep it."))


def _field() -> str:
    return f"{_FILE}-{opening.how_often()}"


def _open() -> None:
    uploaded = st.session_state[_field()]
    st.session_state.pop(_WRONG, None)
    if uploaded is None:
        return
    speech.begin()  # a page that is to come has not begun to speak
    name = shortened(uploaded.name)
    try:
        session, texts = opened(uploaded.getvalue())
    except InputError as exc:
        st.session_state[_WRONG] = tr("“{name}” was not opened. {why}", name=name, why=exc)
    else:
        limited, remark = for_pages(session)
        said = tr("“{name}” has taken the place of what was here.", name=name)
        opening.open_session(limited, texts, said + remark)
