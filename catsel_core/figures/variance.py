"""The sanity figure: variance over items of every hidden unit, by token position."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import FloatArray
from catsel_core.figures.chart import NEUTRAL, WITHIN, Chart, base_layout, layer_name, shown

_JITTER = 0.09
_JITTER_SEED = 25


def variance_by_position(variance: FloatArray, positions: Sequence[str], layers: tuple[str, ...]) -> Chart:
    """One dot a hidden unit, scattered sideways by a fixed seed; one frame a layer.

    A position where every unit's variance is 0 at every layer (a shared prompt token) is drawn as one dot.

    Args:
        variance: (layer, position, hidden), over items.
        positions: a label for every position.
        layers: labels of the hidden states.
    """
    shared = [bool((variance[:, at] == 0).all()) for at in range(variance.shape[1])]
    width = variance.shape[2]
    jitter = np.random.default_rng(_JITTER_SEED).normal(0, _JITTER, width)
    x = np.concatenate([[at] if zero else at + jitter for at, zero in enumerate(shared)])
    units = np.concatenate([[-1] if zero else np.arange(width) for zero in shared])
    dots = {
        "type": "scatter",
        "x": x.astype(np.float32),
        "mode": "markers",
        "marker": {
            "size": 7,
            "opacity": 0.45,
            "color": [NEUTRAL if unit < 0 else WITHIN for unit in units],
            "line": {"width": 0},
        },
        "text": ["all hidden units" if unit < 0 else f"hidden unit {unit}" for unit in units],
        "name": "variance",
        "customdata": [
            label for label, zero in zip(positions, shared, strict=True) for _ in range(1 if zero else width)
        ],
        "hovertemplate": "%{text}<br>variance %{y:.4g}<extra></extra>",
        "showlegend": False,
    }
    heights = [_heights(row, shared) for row in variance]
    frames = [
        go.Frame(name=label, data=[{"type": "scatter", "y": y}], traces=[0], layout={"yaxis": {"range": _span(y)}})
        for label, y in zip(layers, heights, strict=True)
    ]
    layout = base_layout(
        xaxis={
            "title": {"text": "Token position"},
            "tickmode": "array",
            "tickvals": list(range(len(positions))),
            "ticktext": [shown(label) for label in positions],
            "range": [-0.6, len(positions) - 0.4],
            "zeroline": False,
        },
        yaxis={"title": {"text": "Variance over words"}, "range": _span(heights[0]), "zeroline": False},
    )
    readings = tuple(_reading(row, shared, layers, index) for index, row in enumerate(variance))
    figure = go.Figure([{**dots, "y": heights[0]}], layout, frames)
    return Chart("variance-by-position", "Variance over words by token position", figure, readings)


def _span(heights: FloatArray) -> list[float]:
    top = float(heights.max()) or 1.0
    return [-0.04 * top, 1.06 * top]


def _heights(row: FloatArray, shared: list[bool]) -> FloatArray:
    parts: list[Any] = [row[at, :1] if zero else row[at] for at, zero in enumerate(shared)]
    return np.concatenate(parts).astype(np.float32)


def _reading(row: FloatArray, shared: list[bool], layers: tuple[str, ...], index: int) -> str:
    own = [at for at, zero in enumerate(shared) if not zero]
    start = f"At {layer_name(layers, index)} "
    if not own:
        return start + "no hidden unit differs between the words."
    last = row[own[-1]].astype(np.float64)
    unit = int(last.argmax())
    share = last[unit] / last.sum() if last.sum() > 0 else 0.0
    same = (
        f"variance is 0 at the shared part of the prompt ({sum(shared)} of {len(shared)} positions), as it must be; "
        if any(shared)
        else ""
    )
    return (
        start
        + same
        + (
            f"at the last position it is {last.mean():.3g} on average, and hidden unit {unit} alone "
            f"carries {share:.0%} of it."
        )
    )
