"""A word found in the list under edit."""

from collections.abc import Iterator

import streamlit as st

from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.word_lists import tidy, whole
from catsel_core.language import tr
from pages.ui.messages import plain
from pages.ui.session import draft
from pages.ui.session.draft import DraftCategory

_MOST_NAMED = 8


def find_control() -> None:
    """A field for a word or a part of one, and where it stands."""
    typed = st.text_input(tr("Find a word"), key="find-word", placeholder=tr("a word or a part of one"))
    sought = tidy(whole(typed))
    if sought:
        st.caption(plain(_said(sought, list(_places(sought.casefold())))))


def _said(sought: str, places: list[str]) -> str:
    if not places:
        return tr("No word of the list has “{sought}” in it.", sought=shortened(sought))
    named, more = "; ".join(places[:_MOST_NAMED]), len(places) - _MOST_NAMED
    return tr("{places}; and {more} more.", places=named, more=more) if more > 0 else f"{named}."


def _places(sought: str) -> Iterator[str]:
    """Every word that has it, and its category, in order."""
    for category in draft.categories():
        for position, word in enumerate(draft.words_of(category), start=1):
            if sought in word.casefold():
                yield _place(shortened(word), position, category)


def _place(word: str, position: int, category: DraftCategory) -> str:
    name = shortened(tidy(category.name))
    if category.hidden:
        return tr(
            "“{word}”: word {position} of {category}, which is hidden", word=word, position=position, category=name
        )
    return tr("“{word}”: word {position} of {category}", word=word, position=position, category=name)
