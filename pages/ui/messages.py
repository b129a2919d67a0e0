"""Sentences for the visitor. Words that a visitor typed are shown as typed, never as Markdown or HTML."""

import html
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.export.markdown import literal

plain = literal
"""A typed text as it is shown: Markdown reads nothing in it."""

_PLACE: ContextVar[DeltaGenerator | None] = ContextVar("place", default=None)


def escape(text: str) -> str:
    """``text`` made safe to stand inside HTML."""
    return html.escape(text, quote=True)


@contextmanager
def told_at(place: DeltaGenerator) -> Iterator[None]:
    """Have all that is said meanwhile stand at ``place``: where the eye is, though what it is about is folded away."""
    token = _PLACE.set(place)
    try:
        yield
    finally:
        _PLACE.reset(token)


def error(text: str) -> None:
    """Something that keeps a result from being made, and the way out."""
    with _here():
        st.error(plain(text), icon=":material/error:")


def note(text: str) -> None:
    """Something worth knowing."""
    with _here():
        st.info(plain(text), icon=":material/info:")


def aside(text: str) -> None:
    """A line of small print that goes with an error or a note."""
    with _here():
        st.caption(plain(text))


def _here() -> AbstractContextManager[Any]:
    return _PLACE.get() or nullcontext()
