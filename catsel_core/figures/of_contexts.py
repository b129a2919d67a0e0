"""The figures of a contexts analysis."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from catsel_core import figures
from catsel_core.analyses.careful import context_intervals
from catsel_core.analyses.contexts import DATA_BINS, Bins, ContextAnalysis, layer_contrasts, tornado_contrasts
from catsel_core.arrays import FloatArray
from catsel_core.figures import Chart, PairCurves, Scale, Shades
from catsel_core.figures.colors import palette
from catsel_core.figures.contrast_looks import contrast_looks
from catsel_core.figures.distributions import FEW
from catsel_core.figures.mask import cells_of
from catsel_core.figures.tornado import color_top
from catsel_core.language import tr
from catsel_core.session import Approach
from catsel_core.statistics.contrasts import Contrast, ContrastSummary

Contrasts = tuple[Contrast, ...]


def target_colors(analysis: ContextAnalysis) -> dict[str, str]:
    """Colour of every target word."""
    targets = analysis.request.targets
    colors = dict(zip(targets, palette(len(targets)), strict=True))
    return {label: colors[label] for label in analysis.label_pairs.labels}


def occurrence_matrix(analysis: ContextAnalysis, scale: Scale) -> Chart:
    """Heat map of the shown occurrences, with their passages."""
    colors, shades = target_colors(analysis), Shades(scale, analysis.request.measure)
    chart = figures.similarity_matrix(analysis.similarity, analysis.shown, colors, analysis.model.layers, shades)
    n_shown, count = len(analysis.shown), len(analysis.inputs.items)
    title = tr("Similarity of every pair of occurrences")
    if n_shown < count:
        title = tr("Similarity of every pair of occurrences ({shown} of {count:,} shown)", shown=n_shown, count=count)
    passages = figures.passages_of(analysis.shown)
    return replace(chart, name="occurrence-matrix", title=title, passages=passages)


def group_mask(analysis: ContextAnalysis, contrasts: Contrasts) -> Chart:
    """Which cell belongs to which contrast."""
    looks = contrast_looks(contrasts, target_colors(analysis))
    chart = figures.pair_mask(analysis.shown, contrasts, [look.color for look in looks])
    return replace(chart, name="group-mask")


def layer_distributions(analysis: ContextAnalysis, contrasts: Contrasts, scale: Scale) -> Chart:
    """Densities of the contrasts at one layer."""
    chart = figures.group_distributions(_curves(analysis, contrasts), analysis.model.layers, scale)
    return figures.on_axis(chart, analysis.request.measure)


def mean_profile(analysis: ContextAnalysis, contrasts: Contrasts) -> Chart:
    """Mean similarity of the contrasts over the layers."""
    return figures.group_profile(_curves(analysis, contrasts), analysis.model.layers)


def careful_mean_profile(analysis: ContextAnalysis, contrasts: Contrasts) -> Chart:
    """The same with intervals over stretches of the text."""
    bands = context_intervals(analysis, contrasts)
    return figures.careful_group_profile(_curves(analysis, contrasts), bands, analysis.model.layers)


def careful_distributions(analysis: ContextAnalysis, contrasts: Contrasts, scale: Scale) -> Chart:
    """Densities of the contrasts at one layer, and intervals of their means."""
    bands, curves = context_intervals(analysis, contrasts), _curves(analysis, contrasts)
    chart = figures.careful_distributions(curves, bands, analysis.model.layers, scale)
    return figures.on_axis(chart, analysis.request.measure)


DISTRIBUTIONS: dict[Approach, Callable[[ContextAnalysis, Contrasts, Scale], Chart]] = {
    "book": layer_distributions,
    "careful": careful_distributions,
}
MEAN_PROFILES: dict[Approach, Callable[[ContextAnalysis, Contrasts], Chart]] = {
    "book": mean_profile,
    "careful": careful_mean_profile,
}
"""Both by whose statistics are shown."""


def tornados(analysis: ContextAnalysis, contrasts: Contrasts, bins: Bins = DATA_BINS) -> tuple[Chart, ...]:
    """One tornado plot a contrast, with common bins and colours."""
    summaries = tornado_contrasts(analysis, contrasts, bins)
    top = color_top(summaries)
    charts = (figures.tornado(one, analysis.model.layers, top) for one in summaries)
    return tuple(figures.on_axis(chart, analysis.request.measure) for chart in charts)


def _curves(analysis: ContextAnalysis, contrasts: Contrasts) -> tuple[PairCurves, ...]:
    looks = dict(zip(contrasts, contrast_looks(contrasts, target_colors(analysis)), strict=True))
    summaries = layer_contrasts(analysis, contrasts)
    values = [_few_values(analysis, one) for one in summaries]
    return figures.curves_of(summaries, [looks[one.contrast] for one in summaries], values)


def _few_values(analysis: ContextAnalysis, summary: ContrastSummary) -> FloatArray | None:
    """(layer, pair) similarities of a contrast of few pairs: words that occur so seldom are all in the matrix."""
    if summary.n_pairs >= FEW:
        return None
    first, second = np.nonzero(cells_of([item.group for item in analysis.shown], [summary.contrast]))
    values: FloatArray = analysis.similarity[:, first, second]
    return values
