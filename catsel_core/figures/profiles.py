"""Profiles: statistics over the layers, with a ring on the layer that is looked at.

Every figure has one frame a layer that only moves the ring onto that layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats
from catsel_core.figures.axes import ZERO_LINE, final_norm_mark, layer_axis
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import NEUTRAL, faint
from catsel_core.figures.distributions import PairCurves
from catsel_core.figures.texts import percent, shown
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr
from catsel_core.statistics.jackknife import Band
from catsel_core.statistics.shuffles import ShuffledRange

Points = tuple[list[Any], list[Any]]
"""x and y of some points."""


def group_profile(curves: Sequence[PairCurves], layers: tuple[str, ...], bands: Sequence[Band] = ()) -> Chart:
    """Mean similarity of every group of pairs over the layers, with a band for each if there are any."""
    traces = [part for one, own in zip(curves, bands, strict=False) for part in _group_band(one, own)]
    hover = tr("mean %{y:.3f}")
    traces += [
        {
            **layer_points(one.name, one.mean, layers, hover, {**one.look.marker, "size": 9}),
            "mode": "lines+markers",
            "line": {**one.look.line, "width": 1.5},
        }
        for one in curves
    ]
    rings = [([layer] * len(curves), [one.mean[layer] for one in curves]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Mean similarity"))
    reading = "; ".join(_extremes(one, layers) for one in curves) + "."
    return Chart("group-profile", tr("Mean similarity over the layers"), figure, (reading,))


def _group_band(curves: PairCurves, own: Band) -> list[dict[str, Any]]:
    look = BandLook(ends_of(shown(curves.name)), curves.look.color, 0.22)
    return [band(own.low, own.high, look)] if np.isfinite(own.low).any() else []


def _extremes(curves: PairCurves, layers: tuple[str, ...]) -> str:
    mean = curves.mean
    bottom, top = int(mean.argmin()), int(mean.argmax())
    return tr(
        "{name}: {low:.3f} at {low_layer} to {high:.3f} at {high_layer}",
        name=isolated(curves.name),
        low=mean[bottom],
        low_layer=layers[bottom],
        high=mean[top],
        high_layer=layers[top],
    )


def profile(
    traces: Sequence[dict[str, Any]], rings: Sequence[Points], layers: tuple[str, ...], y_title: str
) -> go.Figure:
    """Traces over the layers, with the final norm marked.

    Args:
        traces: whose x are the numbers of the hidden states.
        rings: the points to ring at each layer.
        layers: labels of the hidden states.
        y_title: what the values are.
    """
    layout = base_layout(
        showlegend=len(traces) > 1,
        xaxis=layer_axis(layers),
        yaxis={"title": {"text": y_title}, **ZERO_LINE},
        **final_norm_mark(layers),
    )
    return ringed(traces, rings, layers, layout)


def ringed(
    traces: Sequence[dict[str, Any]], rings: Sequence[Points], layers: tuple[str, ...], layout: dict[str, Any]
) -> go.Figure:
    """A figure of the traces with rings around the first layer's points, which frames move to the other layers'."""
    frames = [
        go.Frame(name=label, data=[{"type": "scatter", "x": x, "y": y}], traces=[len(traces)])
        for label, (x, y) in zip(layers, rings, strict=True)
    ]
    return go.Figure([*traces, _ring(*rings[0])], layout, frames)


def layer_points(
    name: str, values: Floats, layers: tuple[str, ...], hover: str, marker: dict[str, Any]
) -> dict[str, Any]:
    """A trace with one point a layer; a click on a point picks the layer.

    Args:
        name: in the legend.
        values: (layer,).
        layers: labels of the hidden states.
        hover: plotly's template of what is said of a point, below the name of its layer.
        marker: plotly's description of the points.
    """
    labels = [layer_name(layers, index) for index in range(len(layers))]
    labels[-1] = tr("{layer} (after the final norm)", layer=labels[-1])
    return {
        "type": "scatter",
        "name": shown(name),
        "x": np.arange(len(layers)),
        "y": values,
        "mode": "markers",
        "marker": {"line": {"width": 1, "color": NEUTRAL}, **marker},
        "customdata": np.arange(len(layers)),
        "text": labels,
        "hovertemplate": "%{text}<br>" + hover + f"<extra>{shown(name)}</extra>",
    }


@dataclass(frozen=True, slots=True)
class BandLook:
    """How a band is drawn.

    names: of its lower and its upper end.
    color: of its ends; between them it is paler.
    opacity: of what is between them.
    legend: what the legend calls it, where it hides and shows it; a band without is not in it.
    hover: whether its ends say their values.
    """

    names: tuple[str, str]
    color: str
    opacity: float
    legend: str = ""
    hover: bool = False


def ends_of(name: str) -> tuple[str, str]:
    """Names of the ends of a 95 % band around what has a name."""
    return tr("{name}, lower end of 95 %", name=name), tr("{name}, upper end of 95 %", name=name)


def band(low: Floats, high: Floats, look: BandLook) -> dict[str, Any]:
    """A trace of a band between two ends, (layer,) each, where they are defined."""
    x, y, ends = _outline(low, high)
    texts = {"text": [look.names[end] for end in ends], "hovertemplate": "%{text}<br>%{y:.3f}<extra></extra>"}
    return {
        "type": "scatter",
        "name": look.legend,
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": look.color, "width": 0.5},
        "fill": "toself",
        "fillcolor": faint(look.color, look.opacity),
        "hoveron": "points",
        "showlegend": bool(look.legend),
        **(texts if look.hover else {"hoverinfo": "skip"}),
    }


def _outline(low: Floats, high: Floats) -> tuple[Floats, Floats, list[int]]:
    """Round every run of layers: along the lower end (0), back along the upper one (1), and a gap that closes it."""
    defined = np.flatnonzero(np.isfinite(low) & np.isfinite(high))
    runs = np.split(defined, np.flatnonzero(np.diff(defined) > 1) + 1)
    x = np.concatenate([[*run, *run[::-1], np.nan] for run in runs])
    y = np.concatenate([[*low[run], *high[run[::-1]], np.nan] for run in runs])
    ends = [end for run in runs for end in [0] * len(run) + [1] * (len(run) + 1)]
    return x, y, ends


_BETWEEN = percent(0.95)


def shuffled_band(shuffled: ShuffledRange) -> dict[str, Any]:
    """The range that holds 95 % of the Δ of shuffled labels."""
    low, high, between = (tr("{share} of shuffled labels", share=share) for share in ("2.5 %", "97.5 %", _BETWEEN))
    return band(shuffled.low, shuffled.high, BandLook((low, high), NEUTRAL, 0.3, between, hover=True))


def about_shuffled_band() -> str:
    """What a reading says of :func:`shuffled_band`."""
    return tr("The grey band holds {share} of the Δ of shuffled labels.", share=_BETWEEN)


def _ring(x: list[Any], y: list[Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": tr("selected layer"),
        "x": x,
        "y": y,
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 20, "color": NEUTRAL, "line": {"width": 2.5}},
        "showlegend": False,
        "hoverinfo": "skip",
    }
