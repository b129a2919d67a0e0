"""A lesson's words in another language: what ``lesson.de.toml`` says goes over what ``lesson.toml`` says."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.plain_values import PlainValues, shown
from catsel_core.language import tr
from catsel_core.lessons.files import MAIN, checked_markdown, spoken_of, told_of, toml_of
from catsel_core.lessons.records import Lesson, Part, Question, Step
from catsel_core.lessons.steps import markdown, no_such_answer, texts, title

_OF_LESSON = ("title", "objectives", "steps")
_OF_STEP = ("name", "title", "look", "predict", "question")
_OF_QUESTION = ("ask", "options", "answer", "reason")
"""The fields that are words; what else there is, is written once."""


def translated(lesson: Lesson, folder: Path) -> Lesson:
    """The lesson as it is said in the language that is spoken; what the file leaves out stays as it is.

    Raises:
        InputError: if something in the file does not fit the lesson.
    """
    file = spoken_of(folder, MAIN)
    if file == MAIN:
        return lesson
    table = toml_of(folder, file)
    with told_of(file):
        values = _words(table, file, _OF_LESSON)
        lesson = replace(lesson, title=_title(values, lesson.title), objectives=_lines(values, "objectives", lesson))
        found = _by_name(values.rows("steps"), lesson.steps)
    return replace(lesson, steps=tuple(_step(file, found.get(step.name), step) for step in lesson.steps))


def _words(table: Any, where: str, fields: tuple[str, ...]) -> PlainValues:
    """A table of nothing but words."""
    values = PlainValues(table, where)
    for name in table:
        if name not in fields:
            raise InputError(
                tr(
                    "“{where}” has “{name}”. What is not translated is written in lesson.toml alone. Remove it.",
                    where=where,
                    name=shown(name),
                )
            )
    return values


def _title(values: PlainValues, usual: str) -> str:
    return title(values, "title") if values.has("title") else usual


def _lines(values: PlainValues, name: str, usual: Lesson | Step) -> tuple[str, ...]:
    """A list of sentences; where it is left out, that of the lesson or step."""
    return tuple(map(checked_markdown, texts(values, name))) or getattr(usual, name)


def _by_name(listed: list[Any], steps: tuple[Step, ...]) -> dict[str, tuple[int, Any]]:
    """Number and table of each step that is translated."""
    found: dict[str, tuple[int, Any]] = {}
    names = tuple(step.name for step in steps)
    for number, table in enumerate(listed, start=1):
        name = table.get("name") if isinstance(table, Mapping) else None
        if name not in names:
            raise InputError(
                tr(
                    "Step {number} has the name “{name}”, and no step of lesson.toml has it. There are: {names}.",
                    number=number,
                    name=shown(name),
                    names=", ".join(names),
                )
            )
        if name in found:
            raise InputError(tr("Step {number} is “{name}” again. Put both into one.", number=number, name=name))
        found[name] = number, table
    return found


def _step(file: str, found: tuple[int, Any] | None, step: Step) -> Step:
    if found is None:
        return step
    number, table = found
    with told_of(tr("{file}, step {number} (“{name}”)", file=file, number=number, name=step.name)):
        values = _words(table, "step", _OF_STEP)
        return replace(
            step,
            title=_title(values, step.title),
            look=_lines(values, "look", step),
            predict=_question(values, "predict", step.predict),
            question=_question(values, "question", step.question),
        )


def _question(values: PlainValues, part: Part, question: Question | None) -> Question | None:
    if not values.has(part):
        return question
    if question is None:
        raise InputError(tr("“{part}” is not in this step of lesson.toml. Remove it.", part=part))
    with told_of(part):
        said = _words(values.take(part), part, _OF_QUESTION)
        ask, reason = (
            markdown(said, name) if said.has(name) else getattr(question, name) for name in ("ask", "reason")
        )
        asked = replace(question, ask=ask, reason=reason, names=_names(said, question))
        _check_answer(said.text("answer", asked.said(asked.answer)), asked)
    return asked


def _names(said: PlainValues, question: Question) -> tuple[str, ...]:
    """How the options are said: all of them, in the order that they have."""
    names = texts(said, "options")
    if names and (len(names) != len(question.options) or len(set(names)) < len(names)):
        raise InputError(
            tr(
                "“options” must be {count} different texts, in the order of lesson.toml; it is {value}.",
                count=len(question.options),
                value=shown(list(names)),
            )
        )
    return names


def _check_answer(answer: str, asked: Question) -> None:
    """The answer is known from lesson.toml; written here too, it is the same one."""
    right = asked.said(asked.answer)
    if answer == right:
        return
    if asked.options and answer not in map(asked.said, asked.options):
        raise InputError(no_such_answer(answer))
    raise InputError(
        tr(
            "“answer” is “{answer}”; by lesson.toml “{right}” is right. Mend one of the two.",
            answer=shown(answer),
            right=shown(right),
        )
    )
