"""All that a visitor has chosen and typed, taken out of Streamlit's state at once and put back at once.

Besides the session that is what stands in fields and drafts: it may have errors, or wait to be used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from catsel_core.inputs.text_references import OwnTexts, TextReference
from catsel_core.session import Session
from pages.ui.session import draft, visitor
from pages.ui.session.draft import Edited
from pages.ui.session.tables import Rows, Table

Field = str | int | bool
"""What a field holds."""

FIELDS: Mapping[str, type[Field]] = {
    "template": str,
    "unfinished-template-A": str,
    "unfinished-template-B": str,
    "pasted-list": str,
    "pasted-text": str,
    "text-source": str,
    "builtin-text": str,
    "book-number": int,
    "stage-directions": bool,
    "keep-boilerplate": bool,
    "window": int,
    "most": int,
    "other-forms": bool,
    "whole-words": bool,
    "context-pooling": str,
}
"""Fields whose content is kept though it may not be part of the session: their keys, and what they hold."""

TABLES = ("table", "sentences")
"""Keys of tables that may be half filled in."""

TYPED_TARGETS = "targets_by_text"
"""State: {text: what was typed for it as words to look for}."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What one visitor has.

    edited: the list under edit; the session's own where it is None.
    fields: by their keys, those of :data:`FIELDS` that hold something.
    tables: by their keys, (rows as they are, rows that were current then).
    targets: words to look for as typed, for each text.
    models: references of those used so far.
    answers: of lessons; None where those that there are stay.
    """

    session: Session
    texts: OwnTexts
    edited: Edited | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    tables: Mapping[str, tuple[Rows, Rows]] = field(default_factory=dict)
    targets: tuple[tuple[TextReference, str], ...] = ()
    models: tuple[str, ...] = ()
    answers: Mapping[str, str] | None = None


def collected() -> Whole:
    """What the visitor has now."""
    state = st.session_state
    fields = {key: state[key] for key, kind in FIELDS.items() if key in state and type(state[key]) is kind}
    tables: dict[str, Table] = {key: state[key] for key in TABLES if isinstance(state.get(key), Table)}
    return Whole(
        visitor.session(),
        visitor.own_texts(),
        draft.edited(),
        fields,
        {key: (table.now, table.current) for key, table in tables.items()},
        tuple(state.get(TYPED_TARGETS, {}).items()),
        visitor.used_models(),
        visitor.lesson_answers(),
    )


def put(whole: Whole) -> None:
    """Forget what the visitor has, and begin with this. Before anything is drawn."""
    visitor.begin_anew(whole.session, whole.texts, whole.models)
    if whole.edited is not None:
        draft.resume(whole.edited)
    st.session_state.update(whole.fields)
    for key, (now, current) in whole.tables.items():
        st.session_state[key] = Table(f"{key}-0", now, now, current)
    if whole.targets:
        st.session_state[TYPED_TARGETS] = dict(whole.targets)
    if whole.answers is not None:
        visitor.keep_answers(whole.answers)
