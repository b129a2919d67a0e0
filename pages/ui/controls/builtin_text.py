"""Which of the built-in texts, and whether of a play nothing but the spoken words."""

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.inputs import builtin_texts, shakespeare
from catsel_core.inputs.builtin_texts import BUILTIN
from catsel_core.inputs.text_references import BuiltinText, TextReference
from catsel_core.language import tr
from pages.ui import messages
from pages.ui.work import plays


def builtin_control(current: TextReference) -> BuiltinText | None:
    """The chosen text; None while it is not here, because it is being fetched or cannot be."""
    titles = builtin_texts.titles()
    shown = current if isinstance(current, BuiltinText) else BuiltinText(shakespeare.FIRST)
    name = st.selectbox(
        tr("Built-in text"),
        list(titles),
        index=list(titles).index(shown.name),
        format_func=lambda each: tr(titles[each]),
        key="builtin-text",
        persist_state="session",
        help=tr("Shakespeare's plays all together, in groups, or one by one; Python's manual for those who program."),
    )
    if name == BUILTIN:
        return BuiltinText()
    directions = st.toggle(
        tr("Also speakers and stage directions"),
        shown.directions,
        key="stage-directions",
        persist_state="session",
        help=tr("Without them the text is nothing but what is said on the stage."),
    )
    try:
        return BuiltinText(name, directions) if plays.fetched() else None
    except CatselError as exc:
        messages.error(str(exc))
        return None
