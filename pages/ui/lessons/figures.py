"""The figures of a step, and what they say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catsel_core.analyses.kinds import kind_of
from catsel_core.analyses.notes import what_to_know
from catsel_core.analyses.represent import Represented
from catsel_core.errors import CatselError
from catsel_core.figures import Payload
from catsel_core.lessons.figures import FIGURES, Kind, checked_analysis, first_layer, request_of
from catsel_core.lessons.records import Lesson, Step
from pages.ui import messages
from pages.ui.lessons.address import move
from pages.ui.viewer.components import explain, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart

USUAL_LAYER = 4
"""Whose reading stands on the sheet where a step names none: where the slider begins too."""


@dataclass(frozen=True, slots=True)
class Made:
    """Finished analyses of a step, by kind, and the layers of the first one's model."""

    step: Step
    analyses: dict[Kind, Any]
    layers: tuple[str, ...]
    first: int | None

    def charts(self, name: str) -> tuple[Payload, ...]:
        """A figure, or a row of them; none where its analysis could not be made, which was said."""
        figure = FIGURES[name]
        if figure.kind not in self.analyses:
            return ()
        analysis = self.analyses[figure.kind]
        built: Any = chart(figure.build, analysis, *figure.takes(self.step, analysis))
        return built if isinstance(built, tuple) else (built,)

    def readings(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Title of every figure, and what it says at the layer that the step begins with."""
        for payload in (each for name in names for each in self.charts(name)):
            at = USUAL_LAYER if self.first is None else self.first
            yield payload.title, payload.readings[min(at, len(payload.readings) - 1)]


def make(step: Step, names: Iterable[str]) -> Made | None:
    """What these figures need, with progress where this is called; None if nothing could be made, which is said."""
    analyses: dict[Kind, Any] = {}
    layers: tuple[str, ...] = ()
    first = None
    for kind in dict.fromkeys(FIGURES[name].kind for name in names):
        try:
            request = request_of(step, kind)
            found = results.waited(request)
            if found is None:
                continue
            checked_analysis(found, kind)
            _say_what_to_know(kind_of(request).represented(found))
            layers = layers or kind_of(request).represented(found)[0].model.layers
            first = first_layer(step, layers)
        except CatselError as exc:
            messages.error(str(exc))
            continue
        analyses[kind] = found
    return Made(step, analyses, layers, first) if analyses else None


def _say_what_to_know(represented: Sequence[Represented]) -> None:
    for note in dict.fromkeys(note for each in represented for note in what_to_know(each)):
        st.caption(messages.plain(note))


def show_slider(lesson: Lesson, made: Made) -> None:
    """The layers, beginning with that of the step."""
    start = None if made.first is None else (f"{lesson.name}/{made.step.name}/{move()}", made.first)
    layer_slider(made.layers, start=start)


def show_figures(made: Made, names: Iterable[str], among: str = "") -> None:
    """Figures side by side, two in a row; those of a row of their own, three.

    Args:
        made: what they are made of.
        names: of the figures.
        among: tells them from those of other steps on the same page, where none is explained.
    """
    single: list[tuple[str, Payload]] = []
    for name in names:
        charts = made.charts(name)
        if len(charts) == 1:
            single.append((FIGURES[name].key + among, charts[0]))
        elif charts:
            _row(charts, among)
    for start in range(0, len(single), 2):
        for column, (key, payload) in zip(_columns(len(single) - start), single[start : start + 2], strict=False):
            with column:
                show_chart(payload, key=key, explained=not among)


def _columns(left: int) -> Sequence[DeltaGenerator]:
    """A figure alone is not drawn as wide as the page."""
    return st.columns(2, gap="large") if left > 1 else st.columns([3, 2], gap="large")


def _row(charts: tuple[Payload, ...], among: str) -> None:
    for start in range(0, len(charts), 3):
        for number, column in enumerate(st.columns(3, gap="medium"), start=start):
            if number < len(charts):
                with column:
                    show_chart(charts[number], key=f"-{number + 1}{among}", explained=False)
    if not among:
        explain(charts[0].name)
