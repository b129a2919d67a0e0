"""Which pairs of words are summary: the book's three, every pair, or the visitor's own panels."""

from collections.abc import Sequence
from itertools import combinations_with_replacement

import streamlit as st

from catsel_core.statistics.contrasts import Contrast, book_contrasts, every_contrast, pair_name

_BOOK, _EVERY, _OWN = "First word against the rest", "Every pair", "Your own"
_PANELS = ("A", "B", "C", "D", "E", "F")


def contrast_control(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """The chosen contrasts of these words; the book's until something else is chosen."""
    mode = st.segmented_control(
        "Compare",
        [_BOOK, _EVERY, _OWN],
        default=st.session_state.get("comparing", _BOOK),
        required=True,
        key="comparing-choice",
        help="The book compares each word with itself, the first with the others, and the others among themselves.",
    )
    st.session_state["comparing"] = mode
    if mode == _EVERY:
        return every_contrast(labels)
    return (_own(labels) if mode == _OWN else ()) or book_contrasts(labels)


def _own(labels: Sequence[str]) -> tuple[Contrast, ...]:
    """Panels put together by hand: every pair of words goes into one panel or none."""
    pairs = list(combinations_with_replacement(labels, 2))
    kept: dict[tuple[str, str], str] = st.session_state.setdefault("own_panels", {})
    rows = [
        {"pairs": pair_name(*pair), "panel": kept.get(pair, _PANELS[0] if pair[0] == pair[1] else _PANELS[1]) or None}
        for pair in pairs
    ]
    key = f"own-panels-{'/'.join(labels)}"
    if key not in st.session_state:  # the table is new on this page: begin with what was chosen before
        st.session_state["own_panels_base"] = rows
    edited = st.data_editor(
        st.session_state["own_panels_base"],
        key=key,
        hide_index=True,
        disabled=["pairs"],
        column_config={"panel": st.column_config.SelectboxColumn("Panel", options=list(_PANELS))},
    )
    panels: dict[str, list[tuple[str, str]]] = {}
    for pair, row in zip(pairs, edited, strict=True):
        kept[pair] = row["panel"] or ""
        if row["panel"]:
            panels.setdefault(row["panel"], []).append(pair)
    st.caption("Leave the panel empty to leave a pair out.")
    return tuple(Contrast(_name(panel, panels[panel]), tuple(panels[panel])) for panel in _PANELS if panel in panels)


def _name(panel: str, pairs: list[tuple[str, str]]) -> str:
    return pair_name(*pairs[0]) if len(pairs) == 1 else f"panel {panel}"
