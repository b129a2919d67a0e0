"""The participant's sheet: what was answered, what is right and why, and what the figures say, as Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from catsel_core.export.markdown import literal
from catsel_core.language import mark, tr
from catsel_core.lessons.answers import given, may_ask, progress
from catsel_core.lessons.records import Answers, Lesson, Question, Step

Reading = tuple[str, str]
"""Title of a figure, and what its numbers say."""

_PREDICTED = (mark("Predicted"), mark("Shown"))
_ANSWERED = (mark("Answered"), mark("Right answer"))


def sheet(lesson: Lesson, answers: Answers, readings: Mapping[str, Sequence[Reading]], name: str = "") -> str:
    """The whole sheet.

    Args:
        lesson: that was gone through.
        answers: of the participant.
        readings: of the figures, by the step that shows them.
        name: of the participant.
    """
    answered, asked = progress(answers, lesson)
    lines = [f"# {literal(lesson.title)}", ""]
    lines += [tr("Name: {name}", name=literal(name.strip())), ""] if name.strip() else []
    lines += [tr("{answered} of {asked} questions and predictions answered.", answered=answered, asked=asked), ""]
    lines += ["## " + tr("What this lesson is about"), ""]
    lines += [f"- {objective}" for objective in lesson.objectives]
    for number, step in enumerate(lesson.steps, start=1):
        lines += ["", *_of_step(number, lesson, step, answers, readings.get(step.name, ()))]
    return "\n".join(lines) + "\n"


def _of_step(number: int, lesson: Lesson, step: Step, answers: Answers, readings: Sequence[Reading]) -> Iterator[str]:
    yield f"## {number}. {literal(step.title)}"
    if step.predict is not None:
        predicted = given(answers, lesson, step, "predict")
        yield from ("", "**" + tr("Prediction") + f".** {step.predict.ask}", "")
        yield from _answered(step.predict, predicted, _PREDICTED)
    if readings:
        yield from ("", "**" + tr("What the figures say") + "**", "")
        yield from (f"- {literal(title)}: {literal(reading)}" for title, reading in readings)
    if step.question is not None:
        chosen = given(answers, lesson, step, "question")
        yield from ("", "**" + tr("Question") + f".** {step.question.ask}", "")
        yield from _answered(step.question, chosen, _ANSWERED)


def _answered(question: Question, chosen: str | None, names: tuple[str, str]) -> Iterator[str]:
    """Nothing is given away of what was not answered: the sheet may be opened at any time."""
    answered, right = map(tr, names)
    if chosen is None:
        yield f"- {answered}: *" + tr("not answered") + "*"
        return
    yield f"- {answered}: {literal(question.said(chosen))}{verdict(question, chosen)}"
    yield f"- {right}: {literal(question.said(question.answer))}"
    yield "- " + tr("Why") + ": " + " ".join(question.reason.split())


def verdict(question: Question, chosen: str) -> str:
    """Whether an answer is right, as a sign after it."""
    return " ✓" if chosen == question.answer else " ✗"


def seen(lesson: Lesson, answers: Answers) -> tuple[Step, ...]:
    """Steps whose figures have been seen: what a prediction would reveal stays covered until it is made."""
    return tuple(step for step in lesson.steps if step.all_figures and may_ask(answers, lesson, step))
