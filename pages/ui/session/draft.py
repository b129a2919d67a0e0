"""The word list under the visitor's hands: free text that may be wrong, apart from the session.

Only a draft without errors becomes part of the session.
"""

from dataclasses import dataclass
from itertools import count

import streamlit as st

from catsel_core.inputs.presets import BOOK, Preset
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.word_lists import PALETTE, Category, WordList, split_words, tidy, whole
from catsel_core.language import tr
from pages.ui.session import speech, undo, visitor
from pages.ui.session.undo import Former

UNDO = "list"
"""Name of the way back to the list before this one."""

_IDS = count()
_DRAFT, _PRESET = "draft", "preset_name"


class DraftCategory:
    """A category under the editor's hands: free text, and an id that names its widgets. A hidden one is left out."""

    def __init__(self, name: str, text: str, color: str, hidden: bool = False) -> None:
        self.id = next(_IDS)
        self.name, self.text, self.color, self.hidden = name, text, color, hidden

    def widget_key(self, field: str) -> str:
        """Key of the widget that edits one field."""
        return f"{field}-{self.id}"

    def take_up(self) -> None:
        """Take what stands in the widgets, if they are on the page.

        They are looked at instead of having them call: a call is lost when the next message of the browser is there
        before it is carried out.
        """
        for field in ("name", "text", "color"):
            if (key := self.widget_key(field)) in st.session_state:
                setattr(self, field, whole(st.session_state[key]))


@dataclass(frozen=True, slots=True)
class Edited:
    """A list under edit: (name, text, colour, hidden) of every category as typed, and the ready list loaded last."""

    categories: tuple[tuple[str, str, str, bool], ...]
    preset: str


def begin() -> None:
    """Start from the visitor's list if nothing is under edit yet, or take up what was typed; before all else here."""
    if _DRAFT not in st.session_state:
        replace_by(_editable(visitor.session().words.words))
    _take_up()


def edited() -> Edited | None:
    """The list under edit as plain values, if there is one."""
    if _DRAFT not in st.session_state:
        return None
    return Edited(tuple((c.name, c.text, c.color, c.hidden) for c in categories()), preset_name())


def resume(former: Edited) -> None:
    """Go on with a list that was under edit before."""
    replace_by([DraftCategory(*each) for each in former.categories])
    st.session_state[_PRESET] = former.preset


def _take_up() -> None:
    for category in categories():
        category.take_up()


def categories() -> list[DraftCategory]:
    """The list under edit, in order."""
    made: list[DraftCategory] = st.session_state[_DRAFT]
    return made


def words() -> WordList:
    """The draft as a word list, checked or not, without what is hidden."""
    shown = [category for category in categories() if not category.hidden]
    return WordList(tuple(Category(tidy(each.name), words_of(each), each.color) for each in shown))


def words_of(category: DraftCategory) -> tuple[str, ...]:
    """The words of one category, hidden or not."""
    return split_words(category.text)


def replace_by(made: list[DraftCategory]) -> None:
    """Put other categories in the place of the draft's, edited where they were made."""
    st.session_state[_DRAFT] = made


def load(chosen: WordList) -> None:
    """Start editing from a list that takes the place of the draft, with a way back."""
    _replace_whole(_editable(chosen), preset_name(), tr("Another list has taken the place of yours."))


def _editable(chosen: WordList) -> list[DraftCategory]:
    return [DraftCategory(c.name, ", ".join(c.words), c.color) for c in chosen.categories]


def _replace_whole(made: list[DraftCategory], preset: str, said: str, at: int | None = None) -> None:
    """Put another list in the draft's place, from which there is a way back to all of the former one."""
    _take_up()
    before, its_preset = categories(), preset_name()

    def put_back() -> None:
        _replace_whole(before, its_preset, tr("The list from before is back."))

    undo.remember(UNDO, Former(said, put_back, at))
    replace_by(made)
    st.session_state[_PRESET] = preset


def add_category() -> None:
    """Append an empty category with the first colour not in use: in a callback."""
    speech.begin()
    present = categories()
    used = {category.color for category in present}
    color = next((c for c in PALETTE if c not in used), PALETTE[len(present) % len(PALETTE)])
    names = {category.name for category in present}
    numbered = (tr("category {number}", number=number) for number in count(len(present) + 1))
    name = next(name for name in numbered if name not in names)
    present.append(DraftCategory(name, "", color))


def hide_category(identity: int) -> None:
    """Leave one category out of the list without losing it, or take it in again."""
    category = next(each for each in categories() if each.id == identity)
    category.hidden = not category.hidden


def remove_category(identity: int) -> None:
    """Take one category out of the draft: in a callback."""
    speech.begin()
    present = categories()
    at = next(number for number, category in enumerate(present) if category.id == identity)
    rest = [*present[:at], *present[at + 1 :]]
    _replace_whole(rest, preset_name(), tr("The category “{name}” is gone.", name=shortened(present[at].name)), at)


def preset_name() -> str:
    """Name of the ready list last loaded."""
    chosen: str = st.session_state.get(_PRESET, BOOK.name)
    return chosen


def load_preset(chosen: Preset) -> None:
    """Start editing from a ready list."""
    said = tr("The list “{name}” has taken the place of the one before.", name=chosen.title)
    _replace_whole(_editable(chosen.words), chosen.name, said)
