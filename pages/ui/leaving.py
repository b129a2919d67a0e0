"""What is typed just before a page is left arrives before the page goes: see the viewer's ``frontend/leaving.js``."""

import streamlit as st

from pages.ui.viewer.browser import component

_KEY = "leaving"
_component = component("leaving", str, "leaving.js")


def answer() -> None:
    """Tell the browser that all it has sent so far is part of the session: once a page, after all that edits it."""
    asked = st.session_state.get(_KEY, {}).get("asked")
    _component(_KEY, {"answered": asked if isinstance(asked, int) else None}, on_asked_change=_nothing_else)


def _nothing_else() -> None:
    """The run that this begins is all that is wanted."""
