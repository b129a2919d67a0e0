"""Every step of every ready lesson: predicted, its figures shown, its question answered, all of it on the sheet."""

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.lessons.answers import LOOKED, key_of
from catsel_core.lessons.figures import FIGURES
from catsel_core.lessons.records import Lesson
from tests.support.pages import ROOT, charts
from tests.support.ready_lessons import LESSONS
from tests.support.visits import SECONDS

pytestmark = [pytest.mark.bundled, pytest.mark.usefixtures("prepared")]

TORNADOS = 3


def opened(lesson: Lesson, step: str, answers: dict[str, str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.switch_page("pages/lessons.py")
    app.query_params["lesson"], app.query_params["step"] = lesson.name, step
    app.session_state["visitor-lesson-answers"] = answers
    app.run()
    assert not app.exception
    assert not app.error
    assert not app.info
    return app


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_every_step_shows_its_figures_and_is_on_the_sheet(lesson: Lesson) -> None:
    answers: dict[str, str] = {}
    for number, step in enumerate(lesson.steps, start=1):
        if step.predict:
            hidden = opened(lesson, str(number), answers)
            assert len(charts(hidden)) == len(step.figures)
            answers[key_of(lesson, step, "predict")] = step.predict.answer
        answers[key_of(lesson, step, "looked")] = LOOKED
        app = opened(lesson, str(number), answers)
        expected = sum(TORNADOS if name == "tornado" else 1 for name in step.all_figures)
        assert len(charts(app)) == expected
        assert len(app.expander) == len(step.all_figures)
        assert all(name in FIGURES for name in step.all_figures)
        if step.question:
            assert step.question.ask.strip() in "".join(each.value for each in app.markdown)
            answers[key_of(lesson, step, "question")] = step.question.answer
    last = opened(lesson, "sheet", answers)
    sheet = "".join(each.value for each in last.markdown)
    asked = sum((step.predict is not None) + (step.question is not None) for step in lesson.steps)
    assert f"{asked} of {asked} questions and predictions answered" in sheet
    assert sheet.count("✓") == asked
    assert sheet.count("**What the figures say**") == sum(bool(step.all_figures) for step in lesson.steps)
    drawn = [name for step in lesson.steps for name in step.all_figures]
    assert len(charts(last)) == sum(TORNADOS if name == "tornado" else 1 for name in drawn)
