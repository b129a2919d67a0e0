"""The live check of the draft: what is wrong, what is worth knowing, and how each word is split."""

from collections import Counter

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.inputs.items import InputSet, Item, word_items
from catsel_core.inputs.word_lists import WordList, check
from catsel_core.models import find as models
from pages.ui import messages
from pages.ui.controls import word_list as editor
from pages.ui.messages import escape
from pages.ui.session import state


def apply_draft() -> InputSet | None:
    """Make the draft current if nothing is wrong with it; otherwise say what is, and keep the last good list."""
    words = state.draft_words()
    errors, inputs = _examine(words)
    if errors:
        for message in errors[:4]:
            messages.error(message)
        if len(errors) > 4:
            st.caption(f"… and {len(errors) - 4} more of this kind.")
        editor.fix_duplicates()
        st.caption("Below is still the result of the last list without errors.")
        return None
    state.set_words(words)
    for finding in check(words):
        messages.note(finding.message)
    return inputs


def adopt_draft() -> None:
    """Take over edits of a draft that reached the server only after the visitor had left the Words page."""
    words = state.draft_words()
    if words != state.request().words and not _examine(words)[0]:
        state.set_words(words)


def _examine(words: WordList) -> tuple[list[str], InputSet | None]:
    """What keeps the list from being used, and its items if nothing does."""
    errors = [finding.message for finding in check(words) if finding.level == "error"]
    if errors:
        return errors, None
    request = state.request()
    try:
        tokenizer = models.tokenizer_of(models.find_model(request.model))
        return [], word_items(words, request.template, request.pooling, tokenizer)
    except CatselError as exc:
        return [str(exc)], None


def show_check(inputs: InputSet | None) -> None:
    """Every word as a chip with its pieces, category by category."""
    if inputs is None:
        return
    st.markdown("**How the model splits the words**")
    counts = Counter(len(item.pieces) for item in (*inputs.items, *inputs.dropped))
    several = sum(number for pieces, number in counts.items() if pieces > 1)
    st.markdown(f"{counts.total()} words, {counts[1]} of one token" + (f", {several} of several" if several else ""))
    dropped = set(inputs.dropped)
    groups = dict.fromkeys(item.group for item in (*inputs.items, *inputs.dropped))
    for group in groups:
        members = [item for item in (*inputs.items, *inputs.dropped) if item.group == group]
        chips = "".join(_chip(item, item in dropped) for item in members)
        st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.3rem .35rem;font-size:.86rem">{chips}</div>')


def _chip(item: Item, dropped: bool) -> str:
    color = state.request().words.colors[item.group]
    text = escape(item.label)
    title = "one token"
    if len(item.pieces) > 1:
        text += " <small>" + escape(" | ".join(piece.strip() or "␣" for piece in item.pieces)) + "</small>"
        title = f"{len(item.pieces)} tokens" + (", left out" if dropped else "")
    style = f"border:1px solid {color};border-left-width:.45rem;border-radius:.4rem;"
    style += "padding:.05rem .45rem;overflow-wrap:anywhere"
    look = ";opacity:.5;text-decoration:line-through" if dropped else ""
    return f'<span title="{title}" style="{style}{look}">{text}</span>'
