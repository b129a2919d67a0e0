"""Laminar profiles: the book statistics over layers, in the book's four panels.

Every panel has one frame a layer that only moves a ring onto that layer.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from catsel_core.arrays import Floats
from catsel_core.figures.chart import (
    ACROSS,
    NEUTRAL,
    WITHIN,
    Chart,
    base_layout,
    final_norm_mark,
    layer_axis,
    layer_name,
    shown,
)
from catsel_core.figures.distributions import PairCurves
from catsel_core.statistics.pairs import BookStatistics

_FINAL = " (after the final norm)"


def mean_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """A: within and across means, joined by thin Δ lines."""
    within, across = statistics.within_mean, statistics.across_mean
    gap = np.full(3 * len(layers), np.nan)
    gap[0::3], gap[1::3] = within, across
    traces = [
        {
            "type": "scatter",
            "name": "Δ",
            "x": np.repeat(np.arange(len(layers)), 3),
            "y": gap,
            "mode": "lines",
            "line": {"color": NEUTRAL, "width": 1},
            "hoverinfo": "skip",
        },
        layer_points(
            "Within", within, layers, "mean %{y:.3f}", marker={"color": WITHIN, "symbol": "hexagon", "size": 11}
        ),
        layer_points(
            "Across", across, layers, "mean %{y:.3f}", marker={"color": ACROSS, "symbol": "circle", "size": 10}
        ),
    ]
    more = int((statistics.delta > 0).sum())
    widest = int(np.abs(statistics.delta).argmax())
    reading = (
        f"Within-category pairs are the more similar ones at {more} of {len(layers)} layers; the gap is widest at "
        f"{layer_name(layers, widest)}: {within[widest]:.3f} within against {across[widest]:.3f} across."
    )
    rings = [([index, index], [within[index], across[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "Mean similarity")
    return Chart("mean-profile", "Means of within and across", figure, (reading,))


def delta_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """B: Δ = within mean − across mean."""
    delta = statistics.delta
    top = int(delta.argmax())
    after = f"{delta[-1]:.3f} at {layers[-1]}{_FINAL}"
    reading = f"Δ is largest at {layer_name(layers, top)} with {delta[top]:.3f}" + (
        f"; it is {delta[0]:.3f} at {layers[0]} and {after}." if top else f"; it is {after}."
    )
    traces = [layer_points("Δ", delta, layers, "Δ %{y:.3f}", marker=_by_layer(len(layers)))]
    rings = [([index], [delta[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    return Chart("delta-profile", "Difference of means, Δ", figure, (reading,))


def t_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """C: Student's t of within against across pairs."""
    t = statistics.t
    traces = [layer_points("t", t, layers, "t %{y:.2f}", marker=_by_layer(len(layers)))]
    rings = [([index], [t[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "t")
    return Chart("t-profile", "t values", figure, (_t_reading(statistics, layers),))


def t_against_delta(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """D: t against Δ, one point a layer: what dividing by the spread changes."""
    delta, t = statistics.delta, statistics.t
    marker = {**_by_layer(len(layers)), "showscale": True, "colorbar": _layer_colorbar(layers)}
    point = layer_points("layers", t, layers, "Δ %{x:.3f}<br>t %{y:.2f}", marker=marker)
    rings = [([delta[index]], [t[index]]) for index in range(len(layers))]
    figure = go.Figure(
        [{**point, "x": delta, "mode": "markers"}, _ring(*rings[0])],
        base_layout(
            showlegend=False,
            xaxis={"title": {"text": "Δ"}, "zeroline": False},
            yaxis={"title": {"text": "t"}, "zeroline": False},
        ),
        _frames(rings, layers, trace=1),
    )
    reading = _agreement_reading(delta, t, layers)
    return Chart("t-against-delta", "t against Δ, coloured by layer", figure, (reading,))


def group_profile(curves: Sequence[PairCurves], layers: tuple[str, ...]) -> Chart:
    """Mean similarity of every group of pairs over the layers."""
    traces = [
        {
            **layer_points(one.name, one.mean, layers, "mean %{y:.3f}", {"color": one.color, "size": 9}),
            "mode": "lines+markers",
            "line": {"color": one.color, "width": 1.5},
        }
        for one in curves
    ]
    rings = [([layer] * len(curves), [one.mean[layer] for one in curves]) for layer in range(len(layers))]
    parts = []
    for one in curves:
        top, bottom = int(one.mean.argmax()), int(one.mean.argmin())
        parts.append(f"{one.name}: {one.mean[bottom]:.3f} at {layers[bottom]} to {one.mean[top]:.3f} at {layers[top]}")
    figure = profile(traces, rings, layers, "Mean similarity")
    return Chart("group-profile", "Mean similarity over the layers", figure, (f"{'; '.join(parts)}.",))


def profile(
    traces: list[dict[str, Any]], rings: list[tuple[list[Any], list[Any]]], layers: tuple[str, ...], y_title: str
) -> go.Figure:
    """Traces over the layers, with the final norm marked, and a ring at (x, y) points a layer."""
    layout = base_layout(
        showlegend=len(traces) > 1,
        xaxis=layer_axis(layers),
        yaxis={"title": {"text": y_title}, "zeroline": True, "zerolinewidth": 1},
        **final_norm_mark(layers),
    )
    return go.Figure([*traces, _ring(*rings[0])], layout, _frames(rings, layers, trace=len(traces)))


def layer_points(
    name: str, values: Floats, layers: tuple[str, ...], hover: str, marker: dict[str, Any]
) -> dict[str, Any]:
    """A trace with one point a layer; a click on a point picks the layer."""
    labels = [layer_name(layers, index) for index in range(len(layers))]
    labels[-1] += _FINAL
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


def _by_layer(count: int) -> dict[str, Any]:
    return {"color": np.arange(count), "colorscale": "Plasma", "size": 11}


def _layer_colorbar(layers: tuple[str, ...]) -> dict[str, Any]:
    axis = layer_axis(layers)
    ticks = {"tickmode": "array", "tickvals": axis["tickvals"], "ticktext": axis["ticktext"]}
    return {"thickness": 12, "title": {"text": "Layer", "side": "top"}, **ticks}


def _ring(x: list[Any], y: list[Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": "selected layer",
        "x": x,
        "y": y,
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 20, "color": NEUTRAL, "line": {"width": 2.5}},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _frames(rings: list[tuple[list[Any], list[Any]]], layers: tuple[str, ...], trace: int) -> list[go.Frame]:
    return [
        go.Frame(name=label, data=[{"type": "scatter", "x": x, "y": y}], traces=[trace])
        for label, (x, y) in zip(layers, rings, strict=True)
    ]


def _t_reading(statistics: BookStatistics, layers: tuple[str, ...]) -> str:
    t = statistics.t
    if not np.isfinite(t).any():
        return "t is not defined at any layer: the similarities have no spread, or there are fewer than three pairs."
    top = int(np.nanargmax(t))
    undefined = int((~np.isfinite(t)).sum())
    tail = f" It is not defined at {undefined} of {len(layers)} layers, where no value differs." if undefined else ""
    return (
        f"t is largest at {layer_name(layers, top)} with {t[top]:.1f}, from {statistics.n_within:,} within and "
        f"{statistics.n_across:,} across pairs. Pairs share words, so read t as a description and not as a test.{tail}"
    )


def _agreement_reading(delta: Floats, t: Floats, layers: tuple[str, ...]) -> str:
    defined = np.isfinite(t)
    if not defined.any():
        return "t is not defined at any layer, so there is nothing to compare with Δ."
    top_delta, top_t = int(delta.argmax()), int(np.nanargmax(t))
    if top_delta == top_t:
        return f"Both Δ and t are largest at {layer_name(layers, top_t)}."
    return (
        f"Δ is largest at {layers[top_delta]} ({delta[top_delta]:.3f}) but t at {layers[top_t]} ({t[top_t]:.1f}): "
        "t divides by the spread of the similarities, and the spread changes from layer to layer."
    )
