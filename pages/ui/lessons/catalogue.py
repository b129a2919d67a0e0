"""The list of lessons: ready ones and own ones, with what can be learnt in each."""

import streamlit as st

from catsel_core.language import tr
from catsel_core.lessons.answers import progress
from catsel_core.lessons.finding import Lessons
from catsel_core.lessons.records import Lesson
from pages.ui import messages
from pages.ui.lessons import address
from pages.ui.session import visitor


def show_list(lessons: Lessons) -> None:
    """All lessons; of those that cannot be read a sentence."""
    st.markdown(
        tr(
            "A lesson shows one thing about the model, step by step. You predict before a figure is shown, then look, "
            "then answer. At the end there is a sheet with your answers."
        )
    )
    for problem in lessons.problems:
        messages.note(problem)
    _show_all(lessons.ready, 1)
    if lessons.own:
        st.markdown("#### " + tr("Lessons of this server"))
        _show_all(lessons.own, len(lessons.ready) + 1)


def _show_all(lessons: tuple[Lesson, ...], first: int) -> None:
    for start in range(0, len(lessons), 2):
        columns = st.columns(2, gap="large")
        for column, number, lesson in zip(
            columns, range(first + start, first + len(lessons)), lessons[start:], strict=False
        ):
            with column, st.container(border=True):
                _show_one(number, lesson)


def _show_one(number: int, lesson: Lesson) -> None:
    answered, asked = progress(visitor.lesson_answers(), lesson)
    objectives = "\n".join(f"- {objective}" for objective in lesson.objectives)
    facts = [tr("{minutes} minutes", minutes=lesson.minutes), tr("{count} steps", count=len(lesson.steps))]
    facts += [tr("{answered} of {asked} answered", answered=answered, asked=asked)] if answered else []
    st.markdown(f"**{number}. {messages.plain(lesson.title)}**  \n{' · '.join(facts)}\n\n{objectives}")
    st.button(
        tr("Go on with lesson {number}", number=number) if answered else tr("Begin lesson {number}", number=number),
        key=f"begin-{lesson.name}",
        icon=":material/school:",
        on_click=address.go,
        args=(lesson,),
    )
