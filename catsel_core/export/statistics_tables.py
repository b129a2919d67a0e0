"""Statistics as tables, a row a layer: what notebooks show and archives hold. Their numbers are those of the JSON."""

from collections.abc import Mapping, Sequence

import numpy as np

from catsel_core.analyses.careful import context_intervals
from catsel_core.analyses.contexts import DATA_BINS, Bins, ContextAnalysis, tornado_contrasts
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.arrays import Floats
from catsel_core.export.tables import Columns, Table, stacked
from catsel_core.inputs.tables import Cell
from catsel_core.language import tr
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.contrasts import Contrast, ContrastSummary, book_contrasts
from catsel_core.statistics.effect_sizes import EffectSizes, effect_sizes
from catsel_core.statistics.jackknife import Band
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.statistics.shuffles import ShuffledRange

Layers = tuple[str, ...]


def words_table(analysis: WordAnalysis) -> Table:
    """The book's statistics of words, and effect sizes."""
    effect = effect_sizes(analysis.similarity, analysis.pairs)
    return _statistics(analysis.model.layers, analysis.statistics, effect, analysis.shuffled)


def senses_table(analysis: SentenceAnalysis) -> Table:
    """The same of sentences, over pairs of the same spelling; over all pairs where no word has pairs of both kinds."""
    layers, senses = analysis.model.layers, analysis.senses
    if senses is None:
        return _statistics(layers, analysis.statistics, effect_sizes(analysis.similarity, analysis.pairs))
    return _statistics(layers, senses.overall, effect_sizes(analysis.similarity, senses.pairs), senses.shuffled)


def sense_words_table(analysis: SentenceAnalysis) -> Table | None:
    """The book's statistics of every word that has pairs of both kinds; None if there is none."""
    if analysis.senses is None:
        return None
    parts = [({"word": word}, _book(analysis.model.layers, own)) for word, own in analysis.senses.words.items()]
    return stacked("statistics-of-words", tr("A row is a word at a layer, from pairs of this spelling alone."), parts)


def careful_table(careful: CarefulStatistics, layers: Layers) -> Table:
    """Permutation test, balanced Δ, jackknife intervals and effect sizes."""
    test, intervals = careful.test, careful.intervals
    seed = tr("all distinct splits") if test.exact else tr("seed {seed}", seed=test.seed)
    columns: dict[str, Floats] = {
        "p": test.delta.p,
        "p_max": test.delta.p_max,
        "p_bh": test.delta.p_bh,
        "balanced_delta": test.balanced.observed,
        "balanced_p": test.balanced.p,
        "balanced_p_max": test.balanced.p_max,
        **_ends("within", intervals.within),
        **_ends("across", intervals.across),
        **_ends("delta", intervals.delta),
        **_ends("balanced", intervals.balanced),
        "auc": careful.effect.auc,
        "cohen_d": careful.effect.cohen_d,
    }
    about = tr(
        "A row is a layer; {count:,} shuffles of the items' labels ({seed}).", count=test.n_permutations, seed=seed
    )
    return Table("careful", about, {**_numbered(layers), **columns})


def prompts_table(found: PromptsAnalysis) -> Table:
    """The book's statistics in every prompt, and its noise ceiling."""
    layers, ceiling = found.model.layers, found.ceiling
    parts = []
    for template, one, lower, upper in zip(found.templates, found.analyses, ceiling.lower, ceiling.upper, strict=True):
        book = _book(layers, one.statistics)
        own = Table("", "", {**book.columns, "ceiling_lower": lower, "ceiling_upper": upper})
        parts.append((_told(prompt=template), own))
    return stacked("statistics", tr("A row is a prompt at a layer."), parts)


def prompts_spread_table(found: PromptsAnalysis) -> Table:
    """Mean, smallest and largest Δ over the prompts."""
    delta = found.delta  # (prompt, layer)
    spread = {"delta_mean": delta.mean(axis=0), "delta_low": delta.min(axis=0), "delta_high": delta.max(axis=0)}
    about = tr("A row is a layer; over {count} prompts.", count=len(found.templates))
    return Table("spread", about, {**_numbered(found.model.layers), **spread})


def contrasts_table(analysis: ContextAnalysis, contrasts: Sequence[Contrast] = (), bins: Bins = DATA_BINS) -> Table:
    """Mean similarity of contrasts, the book's if none are given, with intervals over stretches of the text."""
    summaries = _summaries(analysis, contrasts, bins)
    bands = context_intervals(analysis, [one.contrast for one in summaries])
    parts = [
        (_told(pairs_of=one.contrast.name, n_pairs=one.n_pairs), _contrast(analysis.model.layers, one, band))
        for one, band in zip(summaries, bands, strict=True)
    ]
    return stacked("statistics", tr("A row is a group of pairs of words at a layer."), parts)


