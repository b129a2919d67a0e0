"""The word-list editor: by category, as a table, or from and to a file. All three edit one draft."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from catsel_core.errors import InputError
from catsel_core.inputs.presets import PRESETS_BY_NAME
from catsel_core.inputs.word_list_files import parse, to_csv, to_json
from catsel_core.inputs.word_lists import WordList, make_word_list, without_duplicates
from pages.ui import messages
from pages.ui.controls.shared import Rows, editable_table
from pages.ui.messages import plain
from pages.ui.session import draft
from pages.ui.session.draft import DraftCategory

_MODES = ("By category", "As a table", "Paste, import, export")
_PRESET = "preset"


def preset_control() -> None:
    """Choose a ready list; it replaces the draft."""
    draft.begin()
    names = list(PRESETS_BY_NAME)
    current = draft.preset_name()
    st.selectbox(
        "Start from a ready list", names, index=names.index(current), key=_PRESET, on_change=_load_chosen_preset
    )
    st.caption(PRESETS_BY_NAME[current].question)
    if draft.words() != PRESETS_BY_NAME[current].words:
        st.caption("The list below is no longer this one.")
        st.button("Back to this list as it was", icon=":material/undo:", on_click=_load_chosen_preset, type="tertiary")


def _load_chosen_preset() -> None:
    name = st.session_state[_PRESET]
    draft.load_preset(name, PRESETS_BY_NAME[name].words)


def edit_draft() -> None:
    """Show the draft for editing in the chosen way."""
    mode = st.segmented_control(
        "Edit", _MODES, default=_MODES[0], required=True, key="edit-mode", label_visibility="collapsed"
    )
    if mode == _MODES[0]:
        _by_category()
    elif mode == _MODES[1]:
        _as_table()
    else:
        _files()


def fix_duplicates() -> None:
    """Offer to keep each word only where it stands first, if that would change the draft."""
    words = draft.words()
    fixed = without_duplicates(words)
    if fixed != words:
        st.button("Remove the repetitions", icon=":material/cleaning_services:", on_click=draft.load, args=(fixed,))


def _by_category() -> None:
    for category in draft.categories():
        with st.container(border=True):
            _one_category(category)
    st.button("Add a category", icon=":material/add:", on_click=draft.add_category)


def _one_category(category: DraftCategory) -> None:
    name = plain(category.name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.color_picker(f"Colour of {name}", category.color, **_bound(category, "color"), label_visibility="collapsed")
        st.text_input(
            "Category name", category.name, **_bound(category, "name"), label_visibility="collapsed", max_chars=60
        )
        st.button(
            "",
            icon=":material/delete:",
            key=f"remove-{category.id}",
            help=f"Remove {name}",
            on_click=draft.remove_category,
            args=(category.id,),
            type="tertiary",
        )
    st.text_area(
        f"Words of {name}",
        category.text,
        **_bound(category, "text"),
        height=80,
        label_visibility="collapsed",
        placeholder="words, separated by commas or new lines",
    )


def _bound(category: DraftCategory, field: str) -> dict[str, Any]:
    """Key and callback of a widget that writes into one field of the draft.

    Its state outlives the page: what is typed just before a link is clicked arrives when the page has changed.
    """
    key = category.widget_key(field)

    def keep() -> None:
        setattr(category, field, st.session_state[key])

    bound: dict[str, str | Callable[[], None]] = {"key": key, "on_change": keep, "persist_state": "session"}
    return bound


def _as_table() -> None:
    columns = {
        "category": st.column_config.TextColumn("Category", required=True),
        "word": st.column_config.TextColumn("Word", required=True),
    }
    _take_rows(editable_table(_rows, columns, "table", draft.version()))


def _rows() -> Rows:
    rows = [{"category": category.name, "word": word} for category, word in draft.words().labelled_words()]
    return rows or [{"category": "", "word": ""}]


def _take_rows(rows: Rows) -> None:
    colors = {category.name: category.color for category in draft.categories()}
    words: dict[str, list[str]] = {}
    for row in rows:
        name, word = (" ".join(str(row.get(column) or "").split()) for column in ("category", "word"))
        if name and word:
            words.setdefault(name, []).append(word)
    fresh = make_word_list(words.items())
    draft.replace_by([DraftCategory(c.name, ", ".join(c.words), colors.get(c.name, c.color)) for c in fresh.categories])


def _files() -> None:
    pasted = st.text_area(
        "Paste a list",
        height=140,
        placeholder="fruit: apple, pear, plum\ntools: hammer, saw, drill\n\nor CSV with columns category,word; or JSON",
    )
    if st.button("Use the pasted list", disabled=not pasted.strip()):
        _take(lambda: parse(pasted.encode()))
    uploaded = st.file_uploader("Import CSV or JSON", type=["csv", "json", "txt"], max_upload_size=1)
    if uploaded is not None and st.session_state.get("uploaded") != uploaded.file_id:
        st.session_state["uploaded"] = uploaded.file_id
        _take(lambda: parse(uploaded.getvalue()))
    words = draft.words()
    st.caption("Reloading the browser's page starts again with the book's list: export yours to keep it.")
    left, right = st.columns(2)
    left.download_button("Export CSV", to_csv(words), "catsel-words.csv", "text/csv", icon=":material/download:")
    right.download_button(
        "Export JSON", to_json(words), "catsel-words.json", "application/json", icon=":material/download:"
    )


def _take(read: Callable[[], WordList]) -> None:
    try:
        words = read()
    except InputError as exc:
        messages.error(str(exc))
        return
    draft.load(words)
    st.success(f"Loaded {sum(len(c.words) for c in words.categories)} words in {len(words.categories)} categories.")
