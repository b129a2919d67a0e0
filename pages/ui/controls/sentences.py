"""The sentences with their marked words: as a table, or from and to a file."""

from dataclasses import replace
from typing import Any

import streamlit as st

from catsel_core.analyses.sentences import sentence_inputs
from catsel_core.errors import CatselError
from catsel_core.inputs.sentence_files import bundled_senses, parse_sentence_text, parse_sentences, to_csv
from catsel_core.inputs.sentences import Sentence, checked, findings
from catsel_core.inputs.word_lists import tidy, whole
from catsel_core.language import mark, tr, tr_count
from pages.ui import messages
from pages.ui.controls import imports
from pages.ui.controls.shared import editable_table
from pages.ui.session import speech, undo, visitor
from pages.ui.session.tables import Rows
from pages.ui.session.undo import Former

_TABLE, _FILES = mark("As a table"), mark("Import, export")
_IMPORT = "sentences-import"
_UNDO = "sentences"
_HINT = mark(
    "The model reads from left to right: what settles the meaning must stand *before* the word. "
    "Name each sense of a word as you like, for example bank/river and bank/money."
)


def edit_sentences() -> None:
    """Edit the sentences; a list without errors becomes current, with an error the last good one stays."""
    st.caption(tr(_HINT))
    mode = st.segmented_control(
        tr("Edit"),
        [_TABLE, _FILES],
        default=_TABLE,
        format_func=tr,
        required=True,
        key="sentence-mode",
        label_visibility="collapsed",
    )
    top = st.container()
    if mode == _TABLE:
        imports.forget(_IMPORT)
        _as_table()
    else:
        _files()
    with top:
        undo.offer(_UNDO)


def show_notes() -> None:
    """What is worth knowing about the current sentences."""
    with st.container():  # there even if empty: charts keep their place, see results.analysis
        for note in findings(visitor.session().sentences.sentences):
            messages.note(note)


def _as_table() -> None:
    columns = {
        "target": st.column_config.TextColumn(tr("Word"), width="small", required=True),
        "group": st.column_config.TextColumn(tr("Sense"), width="small", required=True),
        "text": st.column_config.TextColumn(tr("Sentence"), width="large", required=True),
    }
    editable_table(_rows, _take_rows, columns, "sentences")


def _rows() -> Rows:
    return [{"target": s.target, "group": s.group, "text": s.text} for s in visitor.session().sentences.sentences]


def _take_rows(rows: Rows) -> None:
    _use(tuple(sentence for row in rows if (sentence := _sentence(row)) is not None))


def _sentence(row: dict[str, Any]) -> Sentence | None:
    target, group, text = (tidy(whole(str(row.get(column) or ""))) for column in ("target", "group", "text"))
    return Sentence(group, text, target) if target or group or text else None


def _files() -> None:
    imports.upload(
        tr("Import a table, or JSON, with the columns group (the sense), text (the sentence) and target (the word)"),
        ["csv", "tsv", "txt", "json", "jsonl"],
        _IMPORT,
    )
    imports.read(_IMPORT, imports.Parsers(parse_sentences, parse_sentence_text), _take)
    sentences = visitor.session().sentences.sentences
    with st.container(horizontal=True):
        st.download_button(
            tr("Export CSV"), to_csv(sentences), "catsel-sentences.csv", "text/csv", icon=":material/download:"
        )
        if sentences != bundled_senses():
            st.button(tr("Back to the bundled sentences"), icon=":material/undo:", on_click=_restore)


def _restore() -> None:
    speech.begin()
    _replace_whole(bundled_senses(), tr("The bundled sentences have taken the place of yours."))


def _replace_whole(sentences: tuple[Sentence, ...], said: str) -> None:
    """Put checked sentences in the place of the current ones, to which there is a way back."""
    _remember(visitor.session().sentences.sentences, said)
    visitor.change(sentences=replace(visitor.session().sentences, sentences=sentences))


def _remember(before: tuple[Sentence, ...], said: str) -> None:
    undo.remember(_UNDO, Former(said, lambda: _replace_whole(before, tr("The sentences from before are back."))))


def _take(sentences: tuple[Sentence, ...]) -> str:
    before = visitor.session().sentences.sentences
    _make_current(sentences)
    _remember(before, tr("These sentences have taken the place of yours."))
    return tr_count("Loaded {count} sentence.", "Loaded {count} sentences.", len(sentences))


def _use(sentences: tuple[Sentence, ...]) -> None:
    """Make edited sentences current, if they can be used."""
    try:
        _make_current(sentences)
    except CatselError as exc:
        messages.error(str(exc))
        messages.aside(tr("The charts still show the last sentences that had no errors."))


def _make_current(found: tuple[Sentence, ...]) -> None:
    """One write, after the check.

    Raises:
        CatselError: if they cannot be used, or not with this model.
    """
    session = visitor.session()
    current = session.sentences
    sentences = checked(found)
    if sentences != current.sentences:
        changed = replace(session, sentences=replace(current, sentences=sentences))
        sentence_inputs(changed.sentence_request())
    visitor.change(sentences=replace(current, sentences=sentences))
