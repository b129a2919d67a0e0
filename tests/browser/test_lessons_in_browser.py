"""Every ready lesson, gone through from its start to the sheet as a participant does; no step waits for a model."""

from typing import TYPE_CHECKING

from catsel_core.lessons.finding import BUNDLED_NAMES, all_lessons
from catsel_core.lessons.records import Lesson, Question, Step
from tests.support.browser import MARKS, settle
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


def answer(page: "Page", heading: str, question: Question) -> None:
    form = page.get_by_test_id("stForm").filter(has_text=heading)
    if question.kind == "layer":
        form.get_by_role("combobox").fill(question.answer)
        page.get_by_role("option", name=question.answer, exact=True).click()
    else:
        form.get_by_text(question.answer, exact=True).click()
    form.get_by_role("button").last.click()
    form.wait_for(state="detached")


def go_through(page: "Page", step: Step) -> None:
    """Predict, which reveals the figures, and answer the question after the look."""
    if step.predict:
        settle(page)
        assert page.locator(".catsel-chart").count() == len(step.figures)
        answer(page, "Predict first", step.predict)
    elif step.question:
        page.get_by_role("button", name="I have looked: ask me").click()
    if step.question:
        answer(page, "Question", step.question)


def expect_layer(page: "Page", layer: str) -> None:
    """For a moment the slider of the step before is there too."""
    page.locator(".catsel-slider .name").get_by_text(layer, exact=True).first.wait_for()


def see(page: "Page", step: Step) -> None:
    """Its figures at its layer, and no message."""
    if step.layer:
        expect_layer(page, step.layer)
    page.locator(".catsel-chart").first.wait_for()
    assert page.get_by_test_id("stAlert").count() == 0


def to_the_sheet(page: "Page", lesson: Lesson, answered: tuple[Step, ...]) -> None:
    """From the first step; on the sheet stands what was answered, and nothing else is given away."""
    for number, step in enumerate(lesson.steps, start=1):
        page.get_by_text(f"Step {number} of {len(lesson.steps)}").wait_for()
        settle(page)
        if step in answered:
            go_through(page, step)
        if step.figures or step in answered:
            see(page, step)
        last = number == len(lesson.steps)
        page.get_by_role("button", name="To your sheet" if last else "Next", exact=True).click()
    expected, asked = n_asked(answered), n_asked(lesson.steps)
    page.get_by_text(f"{expected} of {asked} questions and predictions answered.").wait_for()
    sheet = page.locator(".st-key-sheet").inner_text()
    assert sheet.count("✓") == expected
    assert sheet.count("not answered") == asked - expected
    assert f"lesson={lesson.name}&step=sheet" in page.url


def n_asked(steps: tuple[Step, ...]) -> int:
    return sum((step.predict is not None) + (step.question is not None) for step in steps)


def test_lessons_from_their_start_to_the_sheet(page: "Page", server: Running) -> None:
    """Begun with a link to a step, at the link's layer. All is answered in one lesson, and one step in the others.

    What every step reveals is in ``tests/pages/test_ready_lessons.py``.
    """
    page.goto(f"{server.address}lessons?lesson={BUNDLED_NAMES[0]}&step=2&layer=9")
    expect_layer(page, "L8")
    page.get_by_role("button", name="Back", exact=True).click()
    for number, lesson in enumerate(all_lessons().ready, start=1):
        if number == 1:
            to_the_sheet(page, lesson, lesson.steps)
            continue
        page.get_by_role("button", name="All lessons").click()
        page.get_by_role("button", name=f"Begin lesson {number}").click()
        to_the_sheet(page, lesson, tuple(step for step in lesson.steps if step.predict)[:1])
