"""How vectors are compared: the book's cosine, or others, for every kind of input."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from catsel_core.language import mark, tr
from catsel_core.session import Session
from catsel_core.statistics.measures import MOST_COMPONENTS, WITH_BASIS, Basis, Measure, Reference
from pages.ui.controls.shared import known, one_of
from pages.ui.session import visitor

_MEASURES: dict[Measure, str] = {
    "cosine": mark("Cosine (the book's)"),
    "centred": mark("Cosine, centred"),
    "zscored": mark("Cosine, z-scored dimensions"),
    "all-but-the-top": mark("Cosine, without the top components"),
    "spearman": mark("Spearman's correlation"),
}

_ABOUT = mark(
    "The cosine of hidden states as they are, or of prepared ones. Centred: minus a mean. Z-scored: each hidden unit "
    "also divided by its spread, so that none outweighs the others. Without the top components: minus the directions "
    "in which vectors differ most (Mu & Viswanath 2018). Spearman: the ranks of a vector's own numbers."
)

_REFERENCES: dict[Reference, str] = {"items": mark("These items"), "text": mark("Contexts of a text")}

_ABOUT_REFERENCE = mark(
    "Whose mean, spread and components are used. Taken from these items, they force the mean similarity of n items "
    "towards −1/(n − 1), and with few categories the top components are largely their differences. Contexts of a text "
    "are 256 of Python's language reference: read once for each model, the same for all lists."
)


def measure_control(of: Literal["words", "contexts", "sentences"]) -> Session:
    """Choose how the vectors of one kind of input are compared; returns the session with the choice in it."""
    current = getattr(visitor.session(), of)
    measure, basis = choose_measure(current.measure, current.basis, of)
    if (measure, basis) != (current.measure, current.basis):
        visitor.change(**{of: replace(getattr(visitor.session(), of), measure=measure, basis=basis)})
    return visitor.session()


def choose_measure(measure: Measure, basis: Basis, key: str) -> tuple[Measure, Basis]:
    """A measure, and what it is taken from if it is taken from something."""
    measures = list(_MEASURES)
    index = measures.index(measure)
    asked = st.selectbox(
        tr("Similarity"),
        measures,
        index,
        format_func=lambda each: tr(_MEASURES[each]),
        key=f"measure-{key}",
        help=tr(_ABOUT),
    )
    chosen = known(asked, measures, measure)
    return chosen, _basis(chosen, basis, key) if chosen in WITH_BASIS else basis


def _basis(measure: Measure, current: Basis, key: str) -> Basis:
    about = tr(_ABOUT_REFERENCE)
    reference = one_of(tr("Taken from"), _REFERENCES, current.reference, f"reference-{key}", about)
    basis = replace(current, reference=reference)
    if measure != "all-but-the-top":
        return basis
    count = st.number_input(
        tr("Components removed"),
        min_value=1,
        max_value=MOST_COMPONENTS,
        value=current.components,
        placeholder=tr("1 % of the width"),
        key=f"components-{key}",
        help=tr("Empty: one for every hundred hidden units, as Mu & Viswanath (2018) do. Two directions are left."),
    )
    return replace(basis, components=None if count is None else int(count))
