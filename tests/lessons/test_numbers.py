"""Every number that a ready lesson says in any language can be read below a figure, on the bundled model."""

import re
from collections import Counter

import pytest

from catsel_core.analyses.kinds import kind_of
from catsel_core.inputs.reference_contexts import N_CONTEXTS
from catsel_core.lessons.figures import FIGURES, first_layer
from catsel_core.lessons.records import Lesson, Step
from tests.support.ready_lessons import LESSONS, SAID_IN, STEPS, analysis_of, step_of

pytestmark = [pytest.mark.bundled, pytest.mark.usefixtures("prepared")]

NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e-\d+)?(?!\d)")
YEARS = {"2018", "2021"}


def readings_of(lesson: str, step: Step) -> list[str]:
    """Whatever the figures of a step can say, at any layer."""
    found: list[str] = []
    for figure in map(FIGURES.__getitem__, step.all_figures):
        analysis = analysis_of(lesson, step.name, figure.kind)
        built = figure.build(analysis, *figure.takes(step, analysis))
        found += [reading for chart in (built if isinstance(built, tuple) else (built,)) for reading in chart.readings]
    return found


def numbers(text: str) -> set[str]:
    plain = text.replace("−", "-").replace("–", "-").replace("\N{NARROW NO-BREAK SPACE}", ",")
    return {found.rstrip(",") for found in NUMBER.findall(plain)}


def said(step: Step) -> str:
    """All that is claimed: of a question what is right, not what is wrong."""
    asked = [each for each in (step.predict, step.question) if each is not None]
    parts = [step.text, *step.look, step.notes, *(f"{each.ask} {each.answer} {each.reason}" for each in asked)]
    return "\n".join(parts)


def counted(lesson: str, step: Step) -> set[str]:
    """Numbers that no reading has: what can be counted."""
    counts: list[float] = [*range(-1, 13)]
    for kind in {FIGURES[name].kind for name in step.all_figures} - {"sides"}:
        analysis = analysis_of(lesson, step.name, kind)
        items, (layers, n, hidden) = analysis.inputs.items, analysis.represented.vectors.shape
        counts += [n, n - 1, n * (n - 1) // 2, hidden, layers]
        counts += Counter(item.group for item in items).values()
        counts += Counter(item.label for item in items).values()
    if step.session.contexts.text:
        counts.append(step.session.contexts.windows.window)
    return {str(count) for count in counts}


KNOWN = {
    ("anisotropy", "two-words-with-nothing-in-common"): {"0.87", "0.9", "0.04", "576"},
    ("anisotropy", "below-zero"): {"-0.030"},
    ("anisotropy", "take-the-mean-away"): {"34"},
    ("anisotropy", "too-much-taken-away"): {str(N_CONTEXTS)},
    ("delta-and-t", "words-dealt-by-chance"): {"400", "13"},
    ("delta-and-t", "two-rising-curves"): {"0.90", "0.87"},
}
"""Numbers that are computed in ``test_right_answers.py``, or are readings with fewer digits."""


@pytest.mark.parametrize(("lesson", "step"), STEPS, ids=lambda each: each.name)
def test_every_number_can_be_read_below_a_figure(lesson: Lesson, step: Step) -> None:
    can_be_read = numbers(" ".join(readings_of(lesson.name, step)))
    can_be_read |= counted(lesson.name, step) | KNOWN.get((lesson.name, step.name), set())
    for language in SAID_IN:
        assert numbers(said(step_of(lesson.name, step.name, language))) - can_be_read - YEARS == set(), language
    if step.all_figures:
        layers = request_layers(lesson.name, step)
        assert (first_layer(step, layers) is None) == (step.layer == "")


def request_layers(lesson: str, step: Step) -> tuple[str, ...]:
    kind = FIGURES[step.all_figures[0]].kind
    analysis = analysis_of(lesson, step.name, kind)
    layers: tuple[str, ...] = kind_of(analysis.request).represented(analysis)[0].model.layers
    return layers


def test_lessons_are_of_ten_to_fifteen_minutes_and_say_what_can_be_learnt() -> None:
    assert len(LESSONS) == 4
    assert all(10 <= lesson.minutes <= 15 and len(lesson.objectives) >= 3 for lesson in LESSONS.values())
    assert all(step.notes for _, step in STEPS)
