"""Which lesson is open and where: kept in the page's address alone, so that a link opens it there."""

import uuid
from dataclasses import dataclass

import streamlit as st

from catsel_core.inputs.quotations import shortened
from catsel_core.language import tr
from catsel_core.lessons.finding import Lessons
from catsel_core.lessons.records import Lesson
from pages.ui import messages

SHEET = "sheet"
_LESSON, _STEP, _NOTES = "lesson", "step", "notes"
_MOVE = "lesson-move"


@dataclass(frozen=True, slots=True)
class Place:
    """What the address asks for.

    step: number of the step, from 1; one more than there are for the sheet.
    notes: whether the teacher's notes are shown.
    """

    lesson: Lesson
    step: int = 1
    notes: bool = False

    @property
    def is_sheet(self) -> bool:
        """Whether this is the end of the lesson."""
        return self.step > len(self.lesson.steps)


def asked_for(lessons: Lessons) -> Place | None:
    """The place that the address names; None for the list. What there is not is said in a sentence."""
    name = st.query_params.get(_LESSON)
    if name is None:
        return None
    lesson = lessons.named(name)
    if lesson is None:
        messages.error(tr("There is no lesson “{name}” here. Choose one of the list.", name=shortened(name)))
        return None
    return Place(lesson, _step(lesson), st.query_params.get(_NOTES) == "1")


def _step(lesson: Lesson) -> int:
    asked, count = st.query_params.get(_STEP, "1"), len(lesson.steps)
    if asked == SHEET:
        return count + 1
    if asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= count:
        return int(asked)
    messages.error(
        tr(
            "This lesson has no step “{asked}”: it has {count} steps. Below is the first one.",
            asked=shortened(asked),
            count=count,
        )
    )
    return 1


def go(lesson: Lesson, step: int = 1, *, notes: bool = False) -> None:
    """To a step, or behind the last one to the sheet: in a callback."""
    st.session_state[_MOVE] = uuid.uuid4().hex
    st.query_params[_LESSON] = lesson.name
    st.query_params[_STEP] = SHEET if step > len(lesson.steps) else str(step)
    _set_notes(notes)


def move() -> str:
    """Names the last way to a step: one that is gone to again begins again."""
    name: str = st.session_state.get(_MOVE, "")
    return name


def leave() -> None:
    """To the list: in a callback."""
    for name in (_LESSON, _STEP, _NOTES):
        st.query_params.pop(name, None)


def _set_notes(notes: bool) -> None:
    if notes:
        st.query_params[_NOTES] = "1"
    else:
        st.query_params.pop(_NOTES, None)
