"""The live check of the draft: what is wrong, what is worth knowing, and how each word is split."""

from collections import Counter
from dataclasses import replace

import streamlit as st

from catsel_core.analyses.words import word_inputs
from catsel_core.errors import CatselError
from catsel_core.inputs.items import InputSet, Item, Pooling
from catsel_core.inputs.word_list_checks import check
from catsel_core.language import tr, tr_count
from catsel_core.session import WordsChoice
from pages.ui import messages
from pages.ui.controls import word_list as editor
from pages.ui.controls.last_pieces import offer_mean
from pages.ui.messages import escape
from pages.ui.session import draft, visitor

_MOST_SHOWN = 4


def apply_draft(template: str, pooling: Pooling) -> InputSet | None:
    """Make draft, template and pooling the visitor's if they can be used together, in one write; else say why not.

    A draft with errors keeps the last good list, with which template and pooling are tried all the same.

    Returns:
        The items, or None where something keeps the last good choice.
    """
    words, current = draft.words(), visitor.session().words
    errors = editor.error_messages(words)
    chosen = replace(current, words=current.words if errors else words, template=template, pooling=pooling)
    inputs, reason = _items(chosen)
    if inputs is not None:
        visitor.change(words=chosen)
    if errors or inputs is None:
        _explain(errors or [reason])
        return None
    editor.show_what_was_fixed()
    for finding in check(words):
        messages.note(finding.message)
    return inputs


def _items(chosen: WordsChoice) -> tuple[InputSet | None, str]:
    """The items of a list without errors, or why this model cannot read it so."""
    try:
        return word_inputs(replace(visitor.session(), words=chosen).word_request())[1], ""
    except CatselError as exc:
        return None, str(exc)


def _explain(errors: list[str]) -> None:
    for message in errors[:_MOST_SHOWN]:
        messages.error(message)
    if len(errors) > _MOST_SHOWN:
        st.caption(tr("More errors will be shown once these are fixed."))
    editor.fix_duplicates()
    st.caption(tr("Below is still the result of the last choice without errors."))


def show_check(inputs: InputSet | None) -> None:
    """Every word as a chip with its pieces, category by category."""
    if inputs is None:
        return
    items = (*inputs.items, *inputs.dropped)
    st.markdown(tr("**How the model splits the words**"))
    counts = Counter(len(item.pieces) for item in items)
    st.markdown(_split(counts[1], counts.total() - counts[1]))
    offer_mean(inputs)
    dropped = set(inputs.dropped)
    for group in dict.fromkeys(item.group for item in items):
        chips = "".join(_chip(item, item in dropped) for item in items if item.group == group)
        st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.3rem .35rem;font-size:.86rem">{chips}</div>')


def _split(whole: int, several: int) -> str:
    """How many words are one token, and how many several."""
    if not several:
        return tr("{whole} words, each a single token.", whole=whole)
    return tr_count(
        "{total} words: {count} is a single token, {several} more than one.",
        "{total} words: {count} are a single token, {several} more than one.",
        whole,
        total=whole + several,
        several=several,
    )


def _chip(item: Item, dropped: bool) -> str:
    color = visitor.session().words.words.colors[item.group]
    text = f"<bdi>{escape(item.label)}</bdi>"
    title = tr("one token")
    if len(item.pieces) > 1:
        text += (
            " <small>" + " | ".join(f"<bdi>{escape(piece.strip() or '␣')}</bdi>" for piece in item.pieces) + "</small>"
        )
        tokens = len(item.pieces)
        title = tr("{tokens} tokens, left out", tokens=tokens) if dropped else tr("{tokens} tokens", tokens=tokens)
    style = f"border:1px solid {color};border-left-width:.45rem;border-radius:.4rem;"
    style += "padding:.05rem .45rem;overflow-wrap:anywhere"
    look = ";opacity:.5;text-decoration:line-through" if dropped else ""
    return f'<span title="{title}" style="{style}{look}">{text}</span>'
