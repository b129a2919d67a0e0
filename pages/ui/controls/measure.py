"""How vectors are compared: the book's cosine, or others, for every kind of input."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from catsel_core.session import Session
from catsel_core.statistics.measures import MOST_COMPONENTS, WITH_BASIS, Basis, Measure, Reference
from pages.ui.controls.shared import known, one_of
from pages.ui.session import visitor

_MEASURES: dict[Measure, str] = {
    "cosine": "Cosine (the book's)",
    "centred": "Cosine, centred",
    "zscored": "Cosine, z-scored dimensions",
    "all-but-the-top": "Cosine, without the top components",
    "spearman": "Spearman's correlation",
}

_ABOUT = (
    "The cosine of hidden states as they are, or of prepared ones. Centred: minus a mean. Z-scored: each hidden unit "
    "also divided by its spread, so that none outweighs the others. Without the top components: minus the directions "
    "in which vectors differ most (Mu & Viswanath 2018). Spearman: the ranks of a vector's own numbers."
)

_REFERENCES: dict[Reference, str] = {"items": "These items", "text": "Contexts of a text"}

_ABOUT_REFERENCE = (
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
        "Similarity", measures, index, format_func=_MEASURES.__getitem__, key=f"measure-{key}", help=_ABOUT
    )
    chosen = known(asked, measures, measure)
    return chosen, _basis(chosen, basis, key) if chosen in WITH_BASIS else basis


def _basis(measure: Measure, current: Basis, key: str) -> Basis:
    basis = replace(
        current, reference=one_of("Taken from", _REFERENCES, current.reference, f"reference-{key}", _ABOUT_REFERENCE)
    )
    if measure != "all-but-the-top":
        return basis
    count = st.number_input(
        "Components removed",
        min_value=1,
        max_value=MOST_COMPONENTS,
        value=current.components,
        placeholder="1 % of the width",
        key=f"components-{key}",
        help="Empty: one for every hundred hidden units, as Mu & Viswanath (2018) do. Two directions are left.",
    )
    return replace(basis, components=None if count is None else int(count))
