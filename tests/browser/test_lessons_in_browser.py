"""Every ready lesson, gone through from its start to the sheet as a participant does; no step waits for a model."""

from typing import TYPE_CHECKING

import pytest

from catsel_core.lessons.finding import BUNDLED_NAMES, all_lessons
from catsel_core.lessons.records import Lesson, Question, Step
from tests.support.browser import MARKS, settle, wait_for_chart, wait_until_drawn
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


def go_through(page: "Page", step: Step, *, answering: bool) -> None:
    """Predict, which reveals the figures, and answer the question after the look."""
    if step.predict:
        settle(page)
        assert page.locator(".catsel-chart").count() == len(step.figures)
        answer(page, "Predict first", step.predict)
    elif step.question and answering:
        page.get_by_role("button", name="I have looked: ask me").click()
    if step.question and answering:
        answer(page, "Question", step.question)
    wait_for_chart(page)
    if step.layer:
        page.locator(".catsel-slider .name").get_by_text(step.layer, exact=True).wait_for()


@pytest.mark.parametrize("name", BUNDLED_NAMES)
def test_a_lesson_from_its_start_to_the_sheet(page: "Page", server: Running, name: str) -> None:
    """Questions of the first lesson are answered too: those of all are the same to the page."""
    lesson: Lesson = next(each for each in all_lessons().ready if each.name == name)
    answering = name == BUNDLED_NAMES[0]
    page.goto(f"{server.address}lessons?lesson={name}")
    for number, step in enumerate(lesson.steps, start=1):
        page.get_by_text(f"Step {number} of {len(lesson.steps)}").wait_for()
        go_through(page, step, answering=answering)
        assert page.get_by_test_id("stAlert").count() == 0
        last = number == len(lesson.steps)
        page.get_by_role("button", name="To your sheet" if last else "Next", exact=True).click()
    predicted = sum(step.predict is not None for step in lesson.steps)
    asked = sum(step.question is not None for step in lesson.steps)
    answered = predicted + answering * asked
    page.get_by_text(f"{answered} of {predicted + asked} questions and predictions answered.").wait_for()
    sheet = page.locator(".st-key-sheet").inner_text()
    assert sheet.count("✓") == answered
    assert sheet.count("not answered") == predicted + asked - answered
    assert "step=sheet" in page.url


def test_a_link_opens_a_step_at_its_layer_or_at_its_own(page: "Page", server: Running) -> None:
    link = f"{server.address}lessons?lesson={BUNDLED_NAMES[0]}&step=2"
    for address, layer in ((link, "Emb"), (f"{link}&layer=9", "L8")):
        page.goto(address)
        wait_for_chart(page)
        settle(page)
        wait_until_drawn(page)
        assert page.locator(".catsel-slider .name").inner_text() == layer
        page.goto("about:blank")
