"""Controls that several others are made of. What they return is kept by whoever asked, not by the widget."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

import streamlit as st

from catsel_core.inputs.items import Pooling
from pages.ui import messages

Value = TypeVar("Value", bound=str)

POOLINGS: dict[Pooling, str] = {"last": "Last piece", "mean": "Mean", "drop": "Leave out"}
"""What can be done with words of several tokens, and what it is called."""


def one_of(label: str, names: Mapping[Value, str], current: Value, key: str, help_text: str | None = None) -> Value:
    """One of a few values, side by side, by their names; ``current`` when the page is opened."""
    chosen: Value = st.segmented_control(
        label,
        list(names),
        default=current,
        format_func=lambda value: messages.plain(names[value]),
        required=True,
        key=key,
        help=help_text,
    )
    return chosen


def pooling_control(current: Pooling, key: str, offered: Iterable[Pooling] = POOLINGS) -> Any:
    """What is done with words of several tokens."""
    names = {pooling: POOLINGS[pooling] for pooling in offered}
    help_text = (
        "The model reads pieces of words. The last piece has seen the whole word; the mean blends all pieces"
        + ("; or such words are left out, as in the book." if "drop" in names else ".")
    )
    return one_of("Words of several tokens", names, current, key, help_text)


Rows = list[dict[str, Any]]


def editable_table(start: Callable[[], Rows], columns: Mapping[str, Any], key: str, of: Hashable = None) -> Rows:
    """A table whose rows come and go: what was typed into it.

    Args:
        start: the rows to begin with, when the table is opened (or opened again) or ``of`` has changed.
        columns: how each column is shown, by name.
        key: tells tables apart.
        of: what the table is about.
    """
    version, about, rows = st.session_state.get(key, (0, None, []))
    if about != of or f"{key}-{version}" not in st.session_state:
        version, rows = version + 1, start()
        st.session_state[key] = version, of, rows
    edited: Rows = st.data_editor(
        rows, key=f"{key}-{version}", num_rows="dynamic", hide_index=True, height=420, column_config=dict(columns)
    )
    return edited
