"""The same words in different contexts: a text in, similarities of every occurrence out, layer by layer.

>>> from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
>>> from catsel_core.inputs.builtin_texts import builtin_text
>>> analysis = analyse_contexts(ContextRequest(builtin_text(), ("object", "class", "function")))  # doctest: +SKIP
>>> tornado_contrasts(analysis, book_contrasts(analysis.label_pairs.labels))[0].mean[4]               # doctest: +SKIP
"""

import functools
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from catsel_core.analyses.comparing import compared, depends_on
from catsel_core.analyses.represent import OfOneModel, represent
from catsel_core.arrays import FloatArray, Floats
from catsel_core.errors import InputError
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.run import Loader, Progress, Run, run_of
from catsel_core.inputs.corpus import Corpus, corpus_of
from catsel_core.inputs.items import Item, TokenPooling
from catsel_core.inputs.occurrences import Occurrences, WindowChoice, find_targets
from catsel_core.inputs.suggestions import suggested_targets
from catsel_core.inputs.texts import Text
from catsel_core.inputs.usual_targets import known_targets
from catsel_core.inputs.windows import window_items
from catsel_core.language import tr
from catsel_core.models import find as models
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.contrasts import Contrast, ContrastSummary, summarise
from catsel_core.statistics.measures import FROM_ITEMS, Basis, Measure
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.statistics.tiled_pairs import (
    LabelPairHistogram,
    LabelPairMoments,
    LabelPairs,
    Span,
    label_pair_histograms,
    label_pair_moments,
    label_pairs_of,
)
from catsel_core.store import Store

MOST_SHOWN = 240
"""Occurrences in the matrix: more could neither be told apart on a screen nor be sent to a browser quickly."""

LAYER_BINS = 30
"""Bins of the book's corpus histograms at one layer."""


@dataclass(frozen=True, slots=True)
class Bins:
    """Bins of the tornado: their number, and their range or None for the range of the data."""

    count: int = 34
    low: float | None = None
    high: float | None = None


DATA_BINS = Bins()

BOOK_BINS = Bins(34, 0.4, 1.0)
"""The book's bins; on many models much of the data lies outside."""


