"""The word-list editor: by category, as a table, or from and to a file. All three edit one draft."""

from collections.abc import Callable

import streamlit as st

from catsel_core.inputs.own_lists import ready_lists
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.quotations import listed
from catsel_core.inputs.word_list_checks import check, repetitions
from catsel_core.inputs.word_list_files import parse, parse_text, to_csv, to_json
from catsel_core.inputs.word_lists import WordList, make_word_list, tidy, whole, without_duplicates
from catsel_core.language import mark, tr, tr_count
from pages.ui import messages
from pages.ui.controls import imports
from pages.ui.controls.shared import editable_table, known
from pages.ui.messages import plain
from pages.ui.session import draft, history, speech, undo
from pages.ui.session.draft import DraftCategory
from pages.ui.session.tables import Rows

_MODES = (mark("By category"), mark("As a table"), mark("Paste, import, export"))
_MOST_SHOWN = 4
_PRESET, _IMPORT, _FIXED = "preset", "words-import", "words-fixed"


def preset_control() -> None:
    """Choose a ready list; it replaces the draft, and the way back is offered."""
    draft.begin()
    lists = ready_lists()
    current = st.session_state[_PRESET] = known(draft.preset_name(), lists.by_name, BOOK.name)
    st.selectbox(
        tr("Start from a ready list"),
        list(lists.by_name),
        format_func=lambda name: lists.by_name[name].title,
        key=_PRESET,
        on_change=_load_chosen_preset,
        help=tr("It takes the place of the list below; Undo brings yours back."),
    )
    for problem in lists.problems:
        messages.note(problem)
    st.caption(messages.plain(lists.by_name[current].about))
    if draft.words() != lists.by_name[current].words:
        st.caption(tr("You have changed this list."))
        st.button(
            tr("Start again from the list as it was"),
            icon=":material/replay:",
            on_click=_load_chosen_preset,
            type="tertiary",
        )


def _load_chosen_preset() -> None:
    speech.begin()
    by_name = ready_lists().by_name
    name = known(st.session_state[_PRESET], by_name, draft.preset_name())
    if name in by_name:  # its file may have gone meanwhile
        draft.load_preset(by_name[name])


def edit_draft() -> None:
    """Show the draft for editing in the chosen way."""
    mode = st.segmented_control(
        tr("Edit"),
        _MODES,
        default=_MODES[0],
        format_func=tr,
        required=True,
        key="edit-mode",
        label_visibility="collapsed",
    )
    if mode != _MODES[2]:
        imports.forget(_IMPORT)
    top = st.container()
    if mode == _MODES[0]:
        _by_category()
    elif mode == _MODES[1]:
        _as_table()
    else:
        _files()
    if mode != _MODES[0] or undo.place(draft.UNDO) is None:
        with top:
            undo.offer(draft.UNDO)
    _history_buttons()


def _history_buttons() -> None:
    """Back through all edits, and forth again."""
    history.note()
    with st.container(horizontal=True, gap="small"):
        for label, icon, by in ((tr("Undo the last edit"), "undo", -1), (tr("Redo"), "redo", 1)):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=not history.can_go(by),
                on_click=history.go,
                args=(by,),
                type="tertiary",
            )


def fix_duplicates() -> None:
    """Offer to keep each word only where it stands first, if that mends the draft without a new error."""
    _offer_without_repetitions(draft.words())


def _offer_without_repetitions(words: WordList) -> None:
    fixed = without_duplicates(words)
    if fixed != words and set(error_messages(fixed)) <= set(error_messages(words)):
        st.button(
            tr("Remove the repetitions"),
            icon=":material/cleaning_services:",
            on_click=_load_fixed,
            args=(words, fixed),
        )


def _load_fixed(words: WordList, fixed: WordList) -> None:
    speech.begin()
    imports.forget(_IMPORT)
    draft.load(fixed)
    st.session_state[_FIXED] = draft.words(), _what_went(words, fixed)


def show_what_was_fixed() -> None:
    """Say what the removal of repetitions has done, until the list is another one."""
    fixed, done = st.session_state.get(_FIXED, (None, ""))
    if fixed == draft.words():
        messages.note(done)


def error_messages(words: WordList) -> list[str]:
    """What keeps a list from being used."""
    return [finding.message for finding in check(words) if finding.level == "error"]


def _what_went(words: WordList, thinned: WordList) -> str:
    """What is gone from a list without its repetitions, in words."""
    repeated = repetitions(words)
    kept = {category.name for category in thinned.categories}
    emptied = [category.name for category in words.categories if category.name not in kept]
    kept_first = tr("Kept only where they stand first: {words}.", words=listed(repeated))
    if not emptied:
        return kept_first
    removed = tr("Removed, since no other words were in it: {categories}.", categories=listed(emptied))
    return f"{kept_first} {removed}"


