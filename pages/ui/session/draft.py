"""The word list under the visitor's hands: free text that may be wrong, apart from the session.

Only a draft without errors becomes part of the session.
"""

from itertools import count

import streamlit as st

from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_lists import PALETTE, Category, WordList, split_words, tidy
from pages.ui.session import visitor

_IDS = count()
_DRAFT, _VERSION, _PRESET = "draft", "draft_version", "preset_name"


class DraftCategory:
    """A category under the editor's hands: free text, and an id that names its widgets."""

    def __init__(self, name: str, text: str, color: str) -> None:
        self.id = next(_IDS)
        self.name, self.text, self.color = name, text, color

    def widget_key(self, field: str) -> str:
        """Key of the widget that edits one field."""
        return f"{field}-{self.id}"


def begin() -> None:
    """Start from the visitor's list if nothing is under edit yet; before anything of the draft is read."""
    if not is_open():
        load(visitor.session().words.words)


def is_open() -> bool:
    """Whether anything has been under edit."""
    return _DRAFT in st.session_state


def categories() -> list[DraftCategory]:
    """The list under edit, in order."""
    made: list[DraftCategory] = st.session_state[_DRAFT]
    return made


def words() -> WordList:
    """The draft as a word list, checked or not."""
    return WordList(tuple(Category(tidy(c.name), split_words(c.text), c.color) for c in categories()))


def replace_by(made: list[DraftCategory]) -> None:
    """Put other categories in the place of the draft's, edited where they were made."""
    st.session_state[_DRAFT] = made


def load(chosen: WordList) -> None:
    """Start editing from a list; tables of the draft start anew."""
    replace_by([DraftCategory(c.name, ", ".join(c.words), c.color) for c in chosen.categories])
    st.session_state[_VERSION] = version() + 1


def version() -> int:
    """How often the draft has been loaded."""
    number: int = st.session_state.get(_VERSION, 0)
    return number


def add_category() -> None:
    """Append an empty category with the first colour not in use."""
    present = categories()
    used = {category.color for category in present}
    color = next((c for c in PALETTE if c not in used), PALETTE[len(present) % len(PALETTE)])
    names = {category.name for category in present}
    name = next(name for number in count(len(present) + 1) if (name := f"category {number}") not in names)
    present.append(DraftCategory(name, "", color))


def remove_category(identity: int) -> None:
    """Take one category out of the draft."""
    replace_by([category for category in categories() if category.id != identity])


def preset_name() -> str:
    """Name of the ready list last loaded."""
    chosen: str = st.session_state.get(_PRESET, BOOK.name)
    return chosen


def load_preset(name: str, chosen: WordList) -> None:
    """Start editing from a ready list."""
    st.session_state[_PRESET] = name
    load(chosen)
