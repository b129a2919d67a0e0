"""Every edit of the list can be taken back, and made again: the states that it has been in."""

from dataclasses import dataclass

import streamlit as st

from pages.ui.session import draft, undo
from pages.ui.session.draft import Edited

_HISTORY = "draft-history"
_MOST = 100
"""States that are kept."""


@dataclass(frozen=True, slots=True)
class _History:
    """States in order, and which of them the list is in."""

    states: tuple[Edited, ...]
    at: int


def note() -> None:
    """The list as it is now is a state to come back to; what had been taken back before is forgotten."""
    now, history = draft.edited(), _history()
    if now is None or (history is not None and history.states[history.at] == now):
        return
    before = () if history is None else history.states[: history.at + 1]
    states = (*before, now)[-_MOST:]
    st.session_state[_HISTORY] = _History(states, len(states) - 1)


def can_go(by: int) -> bool:
    """Whether there are states so many steps away, back if negative."""
    history = _history()
    return history is not None and 0 <= history.at + by < len(history.states)


def go(by: int) -> None:
    """Bring the state back that is so many steps away, if there is one: in a callback."""
    draft.begin()
    note()
    history = _history()
    if history is None or not can_go(by):
        return
    at = history.at + by
    draft.resume(history.states[at])
    st.session_state[_HISTORY] = _History(history.states, at)
    undo.forget(draft.UNDO)


def _history() -> _History | None:
    history: _History | None = st.session_state.get(_HISTORY)
    return history
