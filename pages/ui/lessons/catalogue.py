"""The list of lessons: ready ones and own ones, with what can be learnt in each."""

import streamlit as st

from catsel_core.lessons.answers import progress
from catsel_core.lessons.finding import Lessons
from catsel_core.lessons.records import Lesson
from pages.ui import messages
from pages.ui.lessons import address
from pages.ui.session import visitor


def show_list(lessons: Lessons) -> None:
    """All lessons; of those that cannot be read a sentence."""
    st.markdown(
        "A lesson shows one thing about the model, step by step. You predict before a figure is shown, then look, then "
        "answer. At the end there is a sheet with your answers."
    )
    for problem in lessons.problems:
        messages.note(problem)
    _show_all(lessons.ready, 1)
    if lessons.own:
        st.markdown("#### Lessons of this server")
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
    so_far = f" · {answered} of {asked} answered" if answered else ""
    title = messages.plain(lesson.title)
    st.markdown(
        f"**{number}. {title}**  \n{lesson.minutes} minutes · {len(lesson.steps)} steps{so_far}\n\n{objectives}"
    )
    st.button(
        f"{'Go on with' if answered else 'Begin'} lesson {number}",
        key=f"begin-{lesson.name}",
        icon=":material/school:",
        on_click=address.go,
        args=(lesson,),
    )
