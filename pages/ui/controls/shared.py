"""Controls that several others are made of. What they return is kept by whoever asked, not by the widget."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar

import streamlit as st

from catsel_core.inputs.items import Pooling
from catsel_core.language import mark, tr
from pages.ui import messages
from pages.ui.session.tables import Rows, Table

Value = TypeVar("Value", bound=str)

POOLINGS: dict[Pooling, str] = {"last": mark("Last piece"), "mean": mark("Mean"), "drop": mark("Leave out")}
"""What can be done with words of several tokens, and what it is called."""


def one_of(
    label: str,
    names: Mapping[Value, str] | Sequence[Value],
    current: Value,
    key: str,
    help_text: str | None = None,
) -> Value:
    """One of a few values, side by side; ``current`` when the page is opened.

    Args:
        label: what is chosen.
        names: the values and what they are called, marked for translation; or values that are shown as they are.
        current: the value to begin with.
        key: tells controls apart.
        help_text: what the choice is about.
    """
    chosen = st.segmented_control(
        label,
        list(names),
        default=current,
        format_func=lambda value: messages.plain(tr(names[value]) if isinstance(names, Mapping) else value),
        required=True,
        key=key,
        help=help_text,
    )
    return known(chosen, names, current)


def known(chosen: Any, names: Iterable[Value], current: Value) -> Value:
    """What was chosen, or ``current`` where a browser sends what was not offered: the widgets let that through."""
    return next((name for name in names if name == chosen), current)


def pooling_control(current: Pooling, key: str, offered: Iterable[Pooling] = POOLINGS) -> Any:
    """What is done with words of several tokens."""
    names = {pooling: POOLINGS[pooling] for pooling in offered}
    help_text = (
        tr(
            "The model reads pieces of words. The last piece has seen the whole word; the mean blends all pieces; or "
            "such words are left out, as in the book."
        )
        if "drop" in names
        else tr("The model reads pieces of words. The last piece has seen the whole word; the mean blends all pieces.")
    )
    return one_of(tr("Words of several tokens"), names, current, key, help_text)


def show_rows(rows: Rows, height: int | Literal["auto"] = "auto", **more: Any) -> Any:
    """A table to read, whose columns are called by their keys, which are marked for translation; ``more`` of it."""
    heads = {key: tr(key) for row in rows for key in row}
    return st.dataframe(rows, hide_index=True, height=height, column_config=heads, **more)


def editable_table(
    current: Callable[[], Rows], take: Callable[[Rows], None], columns: Mapping[str, Any], key: str
) -> None:
    """A table whose rows come and go. One that cannot be taken, or is half filled in, is there again on the next visit.

    Args:
        current: the rows of what is current; the table begins anew with them if something else has changed them.
        take: makes what stands in the table current, if it can be used.
        columns: how each column is shown, by name.
        key: tells tables apart.
    """
    table: Table | None = st.session_state.get(key)
    if table is None or table.current != current():
        table = _opened(key, current())
    elif table.key not in st.session_state:  # the page was left meanwhile
        table = _opened(key, table.now)
    now: Rows = st.data_editor(
        table.first, key=table.key, num_rows="dynamic", hide_index=True, height=420, column_config=dict(columns)
    )
    take(now)
    st.session_state[key] = replace(table, now=now, current=current())


def _opened(key: str, rows: Rows) -> Table:
    number: int = st.session_state.get(f"{key}-number", 0) + 1
    st.session_state[f"{key}-number"] = number
    return Table(f"{key}-{number}", rows, rows, rows)
