"""The way back after something was replaced whole: one step, offered at once beside what took its place."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from catsel_core.language import tr
from pages.ui.messages import plain
from pages.ui.session import speech


@dataclass(frozen=True, slots=True)
class Former:
    """What was replaced.

    said: what has happened, in a sentence.
    put_back: brings the former state back; that is a replacement too, and has a way back of its own.
    at: where on the page the eye is then, as the page counts; None at the top.
    """

    said: str
    put_back: Callable[[], None]
    at: int | None = None


def remember(what: str, former: Former) -> None:
    """Something named ``what`` is about to be replaced; the step before that is forgotten."""
    st.session_state[_key(what)] = former


def forget(what: str) -> None:
    """Offer no way back any more."""
    st.session_state.pop(_key(what), None)


def place(what: str) -> int | None:
    """Where the way back is to be offered, if not at the top."""
    former: Former | None = st.session_state.get(_key(what))
    return None if former is None else former.at


def offer(what: str) -> None:
    """Say what was replaced, and offer the way back, if there is one."""
    former: Former | None = st.session_state.get(_key(what))
    if former is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(plain(former.said), width="content")
            st.button(
                tr("Undo"),
                key=f"undo-{what}",
                icon=":material/undo:",
                on_click=_put_back,
                args=(former,),
                type="tertiary",
            )


def _put_back(former: Former) -> None:
    speech.begin()
    former.put_back()


def _key(what: str) -> str:
    return f"former-{what}"
