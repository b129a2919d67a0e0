"""Links that open a session: what came with the page's address is taken up, once, with a way back."""

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.export.session_link import taken_out, unpacked
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import tr
from catsel_core.session import Session
from pages.ui import messages
from pages.ui.session import opening, undo, visitor
from pages.ui.session.limits import for_pages

PACKED, PUT_AWAY = "session", "kept"
"""Names in the address: of a session in it, and of the key of one that this server keeps."""

_OPENED = "link-opened"


def take_up(page: str) -> None:
    """Open what the address holds, before anything is drawn that shows the session; say so, or why not.

    Args:
        page: title of the page, where the way back is offered until another one is looked at.
    """
    codes = {name: st.query_params[name] for name in (PACKED, PUT_AWAY) if name in st.query_params}
    if codes:
        for name in codes:  # once: a reload must not throw away what has been edited since
            del st.query_params[name]
        _open(codes, page)
    if st.session_state.get(_OPENED) == page:
        undo.offer(opening.UNDO)
    else:
        st.session_state.pop(_OPENED, None)


def _open(codes: dict[str, str], page: str) -> None:
    try:
        session, texts = _read(codes)
    except InputError as exc:
        messages.error(tr("The link was not opened. {why}", why=exc))
        return
    limited, remark = for_pages(session)
    if limited != visitor.session():
        said = tr("The link's session has taken the place of what was here.")
        opening.open_session(limited, texts, said + remark)
        st.session_state[_OPENED] = page


def _read(codes: dict[str, str]) -> tuple[Session, OwnTexts]:
    return (unpacked(codes[PACKED]), {}) if PACKED in codes else taken_out(codes[PUT_AWAY])