def bins_table(analysis: ContextAnalysis, contrasts: Sequence[Contrast] = (), bins: Bins = DATA_BINS) -> Table:
    """The counts behind the tornado plots; what lies outside the bins is counted too."""
    parts = []
    for one in _summaries(analysis, contrasts, bins):
        counts = {f"{low:.7g} to {high:.7g}": one.counts[:, at] for at, (low, high) in enumerate(_steps(one.edges[0]))}
        outside = {"below": one.below, "above": one.above}
        own = Table("", "", {**_numbered(analysis.model.layers), **outside, **counts})
        parts.append((_told(pairs_of=one.contrast.name), own))
    about = tr("A row is a group of pairs at a layer, a column how many of them lie in a bin.")
    return stacked("bins", about, parts)


def sides_table(found: SideBySide) -> Table:
    """The book's statistics of both sides."""
    parts = [
        ({"side": letter, "compared": name}, _book(side.model.layers, side.statistics))
        for letter, name, side in zip("AB", found.names, found.sides, strict=True)
    ]
    return stacked("statistics", tr("A row is a side of the comparison at a layer."), parts)


def layer_similarity_table(found: SideBySide) -> Table:
    """How alike every layer of A is to every layer of B, in each of the ways there are."""
    a, b = (side.model.layers for side in found.sides)
    columns: Columns = {
        "layer_a": [name for name in a for _ in b],
        "layer_b": [name for _ in a for name in b],
        **{name.replace("-", "_"): matrix.ravel() for name, matrix in found.layer_similarity.items()},
    }
    return Table("layer-similarity", tr("A row is a layer of A beside a layer of B."), columns)


def change_table(found: SideBySide) -> Table:
    """How much the neighbourhood of every word differs, between layers that RSA matches."""
    matches = found.paths["rsa"]  # (layer of A,)
    change = found.change[np.arange(len(matches)), matches]  # (layer of A, item)
    layers = found.b.model.layers
    parts = [
        ({"word": item.label, "category": item.group}, _change(found.a.model.layers, matches.tolist(), layers, own))
        for item, own in zip(found.a.inputs.items, change.T, strict=True)
    ]
    about = tr("A row is a word at a layer of A and the layer of B that RSA matches.")
    return stacked("neighbourhoods", about, parts)


def _change(a: Layers, matches: Sequence[int], b: Layers, change: Floats) -> Table:
    return Table("", "", {"layer_a": list(a), "layer_b": [b[at] for at in matches], "change": change})


def _summaries(analysis: ContextAnalysis, contrasts: Sequence[Contrast], bins: Bins) -> tuple[ContrastSummary, ...]:
    return tornado_contrasts(analysis, contrasts or book_contrasts(analysis.label_pairs.labels), bins)


def _contrast(layers: Layers, one: ContrastSummary, band: Band) -> Table:
    return Table("", "", {**_numbered(layers), "mean": one.mean, **_ends("mean", band)})


def _statistics(
    layers: Layers, book: BookStatistics, effect: EffectSizes, shuffled: ShuffledRange | None = None
) -> Table:
    range_of_shuffled = {} if shuffled is None else {"shuffled_low": shuffled.low, "shuffled_high": shuffled.high}
    columns = {**_book(layers, book).columns, "cohen_d": effect.cohen_d, "auc": effect.auc, **range_of_shuffled}
    about = tr(
        "A row is a layer; {within:,} pairs within, {across:,} across.", within=book.n_within, across=book.n_across
    )
    return Table("statistics", about, columns)


def _book(layers: Layers, found: BookStatistics) -> Table:
    names = ("within_mean", "across_mean", "delta", "t")
    return Table("", "", {**_numbered(layers), **{name: getattr(found, name) for name in names}})


def _numbered(layers: Layers) -> Mapping[str, list[int] | list[str]]:
    return {"hidden_state": list(range(len(layers))), "layer": list(layers)}


def _told(**cells: Cell) -> Mapping[str, Cell]:
    return cells


def _ends(name: str, band: Band) -> dict[str, Floats]:
    return {f"{name}_low": band.low, f"{name}_high": band.high}


def _steps(edges: Floats) -> list[tuple[float, float]]:
    return list(zip(edges.tolist(), edges[1:].tolist(), strict=False))
