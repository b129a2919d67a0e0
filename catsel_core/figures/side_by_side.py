"""Two models or prompts side by side: profiles over relative depth, and how alike their layers are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats, Indices
from catsel_core.figures.axes import SMALL, ZERO_LINE, color_axis, layer_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import MARK, SIDES, Look
from catsel_core.figures.texts import percent, shown
from catsel_core.language import tr, tr_count

_FROM_ZERO = ("Δ", "t")  # statistics whose 0 means that there is no effect, and is always in the picture
_LOOKS = (Look(SIDES[0]), Look(SIDES[1], "dash", "diamond"))


@dataclass(frozen=True, slots=True)
class Profile:
    """One statistic over the layers of one side."""

    name: str
    layers: tuple[str, ...]
    values: Floats


def depth_profiles(a: Profile, b: Profile, statistic: str) -> Chart:
    """Both laminar profiles over relative depth: 0 is the embedding, 1 the last hidden state.

    Args:
        a: values are (layer of A,).
        b: values are (layer of B,).
        statistic: what the values are, as the axis says it.
    """
    traces = [_profile(side, look, statistic) for side, look in zip((a, b), _LOOKS, strict=True)]
    layout = base_layout(
        showlegend=True,
        xaxis={"title": {"text": tr("Relative depth")}, "range": [-0.03, 1.03], "showgrid": False, "zeroline": False},
        yaxis={
            "title": {"text": statistic},
            **ZERO_LINE,
            "rangemode": "tozero" if statistic in _FROM_ZERO else "normal",
        },
    )
    reading = "; ".join(_peak(side, letter, statistic) for side, letter in zip((a, b), "AB", strict=True)) + "."
    title = tr("{statistic} over relative depth", statistic=statistic)
    return Chart("depth-profiles", title, go.Figure(traces, layout), (reading,))


def _profile(side: Profile, look: Look, statistic: str) -> dict[str, Any]:
    count = len(side.layers)
    return {
        "type": "scatter",
        "name": shown(side.name),
        "x": np.linspace(0, 1, count),
        "y": side.values,
        "text": [layer_name(side.layers, index) for index in range(count)],
        "mode": "lines+markers",
        "line": {**look.line, "width": 1.5},
        "marker": {**look.marker, "size": 8},
        "hovertemplate": "%{text}<br>" + tr("depth %{x:.2f}") + f"<br>{statistic} %{{y:.3f}}<extra></extra>",
    }


def _peak(side: Profile, letter: str, statistic: str) -> str:
    if not np.isfinite(side.values).any():
        return tr("{side} has no {statistic}", side=letter, statistic=statistic)
    top = int(np.nanargmax(side.values))
    depth = top / max(1, len(side.layers) - 1)
    return tr(
        "{side} has its largest {statistic} at {layer}, {depth} of its depth: {most:.3f}",
        side=letter,
        statistic=statistic,
        layer=layer_name(side.layers, top),
        depth=percent(depth),
        most=side.values[top],
    )


def layer_similarity_map(
    matrix: Floats, path: Indices, layers: tuple[tuple[str, ...], tuple[str, ...]], measure: str
) -> Chart:
    """How alike every layer of A is to every layer of B, with the best-matching path.

    Args:
        matrix: (layer of A, layer of B); NaN where it is not defined.
        path: (layer of A,) the matching layer of B.
        layers: labels of A's hidden states and of B's.
        measure: what the values are.
    """
    rows, columns = layers
    layout = base_layout(
        showlegend=True,
        coloraxis=color_axis("Viridis", *_range(matrix), title=measure, tickfont=SMALL),
        xaxis={**layer_axis(columns, tr("Layer of B"), cells=True), "type": "category"},
        yaxis={**layer_axis(rows, tr("Layer of A"), cells=True), "type": "category"},
    )
    figure = go.Figure([_heat(matrix, layers, measure), _path_line(path, layers)], layout)
    reading = _layer_similarity_reading(matrix, path, layers, measure)
    return Chart("layer-similarity", tr("How alike the layers are"), figure, (reading,), height=0.92)


def _heat(matrix: Floats, layers: tuple[tuple[str, ...], tuple[str, ...]], measure: str) -> dict[str, Any]:
    rows, columns = layers
    return {
        "type": "heatmap",
        "name": measure,
        "x": list(columns),
        "y": list(rows),
        "z": matrix.astype(np.float32),
        "coloraxis": "coloraxis",
        "hoverongaps": False,
        "hovertemplate": f"A %{{y}}, B %{{x}}<br>{measure} %{{z:.3f}}<extra></extra>",
    }


def _path_line(path: Indices, layers: tuple[tuple[str, ...], tuple[str, ...]]) -> dict[str, Any]:
    rows, columns = layers
    return {
        "type": "scatter",
        "name": tr("best-matching path"),
        "x": [columns[at] for at in path],
        "y": list(rows),
        "mode": "lines+markers",
        "line": {"color": MARK, "width": 1.5},
        "marker": {"color": MARK, "size": 4},
        "hoverinfo": "skip",
    }


def _range(matrix: Floats) -> tuple[float, float]:
    finite = matrix[np.isfinite(matrix)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    return low, max(high, low + 1e-6)


def _layer_similarity_reading(
    matrix: Floats, path: Indices, layers: tuple[tuple[str, ...], tuple[str, ...]], measure: str
) -> str:
    finite = np.isfinite(matrix)
    if not finite.any():
        return tr("{measure} is not defined for any two of these layers.", measure=measure)
    alike, gaps = _most_alike(matrix, path, layers, measure), int((~finite).sum())
    if not gaps:
        return alike
    empty = tr_count(
        "In {count} empty cells it is not defined: one layer's values are all equal.",
        "In {count} empty cells it is not defined: one layer's values are all equal.",
        gaps,
    )
    return f"{alike} {empty}"


def _most_alike(matrix: Floats, path: Indices, layers: tuple[tuple[str, ...], tuple[str, ...]], measure: str) -> str:
    best = np.unravel_index(int(np.nanargmax(matrix)), matrix.shape)
    row, column = int(best[0]), int(best[1])
    said = {"a": layers[0][row], "b": layers[1][column], "measure": measure, "most": matrix[row, column]}
    along = matrix[np.arange(len(path)), path]
    if not np.isfinite(along).any():
        return tr("Most alike are {a} of A and {b} of B ({measure} {most:.3f}).", **said)
    return tr(
        "Most alike are {a} of A and {b} of B ({measure} {most:.3f}); along the path the mean is {mean:.3f}.",
        mean=np.nanmean(along),
        **said,
    )
