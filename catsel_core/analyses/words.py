"""The stages in order. Pages, the command line and a notebook all come in here.

>>> from catsel_core.analyses.words import WordRequest, analyse_words
>>> analysis = analyse_words(WordRequest())            # doctest: +SKIP
>>> analysis.statistics.delta[4]                       # doctest: +SKIP
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catsel_core.analyses.precision import Deviation, cosine_deviation
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states import model_cache as shelf
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.stored_activations import Loader, stored_activations
from catsel_core.inputs.items import DEFAULT_TEMPLATE, PLACEHOLDER, InputSet, Pooling, word_items
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_lists import WordList
from catsel_core.models import find as models
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.pairs import BookStatistics, PairGroups, book_statistics, pair_groups
from catsel_core.statistics.similarity import Measure, similarity_matrices
from catsel_core.store import Store

if TYPE_CHECKING:
    from catsel_core.hidden_states.extraction import Activations, Progress


@dataclass(frozen=True, slots=True)
class WordRequest:
    """All that a words analysis depends on; the defaults are the book's experiment."""

    words: WordList = field(default=BOOK.words)
    template: str = DEFAULT_TEMPLATE
    pooling: Pooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """A finished words analysis.

    similarity: (layer, item, item) float32.
    deviation: from the cosines in float32, if the model ran in another precision and there is memory to tell.
    """

    request: WordRequest
    model: ModelSpec
    inputs: InputSet
    activations: "Activations"
    similarity: FloatArray
    pairs: PairGroups
    statistics: BookStatistics
    deviation: Deviation | None


def analyse_words(
    request: WordRequest,
    store: Store | None = None,
    load: Loader = shelf.load,
    progress: "Progress | None" = None,
    say: Say | None = None,
) -> WordAnalysis:
    """Words in, everything the pages show out; the model runs only if the store does not know the result.

    Args:
        request: what to analyse.
        store: where activations are kept; the user's cache folder if not given.
        load: turns a found model into a loaded one; called only if it must run.
        progress: called with (items done, items in all) while it runs.
        say: told in one line when the bundled model must be prepared first.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    model, inputs = word_inputs(request, say)
    return finished(request, model, inputs, Run(store or Store(), load, progress))


@dataclass(frozen=True, slots=True)
class Run:
    """What the last stages need beside their input: where results are kept, how models are loaded, who is told."""

    store: Store
    load: Loader
    progress: "Progress | None"


def word_inputs(request: WordRequest, say: Say | None = None) -> tuple[ModelSpec, InputSet]:
    """The model and the items of a request; nothing runs yet.

    Raises:
        InputError, ModelError: with a sentence for the user.
    """
    model = ready_model(request.model, say, request.precision)
    return model, word_items(request.words, request.template, request.pooling, models.tokenizer_of(model))


def finished(request: WordRequest, model: ModelSpec, inputs: InputSet, run: Run) -> WordAnalysis:
    """From items to statistics.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    pairs = pair_groups(inputs.labels)
    activations = stored_activations(inputs, model, run.store, run.load, run.progress)
    deviation = cosine_deviation(inputs, model, activations.vectors, run.store, run.load)
    similarity = similarity_matrices(activations.vectors, request.measure)
    statistics = book_statistics(similarity, pairs)
    return WordAnalysis(request, model, inputs, activations, similarity, pairs, statistics, deviation)


def position_labels(analysis: WordAnalysis) -> tuple[str, ...]:
    """A readable label for every token position of the variance: shared prompt tokens by name.

    Returns:
        (position,) texts: ``The``, `` next``, …, ``{word}``, and ``{word} +1`` for what follows.
    """
    items = analysis.inputs.items
    tokenizer = models.tokenizer_of(analysis.model)
    start = items[0].target[0]
    labels: list[str] = []
    for position in range(len(analysis.activations.position_items)):
        tokens = {item.token_ids[position] for item in items if position < len(item.token_ids)}
        if len(tokens) == 1:
            labels.append(tokenizer.piece(tokens.pop()).strip() or "␣")
        else:
            labels.append(PLACEHOLDER if position == start else f"{PLACEHOLDER} {position - start:+d}")
    return tuple(labels)
