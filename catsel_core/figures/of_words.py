"""The figures of a words analysis."""

from collections.abc import Callable

from catsel_core import figures
from catsel_core.analyses.careful import careful_words
from catsel_core.analyses.word_views import MapOf, single_words, word_maps
from catsel_core.analyses.words import WordAnalysis, position_labels
from catsel_core.figures import Chart, Scale, Shades
from catsel_core.figures.colors import ACROSS
from catsel_core.figures.single_words import Analysed
from catsel_core.session import Approach
from catsel_core.statistics.clusters import AS_TYPED, Ordering
from catsel_core.statistics.contrasts import category_contrasts
from catsel_core.statistics.hidden_units import unit_contributions
from catsel_core.statistics.layer_maps import NEIGHBOURS
from catsel_core.statistics.rsa import nearest
from catsel_core.statistics.single_items import group_means


def similarity_matrix(analysis: WordAnalysis, scale: Scale, ordering: Ordering = AS_TYPED) -> Chart:
    """Heat map of all pairs."""
    colors, shades = analysis.request.words.colors, Shades(scale, analysis.request.measure)
    items, layers = analysis.inputs.items, analysis.model.layers
    return figures.ordered_matrix(analysis.similarity, items, colors, layers, (shades, ordering))


def pair_mask(analysis: WordAnalysis) -> Chart:
    """Which cell belongs to which contrast."""
    colors = {name: color for name, color in analysis.request.words.colors.items() if name in analysis.inputs.labels}
    return figures.pair_mask(analysis.inputs.items, category_contrasts(tuple(colors)), (*colors.values(), ACROSS))


def distributions(analysis: WordAnalysis, scale: Scale) -> Chart:
    """Densities of within and across."""
    layers, statistics = analysis.model.layers, analysis.statistics
    chart = figures.distributions(analysis.similarity, analysis.pairs, statistics, layers, scale)
    return figures.on_axis(chart, analysis.request.measure)


def mean_profile(analysis: WordAnalysis) -> Chart:
    """Panel A."""
    return figures.mean_profile(analysis.statistics, analysis.model.layers)


def delta_profile(analysis: WordAnalysis) -> Chart:
    """Panel B."""
    return figures.delta_profile(analysis.statistics, analysis.model.layers, analysis.shuffled)


def t_profile(analysis: WordAnalysis) -> Chart:
    """Panel C."""
    return figures.t_profile(analysis.statistics, analysis.model.layers)


def t_against_delta(analysis: WordAnalysis) -> Chart:
    """Panel D."""
    return figures.t_against_delta(analysis.statistics, analysis.model.layers)


def careful_means(analysis: WordAnalysis) -> Chart:
    """Panel A of the careful view."""
    return figures.careful_means(careful_words(analysis), analysis.model.layers)


def careful_delta(analysis: WordAnalysis) -> Chart:
    """Panel B of the careful view."""
    return figures.careful_delta(careful_words(analysis), analysis.model.layers)


def careful_balanced(analysis: WordAnalysis) -> Chart:
    """Panel C of the careful view."""
    return figures.careful_balanced(careful_words(analysis), analysis.model.layers)


def careful_auc(analysis: WordAnalysis) -> Chart:
    """Panel D of the careful view."""
    return figures.careful_auc(careful_words(analysis), analysis.model.layers)


PROFILES: dict[Approach, tuple[Callable[[WordAnalysis], Chart], ...]] = {
    "book": (mean_profile, delta_profile, t_profile, t_against_delta),
    "careful": (careful_means, careful_delta, careful_balanced, careful_auc),
}
"""The four laminar profiles, by whose statistics are shown."""


def shuffle_view(analysis: WordAnalysis) -> Chart:
    """Δ of shuffled labels at one layer."""
    return figures.shuffle_view(careful_words(analysis), analysis.model.layers)


def selectivity(analysis: WordAnalysis) -> Chart:
    """The words that fit least into their category."""
    return figures.selectivity_bars(_analysed(analysis))


def word_path(analysis: WordAnalysis, word: int) -> Chart:
    """One word over the layers, by its number."""
    return figures.word_path(_analysed(analysis), word)


def category_means(analysis: WordAnalysis) -> Chart:
    """Mean similarity of every two categories."""
    means = group_means(analysis.similarity, analysis.inputs.labels)
    return figures.category_means(means, _analysed(analysis), analysis.request.measure)


def accuracy(analysis: WordAnalysis) -> Chart:
    """How many words are nearest to their own category."""
    return figures.accuracy_profile(single_words(analysis), analysis.model.layers)


def silhouette(analysis: WordAnalysis) -> Chart:
    """How well the categories are set apart."""
    return figures.silhouette_profile(_analysed(analysis))


def word_map(analysis: WordAnalysis, of: MapOf, word: int | None) -> Chart:
    """The words in two dimensions, with lines from a chosen one to its nearest."""
    return figures.word_map(word_maps(analysis, of), _analysed(analysis), word)


def unit_bars(analysis: WordAnalysis) -> Chart:
    """Which hidden units the mean similarity comes from."""
    return figures.unit_bars(unit_contributions(analysis.compared), analysis.model.layers)


def unit_profile(analysis: WordAnalysis) -> Chart:
    """The mean similarity without its largest units."""
    return figures.unit_profile(unit_contributions(analysis.compared), analysis.model.layers)


def _analysed(analysis: WordAnalysis) -> Analysed:
    return Analysed(
        single_words(analysis),
        analysis.similarity,
        analysis.inputs.items,
        analysis.request.words.colors,
        analysis.model.layers,
        nearest(analysis.similarity, NEIGHBOURS),
    )


def variance_by_position(analysis: WordAnalysis) -> Chart:
    """The sanity figure."""
    variance = analysis.activations.variance
    return figures.variance_by_position(variance, position_labels(analysis), analysis.model.layers)
