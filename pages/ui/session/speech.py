"""Which language a visitor is spoken to in: what they have chosen, or what their browser asks for."""

import streamlit as st

from catsel_core.errors import SettingsError
from catsel_core.language import LANGUAGES, name_of, nearest, speak, spoken, tr
from catsel_core.settings import current_settings

COOKIE = "catsel-language"
_CHOSEN, _FIELD = "visitor-language", "visitor-language-field"


def begin() -> None:
    """Speak it from here on; before anything is said, once a page."""
    speak(st.session_state.get(_CHOSEN) or _in_browser() or _set() or nearest(st.context.locale))


def choice() -> None:
    """All of them by their own names, to choose one."""
    if len(LANGUAGES) == 1:
        return
    st.session_state[_FIELD] = spoken()
    st.segmented_control(
        tr("Language"),
        LANGUAGES,
        format_func=name_of,
        key=_FIELD,
        required=True,
        on_change=_choose,
        label_visibility="collapsed",
    )


def for_browser() -> tuple[str, ...]:
    """The cookie that the browser is to keep, as ``name=value``, once somebody has chosen."""
    chosen = st.session_state.get(_CHOSEN)
    return (f"{COOKIE}={chosen}",) if chosen else ()


def _choose() -> None:
    chosen = st.session_state.get(_FIELD)
    if chosen in LANGUAGES:  # and nothing else that a browser may send
        st.session_state[_CHOSEN] = chosen
        _have_fields_shown_anew()


def _have_fields_shown_anew() -> None:
    """A select box would show what was chosen by its former name until the next run, and let it go then."""
    for key, value in list(st.session_state.items()):
        if isinstance(value, str):
            st.session_state[key] = value


def _in_browser() -> str | None:
    """What was chosen in this browser before."""
    chosen = st.context.cookies.to_dict().get(COOKIE)
    return chosen if chosen in LANGUAGES else None


def _set() -> str | None:
    try:
        return current_settings().language
    except SettingsError:  # said by the page
        return None
