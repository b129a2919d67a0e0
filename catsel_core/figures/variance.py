"""The sanity figure: variance over items of every hidden unit, by token position."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray, Indices
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN
from catsel_core.figures.texts import percent, shown
from catsel_core.language import tr

_JITTER = 0.09
_JITTER_SEED = 25

MOST_DOTS = 6_000
"""Dots of hidden units that are drawn in full: a browser takes longer for every dot, and tens of thousands, as a long
text after the word would have, hold it for seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """The dots above one position.

    units: the hidden units that are drawn, the same at every layer.
    shared: every unit's variance is 0 at every layer, and one dot stands for all of them.
    """

    label: str
    units: Indices
    shared: bool


def variance_by_position(variance: FloatArray, positions: Sequence[str], layers: tuple[str, ...]) -> Chart:
    """One dot a hidden unit, scattered sideways by a fixed seed; one frame a layer.

    A position where every unit's variance is 0 at every layer (a shared prompt token) is drawn as one dot. Where all
    units would be more than :data:`MOST_DOTS`, every position shows its share of them, see :func:`chosen_units`.

    Args:
        variance: (layer, position, hidden), over items.
        positions: a label for every position.
        layers: labels of the hidden states.
    """
    columns = _columns(variance, positions)
    heights = [_heights(row, columns) for row in variance]
    frames = [
        go.Frame(name=label, data=[{"type": "scatter", "y": y}], traces=[0], layout={"yaxis": {"range": _span(y)}})
        for label, y in zip(layers, heights, strict=True)
    ]
    dots = {**_dots(columns, width=variance.shape[2]), "y": heights[0]}
    readings = tuple(_reading(row, columns, layer_name(layers, index)) for index, row in enumerate(variance))
    figure = go.Figure([dots], _layout(positions, heights[0]), frames)
    return Chart("variance-by-position", tr("Variance over words by token position"), figure, readings)


def chosen_units(variance: FloatArray, most: int) -> Indices:
    """Hidden units that stand for all of them at one position: the largest, and an even choice of the others.

    Half of the places are for the largest, more if the layers have more largest units than that: units in the order of
    the best rank that they have at any layer, so that the largest of every layer is always among them, and no range of
    an axis changes. The others are evenly spaced by number, so that their spread is that of all.

    Args:
        variance: (layer, hidden).
        most: how many units to choose; more only if more different units are the largest of a layer.

    Returns:
        (unit,) ascending, without repetition; all of them if ``most`` is enough.
    """
    width = variance.shape[1]
    if width <= most:
        return np.arange(width)
    ranks = np.argsort(np.argsort(-variance, axis=1, kind="stable"), axis=1)  # (layer, hidden), 0: the largest
    best = ranks.min(axis=0)  # (hidden,)
    n_largest = max(most // 2, int((best == 0).sum()))
    in_order = np.argsort(best, kind="stable")
    others = np.sort(in_order[n_largest:])
    places = np.linspace(0, len(others) - 1, max(0, most - n_largest)).round().astype(np.intp)
    return np.sort(np.concatenate([in_order[:n_largest], others[places]]))


def _columns(variance: FloatArray, positions: Sequence[str]) -> list[_Column]:
    shared = [not variance[:, at].any() for at in range(len(positions))]
    most = MOST_DOTS // max(1, shared.count(False))
    return [
        _Column(label, np.zeros(1, np.intp) if zero else chosen_units(variance[:, at], most), zero)
        for at, (label, zero) in enumerate(zip(positions, shared, strict=True))
    ]


def _dots(columns: Sequence[_Column], width: int) -> dict[str, Any]:
    """All but the heights."""
    jitter = np.random.default_rng(_JITTER_SEED).normal(0, _JITTER, width)
    x = [[at] if column.shared else at + jitter[column.units] for at, column in enumerate(columns)]
    colors: list[str] = []
    texts: list[str] = []
    labels: list[str] = []
    for column in columns:
        colors += [NEUTRAL if column.shared else PLAIN] * len(column.units)
        texts += [tr("all hidden units")] if column.shared else [_unit(unit) for unit in column.units]
        labels += [column.label] * len(column.units)
    return {
        "type": "scatter",
        "x": np.concatenate(x).astype(np.float32),
        "mode": "markers",
        "marker": {"size": 7, "opacity": 0.45, "color": colors, "line": {"width": 0}},
        "text": texts,
        "name": tr("variance"),
        "customdata": labels,
        "hovertemplate": "%{text}<br>" + tr("variance %{y:.4g}") + "<extra></extra>",
        "showlegend": False,
    }


def _unit(unit: int) -> str:
    return tr("hidden unit {unit}", unit=unit)


def _heights(row: FloatArray, columns: Sequence[_Column]) -> FloatArray:
    """(dot,) float32 variances at one layer, from (position, hidden)."""
    return np.concatenate([row[at, column.units] for at, column in enumerate(columns)]).astype(np.float32)


def _layout(positions: Sequence[str], heights: FloatArray) -> dict[str, Any]:
    return base_layout(
        xaxis={
            "title": {"text": tr("Token position")},
            "tickmode": "array",
            "tickvals": list(range(len(positions))),
            "ticktext": [shown(label) for label in positions],
            "range": [-0.6, len(positions) - 0.4],
            "zeroline": False,
        },
        yaxis={"title": {"text": tr("Variance over words")}, "range": _span(heights), "zeroline": False},
    )


def _span(heights: FloatArray) -> list[float]:
    top = float(heights.max()) or 1.0
    return [-0.04 * top, 1.06 * top]


def _reading(row: FloatArray, columns: Sequence[_Column], layer: str) -> str:
    """What one layer's (position, hidden) variances say; numbers are of all hidden units, drawn or not."""
    own = [at for at, column in enumerate(columns) if not column.shared]
    if not own:
        return tr("At {layer} no hidden unit differs between the words.", layer=layer)
    last = row[own[-1]].astype(np.float64)
    unit = int(last.argmax())
    share = last[unit] / last.sum() if last.sum() > 0 else 0.0
    said = {"layer": layer, "mean": last.mean(), "unit": unit, "share": percent(share)}
    text = (
        tr(
            "At {layer} variance is 0 at the shared part of the prompt ({shared} of {positions} positions), as it must "
            "be; at the last position it is {mean:.3g} on average, and hidden unit {unit} alone carries {share} of it.",
            shared=len(columns) - len(own),
            positions=len(columns),
            **said,
        )
        if len(own) < len(columns)
        else tr(
            "At {layer} at the last position it is {mean:.3g} on average, and hidden unit {unit} alone carries {share} "
            "of it.",
            **said,
        )
    )
    return text + _drawn([columns[at] for at in own], width=row.shape[1])


def _drawn(columns: Sequence[_Column], width: int) -> str:
    """Says that not all hidden units are drawn, if so."""
    fewest = min(len(column.units) for column in columns)
    most = max(len(column.units) for column in columns)
    if fewest == width:
        return ""
    number = f"{most:,}" if fewest == most else tr("{fewest:,} to {most:,}", fewest=fewest, most=most)
    drawn = tr(
        "Drawn are {number} of the {count:,} hidden units at each position: the largest of every layer, and an even "
        "choice of the others.",
        number=number,
        count=width,
    )
    return f" {drawn}"
