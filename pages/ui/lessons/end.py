"""The participant's sheet, and the teacher's notes."""

import re

import streamlit as st

from catsel_core.figures.about import file_name
from catsel_core.language import tr
from catsel_core.lessons.records import Lesson, Question
from catsel_core.lessons.sheet import seen, sheet
from pages.ui.lessons.address import Place
from pages.ui.lessons.figures import Made, make, show_figures
from pages.ui.lessons.head import show_ways
from pages.ui.messages import plain
from pages.ui.session import visitor
from pages.ui.viewer.components import layer_slider

_MOST_NAME = 80


def show_sheet(place: Place) -> None:
    """Answers, what is right and why, and the figures with what they say: to download, and to print as it stands."""
    lesson, answers = place.lesson, visitor.lesson_answers()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input(tr("Your name, for the sheet"), key="sheet-name", max_chars=_MOST_NAME, width=300)
        button = st.empty()
    st.caption(tr("Or print this page with your browser (Ctrl+P). What you have not answered gives nothing away."))
    page = st.container(key="sheet", border=True)
    show_ways(place)
    with page:
        made = _made(lesson)
        readings = {each.step.name: list(each.readings(each.step.all_figures)) for each in made}
        text = sheet(lesson, answers, readings, name)
        st.markdown(re.sub("^#", "###", text, flags=re.MULTILINE))  # below the headings of the page
        if made:
            _show_figures(made)
    file = f"{file_name([lesson.name]) or 'lesson'}-sheet.md"
    button.download_button(
        tr("Download the sheet"), text, file, "text/markdown", icon=":material/download:", on_click="ignore"
    )


def _made(lesson: Lesson) -> list[Made]:
    """What was seen, step by step, as the lesson has it."""
    steps = seen(lesson, visitor.lesson_answers())
    return [made for step in steps if (made := make(step, step.all_figures)) is not None]


def _show_figures(seen_so_far: list[Made]) -> None:
    """The same figure may have been seen in several steps, each with its own choices."""
    st.markdown("#### " + tr("Figures"))
    st.caption(tr("They move with the slider. What is printed is the layer that they show."))
    layer_slider(seen_so_far[0].layers)
    for made in seen_so_far:
        st.markdown(f"**{plain(made.step.title)}**")
        show_figures(made, made.step.all_figures, f"-{made.step.name}")


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