@dataclass(frozen=True, slots=True)
class ContextRequest:
    """All that a contexts analysis depends on; bins (:class:`Bins`) are a way to look at it."""

    text: Text
    targets: tuple[str, ...]
    windows: WindowChoice = field(default_factory=WindowChoice)
    pooling: TokenPooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """What can be said before the model runs: the text in tokens, and where the targets are."""

    model: ModelSpec
    corpus: Corpus
    occurrences: tuple[Occurrences, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ContextAnalysis(OfOneModel):
    """A finished contexts analysis; its items are all windows, word by word in text order.

    shown: the items of the matrix, all or an even choice of every word's.
    compared: (layer, item, hidden) float32, the vectors as the measure has them: their cosines are the similarities.
    similarity: (layer, shown, shown) float32.
    moments: of the similarities of every pair of labels.
    """

    request: ContextRequest
    located: Located
    shown: tuple[Item, ...]
    compared: FloatArray
    similarity: FloatArray
    label_pairs: LabelPairs
    moments: LabelPairMoments


def locate(request: ContextRequest, say: Say | None = None) -> Located:
    """Find the targets in the text; the model is not needed.

    Raises:
        InputError, ModelError: with a sentence for the user.
    """
    model = ready_model(request.model, say, request.precision)
    return _located(request.text, request.targets, request.windows, model)


@functools.lru_cache(maxsize=4)
def _located(text: Text, targets: tuple[str, ...], windows: WindowChoice, model: ModelSpec) -> Located:
    """The last few are kept: a page asks for the same one several times."""
    corpus = corpus_in_tokens(text, model)
    return Located(model, corpus, find_targets(corpus, targets, windows, models.tokenizer_of(model)))


@functools.lru_cache(maxsize=4)
def corpus_in_tokens(text: Text, model: ModelSpec) -> Corpus:
    """The text split by the model's tokenizer; the last few are kept."""
    return corpus_of(text, models.tokenizer_of(model))


def usual_targets(text: Text, model: ModelSpec) -> tuple[str, ...]:
    """Words to begin with: known ones for the texts that everybody has, else the three best suggestions."""
    return known_targets(text) or suggestions(text, model)[:3]


@functools.lru_cache(maxsize=8)
def suggestions(text: Text, model: ModelSpec) -> tuple[str, ...]:
    """Words of the text that make good targets."""
    return suggested_targets(corpus_in_tokens(text, model), models.tokenizer_of(model))


def analyse_contexts(
    request: ContextRequest,
    store: Store | None = None,
    load: Loader = model_cache.load,
    progress: Progress | None = None,
    say: Say | None = None,
) -> ContextAnalysis:
    """Text and targets in, all that the pages show out; the model runs only over windows the store does not know.

    Args:
        request: what to analyse.
        store: where vectors are kept; the user's cache folder if not given.
        load: turns a found model into a loaded one; called only if it must run.
        progress: called with (windows done, windows in all). What it raises ends the run; finished chunks stay.
        say: called with one line when the bundled model must be prepared first.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    return contexts_in(request, run_of(store, load, progress, say))


def contexts_in(request: ContextRequest, run: Run) -> ContextAnalysis:
    """:func:`analyse_contexts` in a run that may share the model with others."""
    located = locate(request, run.say)
    model = located.model
    tokenizer = models.tokenizer_of(model)
    inputs = window_items(located.corpus, located.occurrences, request.windows, request.pooling, tokenizer)
    label_pairs = label_pairs_of(inputs.labels)
    represented = represent(inputs, model, run, targets_only=True)
    vectors = compared(represented, request, run)
    moments = represented.derived.get(
        LabelPairMoments, depends_on(request), lambda: label_pair_moments(vectors, label_pairs)
    )
    chosen = shown_items(label_pairs)
    shown, similarity = tuple(inputs.items[at] for at in chosen), cosine_matrices(vectors[:, chosen])
    return ContextAnalysis(represented, request, located, shown, vectors, similarity, label_pairs, moments)


def tornado_contrasts(
    analysis: ContextAnalysis, contrasts: Sequence[Contrast], bins: Bins = DATA_BINS
) -> tuple[ContrastSummary, ...]:
    """The contrasts with their counts in the tornado's bins, the same at all layers.

    Raises:
        InputError: bins that cannot be used, or a contrast that names a word that there is not.
    """
    return summarise(contrasts, analysis.label_pairs, analysis.moments, tornado_histogram(analysis, bins))


def layer_contrasts(analysis: ContextAnalysis, contrasts: Sequence[Contrast]) -> tuple[ContrastSummary, ...]:
    """The contrasts with their counts in each layer's own bins."""
    return summarise(contrasts, analysis.label_pairs, analysis.moments, layer_histogram(analysis))


def tornado_histogram(analysis: ContextAnalysis, bins: Bins = DATA_BINS) -> LabelPairHistogram:
    """Every pair of labels in the same bins at all layers.

    Raises:
        InputError: bins that cannot be used.
    """
    overall = _overall_span(*_ranges(analysis.moments), checked_bins(bins))
    return _histogram(analysis, overall, asdict(bins))


def layer_histogram(analysis: ContextAnalysis) -> LabelPairHistogram:
    """Every pair of labels in :data:`LAYER_BINS` bins over each layer's own range."""
    own = Span(*_ranges(analysis.moments), LAYER_BINS)
    return _histogram(analysis, own, {"count": LAYER_BINS, "of": "each layer"})


def _histogram(analysis: ContextAnalysis, span: Span, named: dict[str, object]) -> LabelPairHistogram:
    """Counts in a span that, given the vectors and their labels, depends on what ``named`` says only."""
    vectors, label_pairs = analysis.compared, analysis.label_pairs
    parts = {**named, **depends_on(analysis.request)}
    return analysis.derived.get(LabelPairHistogram, parts, lambda: label_pair_histograms(vectors, label_pairs, span)[0])


def checked_bins(bins: Bins) -> Bins:
    """``bins`` themselves, if they can be used.

    Raises:
        InputError: otherwise.
    """
    if not 2 <= bins.count <= 400:
        raise InputError(tr("The number of bins must be between 2 and 400; got {count}.", count=bins.count))
    if (bins.low is None) != (bins.high is None):
        raise InputError(tr("The range of the bins needs both ends, or none for the range of the data."))
    if bins.low is not None and bins.high is not None:
        if not -1 <= bins.low < bins.high <= 1:
            falls = tr("The range of the bins must rise within -1 and 1; got {low} to {high}.", **asdict(bins))
            raise InputError(falls)
        if bins.high - bins.low < bins.count * 1e-6:  # narrower than the rounding of float32 cosines
            narrow = tr("The range of the bins, {low} to {high}, is too narrow for {count}. Widen it.", **asdict(bins))
            raise InputError(narrow)
    return bins


def shown_items(label_pairs: LabelPairs) -> list[int]:
    """Items of the matrix: all up to :data:`MOST_SHOWN`, else as many of each word, evenly over the text."""
    count = len(label_pairs.order)
    if count <= MOST_SHOWN:
        return list(range(count))
    each = MOST_SHOWN // len(label_pairs.labels)
    members = [label_pairs.order[a:b] for a, b in zip(label_pairs.bounds, label_pairs.bounds[1:], strict=False)]
    picked = [m[np.unique(np.linspace(0, len(m) - 1, min(each, len(m))).round().astype(int))] for m in members]
    return [int(item) for part in picked for item in part]


def _ranges(moments: LabelPairMoments) -> tuple[Floats, Floats]:
    """(layer,) lowest and highest value; equal ones are set a little apart."""
    low, high = np.nanmin(moments.lowest, axis=1), np.nanmax(moments.highest, axis=1)
    flat = high - low < 1e-6
    return np.where(flat, low - 0.001, low), np.where(flat, high + 0.001, high)


def _overall_span(low: Floats, high: Floats, bins: Bins) -> Span:
    start = float(low.min()) if bins.low is None else bins.low
    stop = float(high.max()) if bins.high is None else bins.high
    return Span(np.full_like(low, start), np.full_like(high, stop), bins.count)
