"""Laminar profiles: the book statistics over layers, in the book's four panels."""

from typing import Any

import numpy as np

from catsel_core.arrays import Floats
from catsel_core.figures.axes import ZERO_LINE, color_bar, layer_ticks
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import ACROSS_LOOK, NEUTRAL, WITHIN_LOOK
from catsel_core.figures.profiles import AFTER_FINAL_NORM, SHUFFLED, layer_points, profile, ringed, shuffled_band
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.statistics.shuffles import ShuffledRange


def mean_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """A: within and across means, joined by thin Δ lines."""
    within, across = statistics.within_mean, statistics.across_mean
    hover = "mean %{y:.3f}"
    traces = [
        _gaps(within, across),
        layer_points("Within", within, layers, hover, {**WITHIN_LOOK.marker, "size": 11}),
        layer_points("Across", across, layers, hover, {**ACROSS_LOOK.marker, "size": 10}),
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


def delta_profile(statistics: BookStatistics, layers: tuple[str, ...], shuffled: ShuffledRange | None = None) -> Chart:
    """B: Δ = within mean − across mean, before the range that shuffled labels give, where it is known."""
    delta = statistics.delta
    traces = [shuffled_band(shuffled)] if shuffled else []
    traces.append(layer_points("Δ", delta, layers, "Δ %{y:.3f}", _by_layer(len(layers))))
    rings = [([index], [delta[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    reading = _delta_reading(delta, layers) + (SHUFFLED if shuffled else "")
    return Chart("delta-profile", "Difference of means, Δ", figure, (reading,))


def t_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """C: Student's t of within against across pairs."""
    t = statistics.t
    traces = [layer_points("t", t, layers, "t %{y:.2f}", _by_layer(len(layers)))]
    rings = [([index], [t[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "t")
    return Chart("t-profile", "t values", figure, (_t_reading(statistics, layers),))


def t_against_delta(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """D: t against Δ, one point a layer: what dividing by the spread changes."""
    delta, t = statistics.delta, statistics.t
    bar = color_bar("Layer", thickness=12, **layer_ticks(layers))
    marker = {**_by_layer(len(layers)), "showscale": True, "colorbar": bar}
    points = {**layer_points("layers", t, layers, "Δ %{x:.3f}<br>t %{y:.2f}", marker), "x": delta}
    rings = [([delta[index]], [t[index]]) for index in range(len(layers))]
    layout = base_layout(
        showlegend=False,
        xaxis={"title": {"text": "Δ"}, **ZERO_LINE},
        yaxis={"title": {"text": "t"}, **ZERO_LINE},
    )
    figure = ringed([points], rings, layers, layout)
    reading = _agreement_reading(delta, t, layers)
    return Chart("t-against-delta", "t against Δ, coloured by layer", figure, (reading,))


def _gaps(within: Floats, across: Floats) -> dict[str, Any]:
    """A thin line at every layer from one mean to the other; nothing between the layers."""
    nothing = np.full(len(within), np.nan)
    return {
        "type": "scatter",
        "name": "Δ",
        "x": np.repeat(np.arange(len(within)), 3),
        "y": np.stack([within, across, nothing], axis=1).ravel(),
        "mode": "lines",
        "line": {"color": NEUTRAL, "width": 1},
        "hoverinfo": "skip",
    }


def _by_layer(count: int) -> dict[str, Any]:
    return {"color": np.arange(count), "colorscale": "Plasma", "size": 11}


def _delta_reading(delta: Floats, layers: tuple[str, ...]) -> str:
    top = int(delta.argmax())
    last = f"{delta[-1]:.3f} at {layers[-1]}{AFTER_FINAL_NORM}"
    others = f"{delta[0]:.3f} at {layers[0]} and {last}" if top else last
    return f"Δ is largest at {layer_name(layers, top)} with {delta[top]:.3f}; it is {others}."


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
    if not np.isfinite(t).any():
        return "t is not defined at any layer, so there is nothing to compare with Δ."
    top_delta, top_t = int(delta.argmax()), int(np.nanargmax(t))
    if top_delta == top_t:
        return f"Both Δ and t are largest at {layer_name(layers, top_t)}."
    return (
        f"Δ is largest at {layers[top_delta]} ({delta[top_delta]:.3f}) but t at {layers[top_t]} ({t[top_t]:.1f}): "
        "t divides by the spread of the similarities, and the spread changes from layer to layer."
    )
