"""Laminar profiles: the book statistics over layers, in the book's four panels."""

from typing import Any

import numpy as np

from catsel_core.arrays import Floats
from catsel_core.figures.axes import ZERO_LINE, color_bar, layer_ticks
from catsel_core.figures.chart import Chart, base_layout, layer_name
from catsel_core.figures.colors import ACROSS_LOOK, NEUTRAL, WITHIN_LOOK
from catsel_core.figures.profiles import about_shuffled_band, layer_points, profile, ringed, shuffled_band
from catsel_core.language import tr
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.statistics.shuffles import ShuffledRange


def mean_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """A: within and across means, joined by thin Δ lines."""
    within, across = statistics.within_mean, statistics.across_mean
    hover = tr("mean %{y:.3f}")
    traces = [
        _gaps(within, across),
        layer_points(tr("Within"), within, layers, hover, {**WITHIN_LOOK.marker, "size": 11}),
        layer_points(tr("Across"), across, layers, hover, {**ACROSS_LOOK.marker, "size": 10}),
    ]
    rings = [([index, index], [within[index], across[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Mean similarity"))
    return Chart("mean-profile", tr("Means of within and across"), figure, (_means_reading(statistics, layers),))


def _means_reading(statistics: BookStatistics, layers: tuple[str, ...]) -> str:
    widest = int(np.abs(statistics.delta).argmax())
    return tr(
        "Within-category pairs are the more similar ones at {more} of {count} layers; the gap is widest at "
        "{layer}: {within:.3f} within against {across:.3f} across.",
        more=int((statistics.delta > 0).sum()),
        count=len(layers),
        layer=layer_name(layers, widest),
        within=statistics.within_mean[widest],
        across=statistics.across_mean[widest],
    )


def delta_profile(statistics: BookStatistics, layers: tuple[str, ...], shuffled: ShuffledRange | None = None) -> Chart:
    """B: Δ = within mean − across mean, before the range that shuffled labels give, where it is known."""
    delta = statistics.delta
    traces = [shuffled_band(shuffled)] if shuffled else []
    traces.append(layer_points("Δ", delta, layers, "Δ %{y:.3f}", _by_layer(len(layers))))
    rings = [([index], [delta[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    reading = _delta_reading(delta, layers) + (f" {about_shuffled_band()}" if shuffled else "")
    return Chart("delta-profile", tr("Difference of means, Δ"), figure, (reading,))


def t_profile(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """C: Student's t of within against across pairs."""
    t = statistics.t
    traces = [layer_points("t", t, layers, "t %{y:.2f}", _by_layer(len(layers)))]
    rings = [([index], [t[index]]) for index in range(len(layers))]
    figure = profile(traces, rings, layers, "t")
    return Chart("t-profile", tr("t values"), figure, (_t_reading(statistics, layers),))


def t_against_delta(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """D: t against Δ, one point a layer: what dividing by the spread changes."""
    delta, t = statistics.delta, statistics.t
    bar = color_bar(tr("Layer"), thickness=12, **layer_ticks(layers))
    marker = {**_by_layer(len(layers)), "showscale": True, "colorbar": bar}
    points = {**layer_points(tr("layers"), t, layers, "Δ %{x:.3f}<br>t %{y:.2f}", marker), "x": delta}
    rings = [([delta[index]], [t[index]]) for index in range(len(layers))]
    layout = base_layout(
        showlegend=False,
        xaxis={"title": {"text": "Δ"}, **ZERO_LINE},
        yaxis={"title": {"text": "t"}, **ZERO_LINE},
    )
    figure = ringed([points], rings, layers, layout)
    reading = _agreement_reading(delta, t, layers)
    return Chart("t-against-delta", tr("t against Δ, coloured by layer"), figure, (reading,))


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
    said = {"layer": layer_name(layers, top), "most": delta[top], "last": delta[-1], "last_layer": layers[-1]}
    if not top:
        return tr(
            "Δ is largest at {layer} with {most:.3f}; it is {last:.3f} at {last_layer} (after the final norm).", **said
        )
    return tr(
        "Δ is largest at {layer} with {most:.3f}; it is {first:.3f} at {first_layer} and {last:.3f} at {last_layer} "
        "(after the final norm).",
        first=delta[0],
        first_layer=layers[0],
        **said,
    )


def _t_reading(statistics: BookStatistics, layers: tuple[str, ...]) -> str:
    t = statistics.t
    if not np.isfinite(t).any():
        return tr(
            "t is not defined at any layer: the similarities have no spread, or there are fewer than three pairs."
        )
    top = int(np.nanargmax(t))
    undefined = int((~np.isfinite(t)).sum())
    reading = tr(
        "t is largest at {layer} with {t:.1f}, from {within:,} within and {across:,} across pairs. Pairs share words, "
        "so read t as a description and not as a test.",
        layer=layer_name(layers, top),
        t=t[top],
        within=statistics.n_within,
        across=statistics.n_across,
    )
    if not undefined:
        return reading
    where = tr(
        "It is not defined at {some} of {count} layers, where no value differs.", some=undefined, count=len(layers)
    )
    return f"{reading} {where}"


def _agreement_reading(delta: Floats, t: Floats, layers: tuple[str, ...]) -> str:
    if not np.isfinite(t).any():
        return tr("t is not defined at any layer, so there is nothing to compare with Δ.")
    top_delta, top_t = int(delta.argmax()), int(np.nanargmax(t))
    if top_delta == top_t:
        return tr("Both Δ and t are largest at {layer}.", layer=layer_name(layers, top_t))
    return tr(
        "Δ is largest at {delta_layer} ({delta:.3f}) but t at {t_layer} ({t:.1f}): "
        "t divides by the spread of the similarities, and the spread changes from layer to layer.",
        delta_layer=layers[top_delta],
        delta=delta[top_delta],
        t_layer=layers[top_t],
        t=t[top_t],
    )
