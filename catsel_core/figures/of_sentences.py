"""The figures of an analysis of sentences."""

from collections.abc import Callable
from dataclasses import replace

from catsel_core import figures
from catsel_core.analyses.careful import careful_senses
from catsel_core.analyses.sentences import SenseStatistics, SentenceAnalysis
from catsel_core.figures import Chart, Scale, Shades
from catsel_core.figures.careful import SENSES
from catsel_core.figures.colors import looks
from catsel_core.figures.items import word_colors
from catsel_core.inputs.writing import isolated
from catsel_core.language import tr
from catsel_core.session import Approach
from catsel_core.statistics.careful import CarefulStatistics


def _senses(analysis: SentenceAnalysis) -> SenseStatistics:
    if analysis.senses is None:
        raise ValueError("no word has pairs of the same and of another sense")
    return analysis.senses


def sense_profile(analysis: SentenceAnalysis) -> Chart:
    """Δ by word over the layers."""
    senses = _senses(analysis)
    colors = word_colors(analysis.inputs.items, senses.words)
    found = dict(zip(colors, looks(tuple(colors.values())), strict=True))
    return figures.sense_profile(senses.overall, senses.words, found, senses.shuffled, analysis.model.layers)


def sense_means(analysis: SentenceAnalysis) -> Chart:
    """Means of same-sense and other-sense pairs over the layers."""
    senses = _senses(analysis)
    return figures.sense_means(analysis.similarity, senses.pairs, senses.overall, analysis.model.layers)


def sense_distributions(analysis: SentenceAnalysis, scale: Scale) -> Chart:
    """Densities of same-sense and other-sense pairs at one layer."""
    senses, layers = _senses(analysis), analysis.model.layers
    chart = figures.sense_distributions(analysis.similarity, senses.pairs, senses.overall, layers, scale)
    return figures.on_axis(chart, analysis.request.measure)


def careful_delta(analysis: SentenceAnalysis) -> Chart:
    """Δ with its band and its test; the senses of each word change places among its own sentences."""
    return figures.careful_delta(_careful(analysis), analysis.model.layers, SENSES)


def careful_means(analysis: SentenceAnalysis) -> Chart:
    """Means of same-sense and other-sense pairs with their bands."""
    return figures.careful_means(_careful(analysis), analysis.model.layers, SENSES)


def careful_balanced(analysis: SentenceAnalysis) -> Chart:
    """Δ in which every sense counts the same."""
    return figures.careful_balanced(_careful(analysis), analysis.model.layers, SENSES)


def careful_auc(analysis: SentenceAnalysis) -> Chart:
    """How often a pair of the same sense is the more similar one."""
    return figures.careful_auc(_careful(analysis), analysis.model.layers, SENSES)


PROFILES: dict[Approach, tuple[Callable[[SentenceAnalysis], Chart], ...]] = {
    "book": (sense_profile, sense_means),
    "careful": (careful_delta, careful_means, careful_balanced, careful_auc),
}
"""What is shown over the layers, by whose statistics are shown."""


def shuffle_view(analysis: SentenceAnalysis) -> Chart:
    """Δ at one layer, if senses change places among the sentences of a word."""
    return figures.shuffle_view(_careful(analysis), analysis.model.layers, SENSES)


def _careful(analysis: SentenceAnalysis) -> CarefulStatistics:
    found = careful_senses(analysis)
    if found is None:
        raise ValueError("no word has pairs of the same and of another sense")
    return found


def sentence_matrix(analysis: SentenceAnalysis, word: str | None, scale: Scale) -> Chart:
    """Heat map of all sentences, or of those of one word, with their texts."""
    items = analysis.inputs.items
    chosen = [at for at, item in enumerate(items) if word in (None, item.label)]
    similarity = analysis.similarity[:, chosen][:, :, chosen]
    members, shades = tuple(items[at] for at in chosen), Shades(scale, analysis.request.measure)
    colors = figures.group_colors(items)
    chart = figures.similarity_matrix(similarity, members, colors, analysis.model.layers, shades)
    title = (
        tr("Similarity of every pair of sentences")
        if word is None
        else tr("Similarity of every pair of sentences with “{word}”", word=isolated(word))
    )
    return replace(chart, name="sentence-matrix", title=title, passages=figures.passages_of(members))
