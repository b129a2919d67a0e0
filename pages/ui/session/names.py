"""By which name a visitor is known again: random, and kept as a cookie by their browser alone."""

import re
import secrets

import streamlit as st

from catsel_core.errors import SettingsError
from catsel_core.settings import current_settings

COOKIE = "catsel-visitor"
_NAME = "visitor-name"
_WELL_FORMED = re.compile(r"[0-9a-f]{32}")


def are_kept() -> bool:
    """Whether this server keeps what visitors have."""
    try:
        return current_settings().visitors_bytes > 0
    except SettingsError:  # said by the page
        return False


def in_browser() -> str | None:
    """The name that came with the visitor's first request, if one did."""
    name = st.context.cookies.to_dict().get(COOKIE)
    return name if isinstance(name, str) and _WELL_FORMED.fullmatch(name) else None


def current() -> str:
    """The visitor's name: the browser's, or a new one that it will get."""
    state = st.session_state
    if _NAME not in state:
        state[_NAME] = in_browser() or secrets.token_hex(16)
    name: str = state[_NAME]
    return name


def for_browser() -> tuple[str, ...]:
    """The cookie that the browser is to keep, as ``name=value``; none where it has one, or none is wanted."""
    return (f"{COOKIE}={current()}",) if are_kept() and in_browser() is None else ()
