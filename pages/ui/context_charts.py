"""The figures of a contexts analysis: selection in, chart out."""

from dataclasses import replace

from catsel_core import figures
from catsel_core.comparisons import Comparison
from catsel_core.context_analysis import ContextAnalysis, compare_at_layers, compare_contexts
from catsel_core.figures import Chart, PairCurves, Scale
from catsel_core.figures.tornado import color_top
from catsel_core.wordlist import PALETTE
from pages.ui.kept import kept

Comparisons = tuple[Comparison, ...]


def target_colors(analysis: ContextAnalysis) -> dict[str, str]:
    """Colour of every target word."""
    return dict(zip(analysis.blocks.labels, PALETTE, strict=False))


def comparison_colors(count: int) -> tuple[str, ...]:
    """As many colours as there are comparisons, in the palette's order."""
    return tuple(PALETTE[at % len(PALETTE)] for at in range(count))


@kept
def occurrence_matrix(analysis: ContextAnalysis, scale: Scale) -> Chart:
    """Heat map of the shown occurrences, with their passages."""
    colors = target_colors(analysis)
    chart = figures.similarity_matrix(analysis.similarity, analysis.shown, colors, analysis.model.layers, scale)
    title = "Similarity of every pair of occurrences"
    if len(analysis.shown) < len(analysis.inputs.items):
        title += f" ({len(analysis.shown)} of {len(analysis.inputs.items):,} shown)"
    passages = figures.passages_of(analysis.shown)
    return replace(chart, name="occurrence-matrix", title=title, passages=passages)


@kept
def group_mask(analysis: ContextAnalysis, comparisons: Comparisons) -> Chart:
    """Which cell belongs to which comparison."""
    chart = figures.pair_mask(analysis.shown, comparisons, comparison_colors(len(comparisons)))
    return replace(chart, name="group-mask")


@kept
def layer_distributions(analysis: ContextAnalysis, comparisons: Comparisons, scale: Scale) -> Chart:
    """Densities of the comparisons at one layer."""
    return figures.group_distributions(_curves(analysis, comparisons), analysis.model.layers, scale)


@kept
def mean_profile(analysis: ContextAnalysis, comparisons: Comparisons) -> Chart:
    """Mean similarity of the comparisons over the layers."""
    return figures.group_profile(_curves(analysis, comparisons), analysis.model.layers)


@kept
def tornados(analysis: ContextAnalysis, comparisons: Comparisons) -> tuple[Chart, ...]:
    """One tornado plot a comparison, with common bins and colours."""
    compared = compare_contexts(analysis, comparisons)
    top = color_top(compared)
    return tuple(figures.tornado(one, analysis.model.layers, top) for one in compared)


def _curves(analysis: ContextAnalysis, comparisons: Comparisons) -> tuple[PairCurves, ...]:
    colors = dict(zip(comparisons, comparison_colors(len(comparisons)), strict=True))
    compared = compare_at_layers(analysis, comparisons)
    return figures.curves_of(compared, [colors[one.comparison] for one in compared])
