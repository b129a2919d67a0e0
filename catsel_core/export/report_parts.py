"""What the sections of a report are made of: something shown that moves with the layer, and tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from catsel_core.figures import About, Chart, Passage
from catsel_core.figures.explanations import explanations
from catsel_core.viewer.given import FOLLOWS_LAYER, Follows, chart_data

Cell = str | Passage
"""A text, or one with a target that is marked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a script shows.

    kind: ``chart``, ``slider`` or ``neighbours``.
    data: what the script is given.
    explanation: how it is computed, in Markdown; empty if that is said elsewhere.
    """

    kind: str
    data: dict[str, Any]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that unfolds; ``heads`` of its columns stand above its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One analysis.

    settings: (name, value) of all that it depends on.
    notes: what is worth knowing, as sentences.
    sliders: of the section's layers.
    figures: in the order in which they are looked at, those together that stand side by side where there is room.
    """

    title: str
    settings: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sliders: tuple[Shown, ...]
    figures: tuple[tuple[Shown, ...], ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """How a chart stands in its section: see :func:`~catsel_core.viewer.given.chart_data`."""

    prefix: str = ""
    key: str = ""
    follows: Follows = field(default_factory=lambda: FOLLOWS_LAYER)


def chart_shown(chart: Chart, about: About, place: Place, *, explained: bool = True) -> Shown:
    """A chart as the browser gets it on the pages."""
    data = chart_data(chart.for_browser(about), place.prefix, place.key, place.follows)
    return Shown("chart", {**data, "plotly": ""}, explanations()[chart.name] if explained else "")


def charts_shown(charts: Iterable[Chart], about: About, prefixes: Sequence[str] = ()) -> tuple[Shown, ...]:
    """Charts one after the other, the first of them after these prefixes."""
    listed = tuple(charts)
    named = [*prefixes, *[""] * len(listed)]
    return tuple(chart_shown(chart, about, Place(prefix)) for chart, prefix in zip(listed, named, strict=False))
