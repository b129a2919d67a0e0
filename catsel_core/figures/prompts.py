"""One list in several prompts: the spread of its profiles, and how well the prompts agree."""

from collections.abc import Sequence

import numpy as np

from catsel_core.arrays import Floats
from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN, looks, palette
from catsel_core.figures.profiles import BandLook, band, layer_points, profile
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr
from catsel_core.statistics.noise_ceiling import NoiseCeiling


def prompts_profile(delta: Floats, templates: Sequence[str], layers: tuple[str, ...]) -> Chart:
    """Δ in every prompt over the layers, and their mean.

    Args:
        delta: (prompt, layer).
        templates: the prompts.
        layers: labels of the hidden states.
    """
    mean, low, high = delta.mean(axis=0), delta.min(axis=0), delta.max(axis=0)
    ends = tr("smallest of all prompts"), tr("largest of all prompts")
    traces = [band(low, high, BandLook(ends, NEUTRAL, 0.25, tr("all prompts"), hover=True))]
    for template, values, look in zip(templates, delta, looks(palette(len(templates))), strict=True):
        points = layer_points(template, values, layers, "Δ %{y:.3f}", {**look.marker, "size": 5})
        traces.append({**points, "mode": "lines+markers", "line": {**look.line, "width": 1.2}, "opacity": 0.8})
    points = layer_points(tr("mean of prompts"), mean, layers, tr("mean Δ %{y:.3f}"), {"color": PLAIN, "size": 8})
    traces.append({**points, "mode": "lines+markers", "line": {"color": PLAIN, "width": 3}})
    rings = [([layer], [mean[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    readings = tuple(_spread(delta, layers, layer) for layer in range(len(layers)))
    return Chart("prompts-profile", tr("Δ in every prompt"), figure, readings, height=0.72)


def _spread(delta: Floats, layers: tuple[str, ...], layer: int) -> str:
    own, tops = delta[:, layer], sorted(set(delta.argmax(axis=1).tolist()))
    spread = tr(
        "At {layer} Δ is {mean:.3f} on average over {count} prompts, from {low:.3f} to {high:.3f}.",
        layer=layer_name(layers, layer),
        mean=own.mean(),
        count=len(own),
        low=own.min(),
        high=own.max(),
    )
    first, last = layers[tops[0]], layers[tops[-1]]
    where = (
        tr("It is largest in all of them at {layer}.", layer=first)
        if len(tops) == 1
        else tr("It is largest between {first} and {last}, by the prompt.", first=first, last=last)
    )
    return f"{spread} {where}"


def ceiling_profile(ceiling: NoiseCeiling, templates: Sequence[str], layers: tuple[str, ...]) -> Chart:
    """How well the prompts agree on which words are alike.

    Args:
        ceiling: of the prompts.
        templates: the prompts.
        layers: labels of the hidden states.
    """
    lower, upper = ceiling.lower.mean(axis=0), ceiling.upper.mean(axis=0)
    ceiled = BandLook((tr("lower bound"), tr("upper bound")), NEUTRAL, 0.3, tr("noise ceiling"), hover=True)
    traces = [band(lower, upper, ceiled)]
    hover = tr("with the others %{y:.3f}")
    for template, values, look in zip(templates, ceiling.lower, looks(palette(len(templates))), strict=True):
        marker = {**look.marker, "size": 6}
        traces.append(layer_points(template, values, layers, hover, marker))
    rings = [([layer, layer], [lower[layer], upper[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Rank correlation"))
    readings = tuple(_agreement(ceiling, templates, layers, layer) for layer in range(len(layers)))
    return Chart("noise-ceiling", tr("How well the prompts agree"), figure, readings, height=0.72)


def _agreement(ceiling: NoiseCeiling, templates: Sequence[str], layers: tuple[str, ...], layer: int) -> str:
    place, own = layer_name(layers, layer), ceiling.lower[:, layer]
    if not np.isfinite(own).all():
        return tr("At {layer} all similarities of a prompt are equal, so agreement is not defined.", layer=place)
    return tr(
        "At {layer} the noise ceiling is {low:.2f} to {high:.2f}; “{odd}” agrees least with the others ({least:.2f}).",
        layer=place,
        low=own.mean(),
        high=ceiling.upper[:, layer].mean(),
        odd=isolated(templates[int(own.argmin())]),
        least=own.min(),
    )
