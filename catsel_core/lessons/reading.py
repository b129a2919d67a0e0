"""A lesson's folder to a :class:`~catsel_core.lessons.records.Lesson`; docs/lessons.md has the form field by field."""

import re
from pathlib import Path
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.plain_values import PlainValues, shown
from catsel_core.language import tr
from catsel_core.lessons.files import MAIN, checked_markdown, is_there, markdown_of, spoken_of, told_of, toml_of
from catsel_core.lessons.records import Lesson, Step
from catsel_core.lessons.sessions import Parts, parts_of
from catsel_core.lessons.steps import read_step, texts, title
from catsel_core.lessons.translating import translated

MOST_STEPS = 40
_MOST_MINUTES = 240
_STEP_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NOTES = "notes.md"


def read_lesson(folder: Path) -> Lesson:
    """The lesson in a folder, whole, in the language that is spoken as far as it has been translated.

    Raises:
        InputError: with one sentence that names the lesson, the file, the place in it and the way out.
    """
    with told_of(tr("Lesson “{name}”", name=folder.name)):
        values = PlainValues(toml_of(folder, MAIN), MAIN)
        with told_of(MAIN):
            heading, minutes = title(values, "title"), _minutes(values)
            objectives, base = _objectives(values), parts_of(values.take("session"), folder, {})
            listed = _listed(values)
            values.end()
        steps = tuple(_step(folder, number, named, base) for number, named in enumerate(listed, start=1))
        lesson = Lesson(folder.name, heading, minutes, objectives, steps, _markdown(folder, _NOTES, needed=False))
        return translated(lesson, folder)


def _minutes(values: PlainValues) -> int:
    minutes = values.whole("minutes", 0)
    if not 1 <= minutes <= _MOST_MINUTES:
        raise InputError(
            tr("“minutes” must be between 1 and {most}; it is {minutes}.", most=_MOST_MINUTES, minutes=minutes)
        )
    return minutes


def _objectives(values: PlainValues) -> tuple[str, ...]:
    objectives = texts(values, "objectives")
    if not objectives:
        raise InputError(tr("“objectives” must say what can be learnt: a list of at least one sentence."))
    return tuple(map(checked_markdown, objectives))


def _listed(values: PlainValues) -> list[tuple[str, Any]]:
    """Name and table of every step, in the order of the file."""
    listed = values.rows("steps")
    if not 1 <= len(listed) <= MOST_STEPS:
        raise InputError(
            tr(
                "There must be 1 to {most} steps, each under [[steps]]; there are {found}.",
                most=MOST_STEPS,
                found=len(listed),
            )
        )
    names = [_name(number, table) for number, table in enumerate(listed, start=1)]
    for number, name in enumerate(names, start=1):
        if name in names[: number - 1]:
            raise InputError(
                tr(
                    "Step {number} has the name “{name}” of another step. Give it one of its own.",
                    number=number,
                    name=name,
                )
            )
    return list(zip(names, listed, strict=True))


def _name(number: int, table: Any) -> str:
    name = table.get("name") if isinstance(table, dict) else None
    if isinstance(name, str) and _STEP_NAME.fullmatch(name):
        return name
    raise InputError(
        tr(
            'Step {number} needs a “name” of small letters, digits and hyphens, such as name = "first-look"; '
            "it is {name}.",
            number=number,
            name=shown(name),
        )
    )


def _step(folder: Path, number: int, named: tuple[str, Any], base: Parts) -> Step:
    name, table = named
    text, notes = _markdown(folder, f"{name}.md"), _markdown(folder, f"{name}.notes.md", needed=False)
    with told_of(tr("{file}, step {number} (“{name}”)", file=MAIN, number=number, name=name)):
        values = PlainValues({key: value for key, value in table.items() if key != "name"}, "step")
        parts = parts_of(values.take("session"), folder, base)
        return read_step(name, values, parts, (text, notes))


def _markdown(folder: Path, name: str, *, needed: bool = True) -> str:
    name = spoken_of(folder, name)
    return markdown_of(folder, name) if needed or is_there(folder, name) else ""
