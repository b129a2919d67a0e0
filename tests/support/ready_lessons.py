"""The lessons that come along, in every language; what their steps show on the bundled model, analysed once."""

from contextvars import copy_context
from functools import cache
from typing import Any

from catsel_core.analyses.kinds import kind_of
from catsel_core.hidden_states.run import Run
from catsel_core.language import LANGUAGES, USUAL, speak
from catsel_core.lessons.figures import Kind, request_of
from catsel_core.lessons.finding import all_lessons
from catsel_core.lessons.records import Lesson, Step


def _said_in(language: str) -> dict[str, Lesson]:
    speak(language)
    return {lesson.name: lesson for lesson in all_lessons().ready}


SAID_IN = {language: copy_context().run(_said_in, language) for language in LANGUAGES}
LESSONS = SAID_IN[USUAL]
STEPS = [(lesson, step) for lesson in LESSONS.values() for step in lesson.steps]


def step_of(lesson: str, name: str, language: str = USUAL) -> Step:
    return next(step for step in SAID_IN[language][lesson].steps if step.name == name)


def analysis_of(lesson: str, name: str, kind: Kind = "words") -> Any:
    """Of one step; a request that several steps share is analysed once."""
    return _analysed(request_of(step_of(lesson, name), kind))


@cache
def _analysed(request: Any) -> Any:
    return kind_of(request).analyse(request, Run())
