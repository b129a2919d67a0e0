"""What the two sides of a comparison are, and which words neither can show."""

from dataclasses import replace
from typing import Literal, get_args

import streamlit as st

from catsel_core.analyses.side_by_side import LeftOut, Side, SideBySide
from catsel_core.errors import InputError
from catsel_core.inputs.items import PLACEHOLDER, checked_template
from catsel_core.inputs.word_lists import whole
from catsel_core.language import mark, tr, tr_count
from catsel_core.models.catalogue import CATALOGUE, title_of
from catsel_core.models.find import is_present
from catsel_core.models.spec import Precision
from pages.ui import messages
from pages.ui.controls.measure import choose_measure
from pages.ui.controls.shared import known, one_of, pooling_control
from pages.ui.session import visitor

_ABOUT_PRECISION = mark("float32 gives the numbers to cite; bfloat16 on one side shows what half the memory costs.")
_LETTERS: tuple[Literal["A", "B"], ...] = ("A", "B")

_MOST_NAMED = 8
"""Words that are named when words are left out; further ones are counted."""


def sides_control() -> None:
    """Edit both sides; what cannot be used is explained, and the last good choice stays."""
    sides = visitor.session().sides()
    for letter, side, column in zip(_LETTERS, sides, st.columns(2, gap="large"), strict=True):
        with column, st.container(border=True):
            edited = _edited(letter, side)
        if edited != side:
            visitor.keep(visitor.session().with_side(letter, edited))


def _edited(letter: str, side: Side) -> Side:
    st.markdown(tr("**Side {letter}**", letter=letter))
    model = _model(letter, side.model)
    unfinished = f"unfinished-template-{letter}"  # what cannot be used yet is there again after a look at other pages
    shown = whole(st.session_state.get(unfinished, side.template))
    about = tr("{placeholder} is the word.", placeholder=PLACEHOLDER)
    template = st.text_input(tr("Prompt"), shown, key=f"template-{letter}", help=about)
    with st.popover(tr("More"), icon=":material/tune:"):
        edited = _more(letter, replace(side, model=model))
    try:
        edited = replace(edited, template=checked_template(template))
        st.session_state.pop(unfinished, None)
    except InputError as exc:
        messages.error(str(exc))
        st.session_state[unfinished] = template
    return edited


def _more(letter: str, side: Side) -> Side:
    pooling = pooling_control(side.pooling, f"pooling-{letter}")
    measure, basis = choose_measure(side.measure, side.basis, letter)
    precisions, about = get_args(Precision), tr(_ABOUT_PRECISION)
    precision = one_of(tr("Precision"), precisions, side.precision, f"precision-{letter}", about)
    return replace(side, pooling=pooling, measure=measure, basis=basis, precision=precision)


def _model(letter: str, current: str) -> str:
    choices = _models(current)
    chosen = st.selectbox(
        tr("Model"),
        choices,
        choices.index(current),
        format_func=title_of,
        key=f"model-{letter}",
        help=tr("Models that are on this computer; the page Models fetches others."),
    )
    return known(chosen, choices, current)


def _models(current: str) -> list[str]:
    """Models that are on this computer: of the catalogue, and others that this visitor has used."""
    here = [entry.reference for entry in CATALOGUE if is_present(entry.reference)]
    return list(dict.fromkeys([*here, *visitor.used_models(), current]))


def show_left_out(found: SideBySide) -> None:
    """Words that are not compared and why, or none."""
    place = st.empty()  # there even if nothing is said: charts keep their place, see results.analysis
    if found.left_out:
        with place:
            messages.note(_left_out(found.left_out))


def _left_out(words: tuple[LeftOut, ...]) -> str:
    count, more = len(words), len(words) - _MOST_NAMED
    named = [f"{word.word} ({word.said})" for word in words[:_MOST_NAMED]]
    if more > 0:
        named.append(tr("and {more:,} more", more=more))
    return tr_count(
        "{count:,} word left out of both sides: {words}.",
        "{count:,} words left out of both sides: {words}.",
        count,
        words=", ".join(named),
    )
