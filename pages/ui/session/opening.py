"""Another session in the place of the visitor's, and the way back to the one before with all that was under edit."""

from dataclasses import dataclass

import streamlit as st

from catsel_core.inputs.text_references import OwnTexts
from catsel_core.session import Session
from pages.ui.session import draft, undo, visitor
from pages.ui.session.draft import DraftCategory
from pages.ui.session.undo import Former

UNDO = "session"
"""Name of the way back to the session before this one."""

_COUNT = "sessions-opened"


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is put in the place of what a visitor had: the list under edit is the session's own where it is None."""

    session: Session
    texts: OwnTexts
    edited: tuple[list[DraftCategory], str] | None = None


def open_session(session: Session, texts: OwnTexts, said: str) -> None:
    """Make a checked session the visitor's, as if nothing had been chosen before; ``said`` beside a way back.

    Before anything is drawn: in a callback.
    """
    _replace_whole(_Whole(session, texts), said)


def how_often() -> int:
    """How many sessions have been opened: a browser would send a field's file again to a field of the same name."""
    count: int = st.session_state.get(_COUNT, 0)
    return count


def _replace_whole(new: _Whole, said: str) -> None:
    edited = (draft.categories(), draft.preset_name()) if draft.is_begun() else None
    before = _Whole(visitor.session(), visitor.own_texts(), edited)
    count = how_often() + 1
    visitor.begin_anew(new.session, new.texts)
    st.session_state[_COUNT] = count
    if new.edited:
        draft.resume(*new.edited)
    undo.remember(UNDO, Former(said, lambda: _replace_whole(before, "What was here before is back.")))
