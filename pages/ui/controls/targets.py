"""The words to look for in a text, and how the windows before them are cut; what was found."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from catsel_core.analyses.contexts import (
    ContextRequest,
    Located,
    corpus_in_tokens,
    locate,
    suggestions,
    usual_targets,
)
from catsel_core.errors import CatselError
from catsel_core.hidden_states.prepare import ready_model
from catsel_core.inputs.items import TokenPooling
from catsel_core.inputs.occurrences import DEFAULT_MOST, WINDOWS, Occurrences, WindowChoice
from catsel_core.inputs.pieces import with_visible_spaces
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.search_notes import search_notes
from catsel_core.inputs.targets import MAX_TARGETS, split_targets
from catsel_core.inputs.text_references import TextReference, text_of, whole_text
from catsel_core.inputs.texts import Text
from catsel_core.inputs.windows import keyword_in_context
from catsel_core.inputs.writing import is_unspaced
from catsel_core.language import mark, tr
from catsel_core.models.spec import ModelSpec
from pages.ui import messages
from pages.ui.controls.shared import one_of, pooling_control, show_rows
from pages.ui.messages import escape
from pages.ui.session import visitor
from pages.ui.session.limits import MOST_OCCURRENCES
from pages.ui.session.whole import TYPED_TARGETS
from pages.ui.work import results

_TYPED = "targets"
_TOKENS_BEFORE = 5


def targets_control(reference: TextReference) -> None:
    """Edit words and windows; a choice without errors becomes current, with an error the last good one stays."""
    session = visitor.session()
    try:
        text = text_of(reference, visitor.own_texts())
        model = ready_model(session.model.reference)
        _begin_with_usual_words(reference, text, model)
    except CatselError as exc:
        messages.error(str(exc))
        return
    st.text_input(
        tr("Words to look for"),
        key=_TYPED,
        persist_state="session",
        help=tr("Up to {most}, separated by commas. The first is compared with the others together.", most=MAX_TARGETS),
    )
    words = suggestions(text, model)
    if words:
        st.pills(
            tr("Suggestions from this text"),
            words,
            format_func=messages.plain,
            key="suggestion",
            on_change=_add_suggestion,
            wrap=True,
            help=tr("Words that occur often enough and keep to parts of the text. Click one to add it to those above."),
        )
    windows, pooling = _window_control()
    targets = split_targets(st.session_state[_TYPED])
    chosen = replace(session.contexts, text=reference, targets=targets, windows=windows, pooling=pooling)
    if not targets:
        _explain(_no_words(text, corpus_in_tokens(text, model).n_tokens, windows.window, words), reference, text)
        return
    try:
        with st.spinner(tr("Reading the text …")):
            locate(replace(session, contexts=chosen).context_request(visitor.own_texts()))
    except CatselError as exc:
        _explain(str(exc), reference, text)
    else:
        visitor.change(contexts=chosen)


def _no_words(text: Text, n_tokens: int, window: int, suggested: Sequence[str]) -> str:
    """Why nothing is looked for in the text under hand, and what to do."""
    name = shortened(text.title)
    if n_tokens <= window:
        return tr(
            "“{name}” has {n_tokens} tokens, too few for {window} tokens before a word. "
            "Use a longer text, or fewer tokens before a word, and type words that occur in it.",
            name=name,
            n_tokens=n_tokens,
            window=window,
        )
    if suggested:
        return tr(
            "No target word is given for “{name}”. Type one to eight words, or choose some of the suggestions.",
            name=name,
        )
    return tr(
        "No word of “{name}” occurs often enough to be suggested. Type one to eight words that occur in it.", name=name
    )


def _explain(message: str, reference: TextReference, text: Text) -> None:
    """Say why the choice under hand is not used, and whose result is still shown."""
    messages.error(message)
    used, other = visitor.session().contexts.text, None
    if used != reference:
        with suppress(CatselError):  # a text that has gone is said where its result would be
            other = text_of(used, visitor.own_texts())
    if other is None:
        messages.aside(tr("Below is still the result of the last choice without errors."))
    elif other.name == text.name:
        messages.aside(tr("Below is still the result of the last choice without errors, in the text before this one."))
    else:
        name = shortened(other.title)
        still = tr("Below is still the result of the last choice without errors, in “{name}”.", name=name)
        messages.aside(still)


def _begin_with_usual_words(reference: TextReference, text: Text, model: ModelSpec) -> None:
    """A text comes with words that occur in it; what a visitor typed for it is kept, with its licence and without."""
    typed: dict[TextReference, str] = st.session_state.setdefault(TYPED_TARGETS, {})
    whole = whole_text(reference)
    if st.session_state.get("targets_text") == whole and _TYPED in st.session_state:
        typed[whole] = st.session_state[_TYPED]
        return
    current = visitor.session().contexts
    usual = current.targets if current.text == reference else usual_targets(text, model)
    st.session_state["targets_text"] = whole
    st.session_state[_TYPED] = typed.get(whole, ", ".join(usual))


def _add_suggestion() -> None:
    word = st.session_state["suggestion"]
    targets = split_targets(st.session_state[_TYPED])
    if word and word not in targets:
        st.session_state[_TYPED] = ", ".join((*targets, word))
    st.session_state["suggestion"] = None


def _window_control() -> tuple[WindowChoice, TokenPooling]:
    current = visitor.session().contexts
    with st.container(horizontal=True, vertical_alignment="bottom"):
        window = st.number_input(
            tr("Tokens before a word"),
            *WINDOWS,
            current.windows.window,
            key="window",
            persist_state="session",
            help=tr("How much of the text the model sees before each occurrence."),
        )
        most = st.number_input(
            tr("Occurrences per word, at most"),
            2,
            MOST_OCCURRENCES,
            current.windows.most or DEFAULT_MOST,
            key="most",
            persist_state="session",
            help=tr("If a word occurs more often, this many are drawn at random, always the same ones."),
        )
        with st.popover(tr("More")):
            forms = st.toggle(
                tr("Also other forms of a word"),
                current.windows.other_forms,
                key="other-forms",
                persist_state="session",
                help=tr(
                    "Capitalised, or with no space before it (at the start of a line): "
                    "to the model these are different tokens."
                ),
            )
            whole_words = st.toggle(
                tr("Whole words only"),
                current.windows.whole_words,
                key="whole-words",
                persist_state="session",
                help=tr(
                    "Leave out places where the word goes on (“lawn” in “lawnmower”), and in writing without spaces "
                    "those where a token holds more than the word."
                ),
            )
            pooling: TokenPooling = pooling_control(current.pooling, "context-pooling", get_args(TokenPooling))
    made = replace(current.windows, window=window, most=most, other_forms=forms, whole_words=whole_words)
    return made, pooling


def located(request: ContextRequest) -> Located:
    """Where the targets are; if that cannot be told (a model that has gone), where those of the last result are."""
    try:
        return locate(request)
    except CatselError as exc:
        last = results.last_contexts()
        if last is None or last == request:
            messages.error(str(exc))
            st.stop()
    return located(last)


def show_text(text: Text, located: Located) -> None:
    """Size of the text, where it is from, and what was left out of it."""
    corpus = located.corpus  # its own text has the same content, but may have come here in another way
    st.markdown(
        tr(
            "**{name}**: {n_tokens:,} tokens, {n_unique:,} different ones · {origin}",
            name=messages.plain(text.title),
            n_tokens=corpus.n_tokens,
            n_unique=corpus.n_unique,
            origin=messages.plain(text.source),
        )
    )
    for remark in text.remarks:
        st.caption(messages.plain(remark))


def show_found(request: ContextRequest, located: Located) -> None:
    """What was found of every word, and what of it is used."""
    show_rows([_row(found) for found in located.occurrences])
    used = sum(len(found.used) for found in located.occurrences)
    sampled = [found.word for found in located.occurrences if found.is_sampled]
    windows = request.windows
    note = tr("{used:,} windows: {window} tokens, then the word.", used=used, window=windows.window)
    if sampled:
        words, most, seed = ", ".join(sampled), windows.most, windows.seed
        note += " " + tr("Only {most} each of {words}, drawn with seed {seed}.", most=most, words=words, seed=seed)
    st.caption(messages.plain(note))
    for each in search_notes(located.occurrences):
        messages.aside(each)


def show_occurrences(request: ContextRequest, located: Located) -> None:
    """Each occurrence with the words before it, for those who open it."""
    with st.expander(tr("Read the occurrences")):
        _show_contexts(request, located)


def _row(found: Occurrences) -> dict[str, Any]:
    others = ", ".join(f"{form.replace(' ', '␣')} {count}" for form, count in found.other_forms)
    return {
        mark("word"): found.word,
        mark("tokens"): " | ".join(map(with_visible_spaces, found.pieces)),
        mark("found"): len(found.firsts),
        mark("used"): len(found.used),
        mark("too early"): found.n_early,
        mark("windows that overlap"): found.n_overlapping,
        mark("word goes on"): found.n_continued,
        **({mark("tokens hold more"): found.n_wider} if is_unspaced(found.word) else {}),
        **({mark("left out"): found.n_left_out} if found.n_left_out else {}),
        mark("other forms"): others or tr("none"),
    }


def _show_contexts(request: ContextRequest, located: Located) -> None:
    words = [found.word for found in located.occurrences]
    word = one_of(tr("Word"), words, words[0], f"kwic-{words}")
    found = located.occurrences[words.index(word)]
    lines = keyword_in_context(located.corpus, found, _TOKENS_BEFORE)
    rows = [
        {mark("name"): name, mark("before"): before.replace("\r", ""), "word": target, mark("token"): position}
        for name, (position, before, target) in zip(_names(word, len(lines)), lines, strict=True)
    ]
    window = request.windows.window
    st.caption(
        tr("The {shown} tokens before each; select a row to read all {window}.", shown=_TOKENS_BEFORE, window=window)
    )
    picked = show_rows(rows, height=260, on_select="rerun", selection_mode="single-row")
    for row in [row for row in range(len(rows)) if row in picked.selection.rows][:1]:
        _, before, target = keyword_in_context(located.corpus, found, window)[row]
        passage = f"…{escape(before)}<mark>{escape(target)}</mark>"
        st.html(f'<p dir="auto" style="white-space:pre-line;line-height:1.5">{passage}</p>')


def _names(word: str, count: int) -> list[str]:
    """What figures call the occurrences of a word."""
    return [word] if count == 1 else [f"{word} {number}" for number in range(1, count + 1)]
