"""The visitor's session, read and changed in this one place, and what is kept beside it.

Widgets lose their state with the page they stand on; what a visitor has chosen lies here and survives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from catsel_core.inputs.text_references import OwnText, OwnTexts
from catsel_core.inputs.texts import Text
from catsel_core.inputs.writing import has_halves, without_halves
from catsel_core.session import ModelChoice, Session, View, first_session

_SESSION, _TEXTS, _MODELS = "session", "own_texts", "used_models"

ANSWERS = "visitor-lesson-answers"
"""What a visitor has answered in lessons: plain values by name, which no other session takes away."""

_MOST_TEXTS = 3

_STAYS = "visitor-"
"""How keys begin of what is said of the visitor, not of the session."""


def begin() -> None:
    """Give a newcomer the session that everybody begins with."""
    keep(first_session())


def mend_fields() -> None:
    """Replace half characters in text fields: the widget library cannot send them back to the browser."""
    for key, value in list(st.session_state.items()):
        if isinstance(value, str) and has_halves(value):
            st.session_state[key] = without_halves(value)


def session() -> Session:
    """All that the visitor has chosen."""
    chosen: Session = st.session_state[_SESSION]
    return chosen


def keep(chosen: Session) -> None:
    """Make a checked session the visitor's."""
    st.session_state[_SESSION] = chosen


def is_begun() -> bool:
    """Whether this visitor has a session."""
    return _SESSION in st.session_state


def begin_anew(chosen: Session, texts: OwnTexts, models: Sequence[str] = ()) -> None:
    """Forget what stands in fields and drafts, and begin with another checked session and its texts.

    Args:
        chosen: the session.
        texts: that it names, and others that are kept beside it.
        models: references that count as used, beside those of the session and of this visitor so far.
    """
    models = tuple(dict.fromkeys((*used_models(), *models, chosen.model.reference)))
    for key in list(st.session_state):
        if not str(key).startswith(_STAYS):
            del st.session_state[key]
    st.session_state.update({_SESSION: chosen, _TEXTS: dict(texts), _MODELS: models})


def change(**parts: Any) -> None:
    """Put checked parts in the place of the session's, such as ``words=``: one write for all of them."""
    keep(replace(session(), **parts))


def change_view(**parts: Any) -> None:
    """Look at the same results in another way."""
    view: View = replace(session().view, **parts)
    change(view=view)


def use_model(chosen: ModelChoice) -> None:
    """Make a model that is on this computer that of all pages, and remember it."""
    st.session_state[_MODELS] = tuple(dict.fromkeys((*used_models(), chosen.reference)))
    change(model=chosen)


def used_models() -> tuple[str, ...]:
    """Every model that this visitor has used so far, by reference."""
    used: tuple[str, ...] = st.session_state.get(_MODELS, ())
    return used


def lesson_answers() -> dict[str, str]:
    """What the visitor has answered in lessons, by :func:`~catsel_core.lessons.answers.key_of`."""
    answers: dict[str, str] = st.session_state.get(ANSWERS, {})
    return answers


def keep_answer(key: str, answer: str) -> None:
    """Keep an answer beside the others."""
    keep_answers({**lesson_answers(), key: answer})


def keep_answers(answers: Mapping[str, str]) -> None:
    """Make these all that were given."""
    st.session_state[ANSWERS] = dict(answers)


def own_texts() -> OwnTexts:
    """The visitor's own texts, by digest."""
    texts: OwnTexts = st.session_state.get(_TEXTS, {})
    return texts


def keep_text(text: Text) -> OwnText:
    """Keep an own text beside the session, with the last few others, and say how the session names it."""
    others = {digest: kept for digest, kept in own_texts().items() if digest != text.digest}
    used = session().contexts.text
    wanted = used.digest if isinstance(used, OwnText) else None
    while len(others) >= _MOST_TEXTS:
        oldest = next(digest for digest in others if digest != wanted)
        del others[oldest]
    st.session_state[_TEXTS] = {**others, text.digest: text}
    return OwnText(text.digest, text.name)
