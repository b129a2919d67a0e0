"""Another session in the place of the visitor's, and the way back to the one before with all that was under edit."""

from dataclasses import dataclass

import streamlit as st

from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import tr
from catsel_core.session import Session, first_session
from pages.ui.session import speech, undo
from pages.ui.session.undo import Former
from pages.ui.session.whole import Whole, collected, put

UNDO = "session"
"""Name of the way back to the session before this one."""

_COUNT, _BEFORE = "sessions-opened", "session-before"


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before, and what is said beside the way back."""

    whole: Whole
    said: str


def open_session(session: Session, texts: OwnTexts, said: str) -> None:
    """Make a checked session the visitor's, as if nothing had been chosen before; ``said`` beside a way back.

    Before anything is drawn.
    """
    _replace_whole(Whole(session, texts), said)


def begin_anew() -> None:
    """Make it as at first. What was there before is not kept for whoever comes next: the way back ends with the tab."""
    speech.begin()
    _replace_whole(Whole(first_session(), {}, answers={}), tr("All is as at first."))
    del st.session_state[_BEFORE]


def before() -> Before | None:
    """What there is a way back to, also after a reload."""
    found: Before | None = st.session_state.get(_BEFORE)
    return found


def resume(former: Before) -> None:
    """Offer the way back."""
    st.session_state[_BEFORE] = former
    undo.remember(UNDO, Former(former.said, lambda: _replace_whole(former.whole, tr("What was here before is back."))))


def how_often() -> int:
    """How many sessions have been opened: a browser would send a field's file again to a field of the same name."""
    count: int = st.session_state.get(_COUNT, 0)
    return count


def _replace_whole(new: Whole, said: str) -> None:
    former, count = Before(collected(), said), how_often() + 1
    put(new)
    st.session_state[_COUNT] = count
    resume(former)
