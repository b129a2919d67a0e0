"""Which pairs of words are compared: the book's three panels, every pair, or the visitor's own panels."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import streamlit as st

from catsel_core.language import mark, tr
from catsel_core.session import PANELS, ContrastChoice, ContrastKind
from catsel_core.statistics.contrasts import Contrast, pair_name
from pages.ui.controls.shared import known, one_of
from pages.ui.session import visitor

_KINDS: dict[ContrastKind, str] = {
    "book": mark("First word against the rest"),
    "every": mark("Every pair"),
    "own": mark("Your own"),
}


def contrast_control(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """The chosen contrasts of these words; the book's until something else is chosen."""
    contexts = visitor.session().contexts
    kind = one_of(
        tr("Compare"),
        _KINDS,
        contexts.contrasts.kind,
        "contrast-kind",
        tr("The book compares each word with itself, the first with the others, and the others among themselves."),
    )
    chosen = replace(contexts.contrasts, kind=kind)
    if kind == "own":
        chosen = _edited(chosen, labels)
    visitor.change(contexts=replace(contexts, contrasts=chosen))
    return chosen.contrasts(labels)


def _edited(current: ContrastChoice, labels: Sequence[str]) -> ContrastChoice:
    """Panels put together by hand: every pair of words goes into one panel or none."""
    pairs = list(combinations_with_replacement(labels, 2))
    key = f"own-panels-{'/'.join(labels)}"
    if key not in st.session_state:  # the table is new on this page: begin with what was chosen before
        rows = [{"pairs": pair_name(*pair), "panel": current.panel_of(pair) or None} for pair in pairs]
        st.session_state["own-panels-start"] = rows
    edited = st.data_editor(
        st.session_state["own-panels-start"],
        key=key,
        hide_index=True,
        disabled=["pairs"],
        column_config={
            "pairs": tr("pairs"),
            "panel": st.column_config.SelectboxColumn(tr("Panel"), options=list(PANELS)),
        },
    )
    st.caption(tr("Leave the panel empty to leave a pair out."))
    panels = dict(current.panels)
    panels.update((pair, known(row["panel"], PANELS, "")) for pair, row in zip(pairs, edited, strict=False))
    return replace(current, panels=tuple(panels.items()))
