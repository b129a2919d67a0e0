"""The words to look for in a text, and how the windows before them are cut; what was found."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from catsel_core.analyses.contexts import ContextRequest, Located, locate, suggestions, usual_targets
from catsel_core.errors import CatselError
from catsel_core.hidden_states.prepare import ready_model
from catsel_core.inputs.items import TokenPooling
from catsel_core.inputs.occurrences import DEFAULT_MOST, WINDOWS, Occurrences, WindowChoice
from catsel_core.inputs.targets import MAX_TARGETS, split_targets
from catsel_core.inputs.text_references import TextReference, text_of
from catsel_core.inputs.texts import Text
from catsel_core.inputs.windows import keyword_in_context
from catsel_core.models.spec import ModelSpec
from pages.ui import messages
from pages.ui.controls.shared import one_of, pooling_control
from pages.ui.messages import escape
from pages.ui.session import visitor

_TYPED = "targets"
_MOST_ON_A_PAGE = 200
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
        "Words to look for",
        key=_TYPED,
        persist_state="session",
        help=f"Up to {MAX_TARGETS}, separated by commas. The first is compared with the others together.",
    )
    words = suggestions(text, model)
    if words:
        st.pills(
            "Suggestions from this text",
            words,
            format_func=messages.plain,
            key="suggestion",
            on_change=_add_suggestion,
            wrap=True,
        )
    windows, pooling = _window_control()
    targets = split_targets(st.session_state[_TYPED])
    chosen = replace(session.contexts, text=reference, targets=targets, windows=windows, pooling=pooling)
    try:
        with st.spinner("Reading the text …"):
            locate(replace(session, contexts=chosen).context_request(visitor.own_texts()))
    except CatselError as exc:
        messages.error(str(exc))
        st.caption("Below is still the result of the last choice without errors.")
    else:
        visitor.change(contexts=chosen)


def _begin_with_usual_words(reference: TextReference, text: Text, model: ModelSpec) -> None:
    """A text comes with words that occur in it; what a visitor typed for it is kept."""
    typed: dict[str, str] = st.session_state.setdefault("targets_by_text", {})
    before = st.session_state.get("targets_text")
    if before == text.digest and _TYPED in st.session_state:
        typed[text.digest] = st.session_state[_TYPED]
        return
    current = visitor.session().contexts
    usual = current.targets if current.text == reference else usual_targets(text, model)
    st.session_state["targets_text"] = text.digest
    st.session_state[_TYPED] = typed.get(text.digest, ", ".join(usual))


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
            "Tokens before a word",
            *WINDOWS,
            current.windows.window,
            key="window",
            persist_state="session",
            help="How much of the text the model sees before each occurrence.",
        )
        most = st.number_input(
            "Occurrences per word, at most",
            2,
            _MOST_ON_A_PAGE,
            current.windows.most or DEFAULT_MOST,
            key="most",
            persist_state="session",
            help="If a word has more, so many are drawn at random, always the same ones.",
        )
        with st.popover("More"):
            forms = st.toggle(
                "Also other forms of a word",
                current.windows.other_forms,
                key="other-forms",
                persist_state="session",
                help="Capitalised, or without a space before it (at the start of a line): other tokens to the model.",
            )
            pooling: TokenPooling = pooling_control(current.pooling, "context-pooling", get_args(TokenPooling))
    return replace(current.windows, window=window, most=most, other_forms=forms), pooling


def located(request: ContextRequest) -> Located:
    """Where the current targets are; an error (a model that has gone) is shown and ends the page there."""
    try:
        return locate(request)
    except CatselError as exc:
        messages.error(str(exc))
    st.stop()


def show_text(located: Located) -> None:
    """Size of the text and where it is from."""
    corpus = located.corpus
    text = corpus.text
    st.markdown(
        f"**{messages.plain(text.name)}**: {corpus.n_tokens:,} tokens, {corpus.n_unique:,} different ones · "
        f"{messages.plain(text.origin)}"
    )


def show_occurrences(request: ContextRequest, located: Located) -> None:
    """What was found of every word, what of it is used, and each occurrence with the words before it."""
    st.dataframe([_row(found) for found in located.occurrences], hide_index=True)
    used = sum(len(found.used) for found in located.occurrences)
    sampled = [found.word for found in located.occurrences if len(found.used) + found.n_early < len(found.firsts)]
    note = f"{used:,} windows of {request.windows.window} tokens and the word."
    if sampled:
        note += f" Of {', '.join(sampled)} only {request.windows.most} each, drawn with seed {request.windows.seed}."
    st.caption(messages.plain(note))
    with st.expander("Read the occurrences"):
        _show_contexts(request, located)


def _row(found: Occurrences) -> dict[str, object]:
    others = ", ".join(f"{form.replace(' ', '␣')} {count}" for form, count in found.other_forms)
    return {
        "word": found.word,
        "tokens": " | ".join(piece.replace(" ", "␣") for piece in found.pieces),
        "found": len(found.firsts),
        "used": len(found.used),
        "too early": found.n_early,
        "windows that overlap": found.n_overlapping,
        "word goes on": found.n_continued,
        "other forms": others or "none",
    }


def _show_contexts(request: ContextRequest, located: Located) -> None:
    words = [found.word for found in located.occurrences]
    word = one_of("Word", {word: word for word in words}, words[0], f"kwic-{words}")
    found = located.occurrences[words.index(word)]
    rows = [
        {"before": before.replace("\r", ""), "word": target, "token": position}
        for position, before, target in keyword_in_context(located.corpus, found, _TOKENS_BEFORE)
    ]
    st.caption(f"The {_TOKENS_BEFORE} tokens before each; select a row to read all {request.windows.window}.")
    picked = st.dataframe(rows, hide_index=True, height=260, on_select="rerun", selection_mode="single-row")
    for row in picked.selection.rows[:1]:
        _, before, target = keyword_in_context(located.corpus, found, request.windows.window)[row]
        st.html(f'<p style="white-space:pre-line;line-height:1.5">…{escape(before)}<mark>{escape(target)}</mark></p>')
