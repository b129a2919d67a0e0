"""One list in several prompts: the spread of its profiles, and how well the prompts agree."""

from collections.abc import Sequence

import numpy as np

from catsel_core.arrays import Floats
from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN, looks, palette
from catsel_core.figures.profiles import BandLook, band, layer_points, profile
from catsel_core.inputs.writing import isolated
from catsel_core.statistics.noise_ceiling import NoiseCeiling

_RANGE = BandLook(("smallest of all prompts", "largest of all prompts"), NEUTRAL, 0.25, "all prompts", hover=True)
_CEILING = BandLook(("lower bound", "upper bound"), NEUTRAL, 0.3, "noise ceiling", hover=True)


def prompts_profile(delta: Floats, templates: Sequence[str], layers: tuple[str, ...]) -> Chart:
    """Δ in every prompt over the layers, and their mean.

    Args:
        delta: (prompt, layer).
        templates: the prompts.
        layers: labels of the hidden states.
    """
    mean, low, high = delta.mean(axis=0), delta.min(axis=0), delta.max(axis=0)
    traces = [band(low, high, _RANGE)]
    for template, values, look in zip(templates, delta, looks(palette(len(templates))), strict=True):
        points = layer_points(template, values, layers, "Δ %{y:.3f}", {**look.marker, "size": 5})
        traces.append({**points, "mode": "lines+markers", "line": {**look.line, "width": 1.2}, "opacity": 0.8})
    points = layer_points("mean of prompts", mean, layers, "mean Δ %{y:.3f}", {"color": PLAIN, "size": 8})
    traces.append({**points, "mode": "lines+markers", "line": {"color": PLAIN, "width": 3}})
    rings = [([layer], [mean[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    readings = tuple(_spread(delta, layers, layer) for layer in range(len(layers)))
    return Chart("prompts-profile", "Δ in every prompt", figure, readings, height=0.72)


def _spread(delta: Floats, layers: tuple[str, ...], layer: int) -> str:
    own, tops = delta[:, layer], sorted(set(delta.argmax(axis=1).tolist()))
    one = f"in all of them at {layers[tops[0]]}"
    where = one if len(tops) == 1 else f"between {layers[tops[0]]} and {layers[tops[-1]]}, by the prompt"
    return (
        f"At {layer_name(layers, layer)} Δ is {own.mean():.3f} on average over {len(own)} prompts, "
        f"from {own.min():.3f} to {own.max():.3f}. It is largest {where}."
    )


def ceiling_profile(ceiling: NoiseCeiling, templates: Sequence[str], layers: tuple[str, ...]) -> Chart:
    """How well the prompts agree on which words are alike.

    Args:
        ceiling: of the prompts.
        templates: the prompts.
        layers: labels of the hidden states.
    """
    lower, upper = ceiling.lower.mean(axis=0), ceiling.upper.mean(axis=0)
    traces = [band(lower, upper, _CEILING)]
    for template, values, look in zip(templates, ceiling.lower, looks(palette(len(templates))), strict=True):
        marker = {**look.marker, "size": 6}
        traces.append(layer_points(template, values, layers, "with the others %{y:.3f}", marker))
    rings = [([layer, layer], [lower[layer], upper[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Rank correlation")
    readings = tuple(_agreement(ceiling, templates, layers, layer) for layer in range(len(layers)))
    return Chart("noise-ceiling", "How well the prompts agree", figure, readings, height=0.72)


def _agreement(ceiling: NoiseCeiling, templates: Sequence[str], layers: tuple[str, ...], layer: int) -> str:
    place, own = layer_name(layers, layer), ceiling.lower[:, layer]
    if not np.isfinite(own).all():
        return f"At {place} all similarities of a prompt are equal, so agreement is not defined."
    odd = templates[int(own.argmin())]
    return (
        f"At {place} the noise ceiling is {own.mean():.2f} to {ceiling.upper[:, layer].mean():.2f}; "
        f"“{isolated(odd)}” agrees least with the others ({own.min():.2f})."
    )
