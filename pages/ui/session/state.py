"""What one visitor has chosen. Kept apart from widgets, whose state ends with the page they stand on.

``request`` is the last complete and valid choice: every page shows its result. ``draft`` is the
list as it is being edited; only a draft without errors becomes part of the request.
"""

from dataclasses import replace
from itertools import count

import streamlit as st

from catsel_core.analyses.contexts import ContextRequest, first_request
from catsel_core.analyses.sentences import SentenceRequest
from catsel_core.analyses.side_by_side import CompareRequest, Side, other_side, side_of
from catsel_core.analyses.words import WordRequest
from catsel_core.figures import Scale
from catsel_core.inputs.items import Pooling
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_lists import PALETTE, Category, WordList
from catsel_core.models.find import Precision

_IDS = count()


class DraftCategory:
    """A category under the editor's hands: free text, and an id that names its widgets."""

    def __init__(self, name: str, text: str, color: str) -> None:
        self.id = next(_IDS)
        self.name, self.text, self.color = name, text, color


def request() -> WordRequest:
    """The visitor's current request; the book's experiment at first."""
    chosen: WordRequest = st.session_state.setdefault("request", WordRequest())
    return chosen


def model() -> tuple[str, Precision]:
    """The model that all pages use, and the precision that it runs in."""
    return request().model, request().precision


def set_model(reference: str, precision: Precision) -> None:
    """Make a model that is on this computer the current one of all pages."""
    others: dict[str, None] = st.session_state.setdefault("other_models", {})
    others[reference] = None
    st.session_state["request"] = replace(request(), model=reference, precision=precision)
    st.session_state["contexts"] = replace(contexts(), model=reference, precision=precision)
    st.session_state["sentences"] = replace(sentences(), model=reference, precision=precision)


def other_models() -> tuple[str, ...]:
    """Every model that this visitor has used so far, by reference."""
    used: dict[str, None] = st.session_state.setdefault("other_models", {})
    return tuple(used)


def set_words(words: WordList) -> None:
    """Make a checked list the current one."""
    st.session_state["request"] = replace(request(), words=words)


def set_prompt(template: str, pooling: Pooling) -> None:
    """Make a checked template and treatment of pieces the current ones."""
    st.session_state["request"] = replace(request(), template=template, pooling=pooling)


def contexts() -> ContextRequest:
    """The visitor's current choice of text and words to look for."""
    if "contexts" not in st.session_state:
        st.session_state["contexts"] = first_request()
    chosen: ContextRequest = st.session_state["contexts"]
    return chosen


def set_contexts(chosen: ContextRequest) -> None:
    """Make a checked choice the current one."""
    st.session_state["contexts"] = chosen


def sentences() -> SentenceRequest:
    """The visitor's current sentences."""
    chosen: SentenceRequest = st.session_state.setdefault("sentences", SentenceRequest())
    return chosen


def set_sentences(chosen: SentenceRequest) -> None:
    """Make checked sentences the current ones."""
    st.session_state["sentences"] = chosen


def sides() -> tuple[Side, Side]:
    """Both sides of the visitor's comparison: at first the current choice, and beside it something to compare."""
    stored: dict[str, Side] = st.session_state.setdefault("sides", {})
    current = request()
    a = stored.get("A") or side_of(current)
    return a, stored.get("B") or other_side(a)


def set_side(letter: str, chosen: Side) -> None:
    """Make a checked side the current one, if the visitor has changed it."""
    a, b = sides()
    if chosen != (a if letter == "A" else b):
        st.session_state["sides"][letter] = chosen


def comparison() -> CompareRequest:
    """The visitor's current comparison."""
    return CompareRequest(request().words, *sides())


def scale() -> Scale:
    """Ranges of colours and axes on the layer pages."""
    chosen: Scale = st.session_state.setdefault("scale", "layer")
    return chosen


def draft() -> list[DraftCategory]:
    """The list under edit, in order; starts as the current list."""
    if "draft" not in st.session_state:
        load_draft(request().words)
    made: list[DraftCategory] = st.session_state["draft"]
    return made


def load_draft(words: WordList) -> None:
    """Start editing from ``words``."""
    st.session_state["draft"] = [DraftCategory(c.name, ", ".join(c.words), c.color) for c in words.categories]
    st.session_state["table_version"] = st.session_state.get("table_version", 0) + 1


def widget_key(category: DraftCategory, field: str) -> str:
    """Key of the widget that edits one field of a category."""
    return f"{field}-{category.id}"


def add_category() -> None:
    """Append an empty category with the first colour not in use."""
    used = {category.color for category in draft()}
    color = next((c for c in PALETTE if c not in used), PALETTE[len(draft()) % len(PALETTE)])
    names = {category.name for category in draft()}
    name = next(name for number in count(len(draft()) + 1) if (name := f"category {number}") not in names)
    draft().append(DraftCategory(name, "", color))


def remove_category(identity: int) -> None:
    """Take one category out of the draft."""
    st.session_state["draft"] = [category for category in draft() if category.id != identity]


def draft_words() -> WordList:
    """The draft as a word list, checked or not."""
    from catsel_core.inputs.word_lists import split_words

    return WordList(tuple(Category(" ".join(c.name.split()), split_words(c.text), c.color) for c in draft()))


def preset_name() -> str:
    """Name of the ready list last loaded."""
    chosen: str = st.session_state.setdefault("preset_name", BOOK.name)
    return chosen