def _by_category() -> None:
    present, gap = draft.categories(), undo.place(draft.UNDO)
    for number in range(len(present) + 1):
        if gap is not None and number == min(gap, len(present)):
            undo.offer(draft.UNDO)
        if number < len(present):
            with st.container(border=True):
                _one_category(present[number])
    st.button(tr("Add a category"), icon=":material/add:", on_click=draft.add_category)


def _one_category(category: DraftCategory) -> None:
    name = plain(category.name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.color_picker(
            tr("Colour of {name}", name=name),
            category.color,
            key=category.widget_key("color"),
            label_visibility="collapsed",
        )
        st.text_input(
            tr("Category name"),
            category.name,
            key=category.widget_key("name"),
            label_visibility="collapsed",
            max_chars=60,
        )
        _hide_button(category, name)
        _icon_button(tr("Delete {name}", name=name), "delete", f"remove-{category.id}", draft.remove_category, category)
    if not category.hidden:
        st.text_area(
            tr("Words of {name}", name=name),
            category.text,
            key=category.widget_key("text"),
            height=80,
            label_visibility="collapsed",
            placeholder=tr("words, separated by commas or new lines"),
        )


def _hide_button(category: DraftCategory, name: str) -> None:
    shown, hidden = tr("Hide {name} without losing it", name=name), tr("Show {name} again", name=name)
    label = hidden if category.hidden else shown
    icon = "visibility_off" if category.hidden else "visibility"
    _icon_button(label, icon, f"hide-{category.id}", draft.hide_category, category)


def _icon_button(label: str, icon: str, key: str, click: Callable[[int], None], category: DraftCategory) -> None:
    """A button that is seen by its icon and read by its name."""
    st.button(
        label, icon=f":material/{icon}:", key=key, help=label, on_click=click, args=(category.id,), type="tertiary"
    )


def _as_table() -> None:
    columns = {
        "category": st.column_config.TextColumn(tr("Category"), required=True),
        "word": st.column_config.TextColumn(tr("Word"), required=True),
    }
    editable_table(_rows, _take_rows, columns, "table")


def _rows() -> Rows:
    rows = [{"category": category.name, "word": word} for category, word in draft.words().labelled_words()]
    return rows or [{"category": "", "word": ""}]


def _take_rows(rows: Rows) -> None:
    colors = {category.name: category.color for category in draft.categories()}
    words: dict[str, list[str]] = {}
    for row in rows:
        name, word = (tidy(whole(str(row.get(column) or ""))) for column in ("category", "word"))
        if name and word:
            words.setdefault(name, []).append(word)
    fresh = make_word_list(words.items())
    made = [DraftCategory(c.name, ", ".join(c.words), colors.get(c.name, c.color)) for c in fresh.categories]
    draft.replace_by([*made, *(category for category in draft.categories() if category.hidden)])


def _files() -> None:
    pasted = st.text_area(
        tr("Paste a list"),
        height=140,
        help=tr("As you have it: lines with a category and its words, headings with words below, a table, or JSON."),
        key="pasted-list",
        persist_state="session",
        placeholder=tr("fruit: apple, pear, plum\ntools: hammer, saw, drill\n\nor headings with words, a table, JSON"),
    )
    if st.button(tr("Use the pasted list"), disabled=not pasted.strip()):
        imports.offer(_IMPORT, pasted)
    imports.upload(tr("Import a list: CSV, text or JSON"), ["csv", "tsv", "json", "jsonl", "txt", "md"], _IMPORT)
    imports.read(_IMPORT, imports.Parsers(parse, parse_text), _take)
    words = draft.words()
    st.caption(
        tr("The list as it is above, for other programs. All that you have chosen is saved on *Save and share*.")
    )
    left, right = st.columns(2)
    left.download_button(tr("Export CSV"), to_csv(words), "catsel-words.csv", "text/csv", icon=":material/download:")
    right.download_button(
        tr("Export JSON"), to_json(words), "catsel-words.json", "application/json", icon=":material/download:"
    )


def _take(words: WordList) -> str:
    """Put an imported list into the draft if it can be used; else say why not, and offer it without repetitions."""
    errors = error_messages(words)
    if errors:
        for message in errors[:_MOST_SHOWN]:
            messages.error(message)
        _offer_without_repetitions(words)
        return ""
    draft.load(words)
    n_words = sum(len(category.words) for category in words.categories)
    return tr_count(
        "Loaded {count} word in {categories} categories.",
        "Loaded {count} words in {categories} categories.",
        n_words,
        categories=len(words.categories),
    )
