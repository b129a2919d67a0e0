"""The participant's sheet, and the teacher's notes."""

import re

import streamlit as st

from catsel_core.figures.about import file_name
from catsel_core.language import tr
from catsel_core.lessons.records import Lesson, Question
from catsel_core.lessons.sheet import seen, sheet
from pages.ui.lessons.address import Place
from pages.ui.lessons.figures import make
from pages.ui.lessons.head import show_ways
from pages.ui.messages import plain
from pages.ui.session import visitor

_MOST_NAME = 80


def show_sheet(place: Place) -> None:
    """Answers, what is right and why, and what the figures said: to download, and to print as it stands."""
    lesson, answers = place.lesson, visitor.lesson_answers()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input(tr("Your name, for the sheet"), key="sheet-name", max_chars=_MOST_NAME, width=300)
        button = st.empty()
    st.caption(tr("Or print this page with your browser (Ctrl+P). What you have not answered gives nothing away."))
    page = st.container(key="sheet", border=True)
    show_ways(place)
    with page:
        text = sheet(lesson, answers, _readings(lesson), name)
        st.markdown(re.sub("^#", "###", text, flags=re.MULTILINE))  # below the headings of the page
    file = f"{file_name([lesson.name]) or 'lesson'}-sheet.md"
    button.download_button(
        tr("Download the sheet"), text, file, "text/markdown", icon=":material/download:", on_click="ignore"
    )


def _readings(lesson: Lesson) -> dict[str, list[tuple[str, str]]]:
    """What was seen, step by step, as the lesson has it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for step in seen(lesson, visitor.lesson_answers()):
        made = make(step, step.all_figures)
        if made is not None:
            found[step.name] = list(made.readings(step.all_figures))
    return found


def show_notes(place: Place) -> None:
    """The teacher's notes to every step, with all answers: for one who prepares the lesson."""
    lesson = place.lesson
    objectives = "\n".join(f"- {objective}" for objective in lesson.objectives)
    st.markdown("**" + tr("What can be learnt") + f"**\n\n{objectives}")
    st.markdown(lesson.notes)
    for number, step in enumerate(lesson.steps, start=1):
        st.markdown(f"#### {number}. {plain(step.title)}")
        parts = [tr("Link: {link}", link=f"`lessons?lesson={lesson.name}&step={number}`"), step.notes]
        parts += [_answer(tr("Prediction"), step.predict), _answer(tr("Question"), step.question)]
        st.markdown("\n\n".join(filter(None, parts)))


def _answer(name: str, question: Question | None) -> str:
    if question is None:
        return ""
    answer = tr("Answer: **{answer}**.", answer=plain(question.said(question.answer)))
    return f"**{name}.** {question.ask}  \n{answer} {question.reason}"
