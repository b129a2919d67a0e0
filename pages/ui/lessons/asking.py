"""Predictions and questions: asked once, answered in a form, and shown with what is right and why."""

import streamlit as st

from catsel_core.language import tr
from catsel_core.lessons.answers import LOOKED, given, key_of
from catsel_core.lessons.records import Lesson, Part, Question, Step
from pages.ui import messages
from pages.ui.lessons.words import NAMES
from pages.ui.session import visitor

_FEW = 8
"""Options that stand below each other; more of them are a list to choose from."""


def ask(lesson: Lesson, step: Step, part: Part, question: Question, layers: tuple[str, ...]) -> None:
    """A form until the question is answered, then what was answered and what is right."""
    chosen = given(visitor.lesson_answers(), lesson, step, part, layers)
    if chosen is None:
        _form(key_of(lesson, step, part), part, question, question.offered(layers))
    else:
        _answered(part, question, chosen)


def _form(key: str, part: Part, question: Question, options: tuple[str, ...]) -> None:
    words = NAMES[part]
    label = tr(words.label)
    with st.form(f"form-{key}"):
        st.markdown(f"**{tr(words.heading)}**  \n{question.ask}")
        if len(options) <= _FEW:
            st.radio(label, options, None, format_func=lambda option: messages.plain(question.said(option)), key=key)
        else:
            st.selectbox(label, options, None, format_func=question.said, placeholder=tr("Choose"), key=key)
        st.form_submit_button(tr(words.button), key=f"do-{key}", on_click=_take, args=(key, options))
    if st.session_state.get(f"none-{key}"):
        messages.note(tr("Choose one first."))


def _take(key: str, options: tuple[str, ...]) -> None:
    """Keep what was chosen; a browser may send anything."""
    chosen = next((option for option in options if option == st.session_state.get(key)), None)
    st.session_state[f"none-{key}"] = chosen is None
    if chosen is not None:
        visitor.keep_answer(key, chosen)


def _answered(part: Part, question: Question, chosen: str) -> None:
    words, is_right = NAMES[part], chosen == question.answer
    with st.container(border=True):
        said, answer = (messages.plain(question.said(option)) for option in (chosen, question.answer))
        lines = [f"**{tr(words.heading)}**  \n{question.ask}", f"{tr(words.chosen)}: **{said}**"]
        right = ":material/check: " + tr("That is it.") if is_right else f"{tr(words.right)}: **{answer}**"
        st.markdown("\n\n".join([*lines, right, question.reason]))


def offer_looked(lesson: Lesson, step: Step) -> None:
    """The button after which a step's question is asked."""
    key = key_of(lesson, step, "looked")
    st.button(tr("I have looked: ask me"), key=f"do-{key}", on_click=visitor.keep_answer, args=(key, LOOKED))
