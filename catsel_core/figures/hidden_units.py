"""Rogue dimensions: which hidden units the mean similarity comes from."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats, Indices
from catsel_core.figures.axes import SMALL, ZERO_LINE
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN
from catsel_core.figures.profiles import layer_points, profile
from catsel_core.language import tr

MOST_UNITS = 12
"""Hidden units with bars of their own."""

FEW = 3
"""Units that are called rogue where they carry most of the cosine."""

_NO_LEVEL = 0.01  # below that, shares of a mean say nothing


def unit_bars(contributions: Floats, layers: tuple[str, ...]) -> Chart:
    """The units that carry most of the mean similarity, largest first; one frame a layer.

    Args:
        contributions: (layer, hidden), which add up to the mean similarity of each layer.
        layers: labels of the hidden states.
    """
    orders = _orders(contributions)
    frames = [
        go.Frame(
            name=label,
            data=[_bars(contributions[layer], orders[layer])],
            traces=[0],
            layout={"xaxis": {"ticktext": [str(unit) for unit in orders[layer]]}},
        )
        for layer, label in enumerate(layers)
    ]
    axis = {
        "title": {"text": tr("hidden unit")},
        "tickmode": "array",
        "tickvals": list(range(orders.shape[1])),
        "ticktext": [str(unit) for unit in orders[0]],
        "range": [-0.6, orders.shape[1] - 0.4],
        "showgrid": False,
        "zeroline": False,
        "tickfont": SMALL,
    }
    height = {"title": {"text": tr("part of the mean similarity")}, **ZERO_LINE}
    layout = base_layout(showlegend=False, xaxis=axis, yaxis=height, bargap=0.25)
    figure = go.Figure([_bars(contributions[0], orders[0])], layout, frames)
    readings = tuple(
        _reading(contributions[layer], orders[layer], layer_name(layers, layer)) for layer in range(len(layers))
    )
    return Chart("hidden-units", tr("Which hidden units make the similarity"), figure, readings)


def unit_profile(contributions: Floats, layers: tuple[str, ...]) -> Chart:
    """The mean similarity over the layers, and what is left of it without its largest unit, or three."""
    orders, mean = _orders(contributions), contributions.sum(axis=1)
    without = {count: mean - _of_largest(contributions, orders, count) for count in (1, FEW)}
    open_ = {"color": NEUTRAL, "size": 7}
    curves = (
        (tr("all units"), mean, {"color": PLAIN, "size": 8}, "solid"),
        (tr("without the largest unit"), without[1], {**open_, "symbol": "square-open"}, "dash"),
        (tr("without the largest {count}", count=FEW), without[FEW], {**open_, "symbol": "diamond-open"}, "dot"),
    )
    traces = [
        {
            **layer_points(name, values, layers, "%{y:.3f}", marker),
            "mode": "lines+markers",
            "line": {"color": marker["color"], "dash": dash, "width": 1.5},
        }
        for name, values, marker, dash in curves
    ]
    rings = [([layer] * len(curves), [values[layer] for _, values, *_ in curves]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Mean similarity of all pairs"))
    ends = np.array([0.0, *(end for _, values, *_ in curves for end in (values.min(), values.max()))])
    figure.update_yaxes(
        range=[ends.min() - 0.07 * np.ptp(ends), ends.max() + 0.07 * np.ptp(ends)]
    )  # wherever the ring is
    return Chart(
        "hidden-unit-profile",
        tr("The mean similarity without its largest units"),
        figure,
        (_most(mean, without[FEW], layers),),
    )


def _orders(contributions: Floats) -> Indices:
    """(layer, unit) numbers of the units that add or take most."""
    count = min(MOST_UNITS, contributions.shape[1])
    return np.argsort(-np.abs(contributions), axis=1, kind="stable")[:, :count]


def _of_largest(contributions: Floats, orders: Indices, count: int) -> Floats:
    together: Floats = np.take_along_axis(contributions, orders[:, :count], axis=1).sum(axis=1)
    return together


def _bars(contributions: Floats, order: Indices) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": tr("contribution"),
        "x": np.arange(len(order)),
        "y": contributions[order],
        "marker": {"color": PLAIN},
        "hovertext": [tr("hidden unit {unit}", unit=unit) for unit in order],
        "hovertemplate": "%{hovertext}<br>" + tr("%{y:.3f} of the mean similarity") + "<extra></extra>",
    }


def _reading(contributions: Floats, order: Indices, place: str) -> str:
    mean = float(contributions.sum())
    if abs(mean) < _NO_LEVEL:
        return tr(
            "At {layer} the mean similarity is {mean:.3f}: nearly nothing, whatever the units add and take.",
            layer=place,
            mean=mean,
        )
    largest = contributions[order]
    few = min(FEW, len(order))
    alone, together = (100 * part / mean for part in (largest[0], largest[:few].sum()))
    said = {"layer": place, "unit": order[0], "mean": mean, "few": few, "count": len(contributions)}
    if not (0 <= alone <= 100 and 0 <= together <= 100):  # others take away what these add, or the other way round
        return tr(
            "At {layer} hidden unit {unit} alone adds {alone:.3f} to the mean similarity of {mean:.3f}; "
            "the largest {few} of {count} add {together:.3f}.",
            alone=largest[0],
            together=largest[:few].sum(),
            **said,
        )
    shares = {"alone": f"{alone:.0f} %", "together": f"{together:.0f} %"}
    return tr(
        "At {layer} hidden unit {unit} alone makes {alone} of the mean similarity of {mean:.3f}; "
        "the largest {few} of {count} make {together}.",
        **shares,
        **said,
    )


def _most(mean: Floats, without: Floats, layers: tuple[str, ...]) -> str:
    gap = np.abs(mean - without)
    widest = int(gap.argmax())
    return tr(
        "The largest {count} units matter most at {layer}: without them the mean similarity "
        "would be {without:.3f} instead of {mean:.3f}.",
        count=FEW,
        layer=layer_name(layers, widest),
        without=without[widest],
        mean=mean[widest],
    )
