"""A word found in the list under edit."""

from collections.abc import Iterator

import streamlit as st

from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.word_lists import tidy, whole
from pages.ui.messages import plain
from pages.ui.session import draft

_MOST_NAMED = 8


def find_control() -> None:
    """A field for a word or a part of one, and where it stands."""
    typed = st.text_input("Find a word", key="find-word", placeholder="a word or a part of one")
    sought = tidy(whole(typed))
    if sought:
        st.caption(plain(_said(sought, list(_places(sought.casefold())))))


def _said(sought: str, places: list[str]) -> str:
    if not places:
        return f"No word of the list has “{shortened(sought)}” in it."
    more = len(places) - _MOST_NAMED
    return "; ".join(places[:_MOST_NAMED]) + (f"; and {more} more." if more > 0 else ".")


def _places(sought: str) -> Iterator[str]:
    """Every word that has it, and its category, in order."""
    for category in draft.categories():
        for position, word in enumerate(draft.words_of(category), start=1):
            if sought in word.casefold():
                hidden = ", which is hidden" if category.hidden else ""
                yield f"“{shortened(word)}”: word {position} of {shortened(tidy(category.name))}{hidden}"
