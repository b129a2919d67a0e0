"""The figures of a words analysis."""

from catsel_core import figures
from catsel_core.analyses.words import WordAnalysis, position_labels
from catsel_core.figures import Chart, Scale, Shades
from catsel_core.figures.colors import ACROSS
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.contrasts import category_contrasts


def similarity_matrix(analysis: WordAnalysis, scale: Scale) -> Chart:
    """Heat map of all pairs."""
    colors, shades = analysis.request.words.colors, Shades(scale, analysis.request.measure)
    return figures.similarity_matrix(analysis.similarity, analysis.inputs.items, colors, analysis.model.layers, shades)


def pair_mask(analysis: WordAnalysis) -> Chart:
    """Which cell belongs to which contrast."""
    colors = {name: color for name, color in analysis.request.words.colors.items() if name in analysis.inputs.labels}
    return figures.pair_mask(analysis.inputs.items, category_contrasts(tuple(colors)), (*colors.values(), ACROSS))


def distributions(analysis: WordAnalysis, scale: Scale) -> Chart:
    """Densities of within and across."""
    layers, statistics = analysis.model.layers, analysis.statistics
    return figures.distributions(analysis.similarity, analysis.pairs, statistics, layers, scale)


def mean_profile(analysis: WordAnalysis) -> Chart:
    """Panel A."""
    return figures.mean_profile(analysis.statistics, analysis.model.layers)


def delta_profile(analysis: WordAnalysis) -> Chart:
    """Panel B."""
    return figures.delta_profile(analysis.statistics, analysis.shuffled, analysis.model.layers)


def t_profile(analysis: WordAnalysis) -> Chart:
    """Panel C."""
    return figures.t_profile(analysis.statistics, analysis.model.layers)


def t_against_delta(analysis: WordAnalysis) -> Chart:
    """Panel D."""
    return figures.t_against_delta(analysis.statistics, analysis.model.layers)


def careful_means(analysis: WordAnalysis, careful: CarefulStatistics) -> Chart:
    """Panel A of the careful view."""
    return figures.careful_means(analysis.statistics, careful, analysis.model.layers)


def careful_delta(analysis: WordAnalysis, careful: CarefulStatistics) -> Chart:
    """Panel B of the careful view."""
    return figures.careful_delta(careful, analysis.model.layers)


def careful_balanced(analysis: WordAnalysis, careful: CarefulStatistics) -> Chart:
    """Panel C of the careful view."""
    return figures.careful_balanced(careful, analysis.model.layers)


def careful_auc(analysis: WordAnalysis, careful: CarefulStatistics) -> Chart:
    """Panel D of the careful view."""
    return figures.careful_auc(careful, analysis.model.layers)


def variance_by_position(analysis: WordAnalysis) -> Chart:
    """The sanity figure."""
    variance = analysis.activations.variance
    return figures.variance_by_position(variance, position_labels(analysis), analysis.model.layers)
