"""Words in categories: a list and a prompt in, similarities and the book's statistics out, layer by layer.

>>> from catsel_core.analysis import WordRequest, analyse_words
>>> analysis = analyse_words(WordRequest())            # doctest: +SKIP
>>> analysis.statistics.delta[4]                       # doctest: +SKIP
"""

import functools
from dataclasses import dataclass, field

from catsel_core.analyses.comparing import compared
from catsel_core.analyses.represent import OfOneModel, represent
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.run import Loader, Progress, Run, run_of
from catsel_core.inputs.items import (
    DEFAULT_TEMPLATE,
    PLACEHOLDER,
    InputSet,
    Pooling,
    TokenizedWords,
    pooled_words,
    tokenized_words,
)
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import spoken
from catsel_core.models import find as models
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.measures import FROM_ITEMS, Basis, Measure
from catsel_core.statistics.pairs import BookStatistics, PairGroups, book_statistics, pair_groups
from catsel_core.statistics.shuffles import ShuffledRange, shuffled_delta_range
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.store import Store


@dataclass(frozen=True, slots=True)
class WordRequest:
    """All that a words analysis depends on; the defaults are the book's experiment."""

    words: WordList = field(default=BOOK.words)
    template: str = DEFAULT_TEMPLATE
    pooling: Pooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


@dataclass(frozen=True, slots=True, eq=False)
class WordAnalysis(OfOneModel):
    """A finished words analysis.

    compared: (layer, item, hidden) float32, the vectors as the measure has them: their cosines are the similarities.
    similarity: (layer, item, item) float32.
    shuffled: where Δ of shuffled labels lies.
    """

    request: WordRequest
    compared: FloatArray
    similarity: FloatArray
    pairs: PairGroups
    statistics: BookStatistics
    shuffled: ShuffledRange


def analyse_words(
    request: WordRequest,
    store: Store | None = None,
    load: Loader = model_cache.load,
    progress: Progress | None = None,
    say: Say | None = None,
) -> WordAnalysis:
    """Words in, everything the pages show out; the model runs only if the store does not know the result.

    Args:
        request: what to analyse.
        store: where activations are kept; the user's cache folder if not given.
        load: turns a found model into a loaded one; called only if it must run.
        progress: called with (items done, items in all) while it runs.
        say: called with one line when the bundled model must be prepared first.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    return words_in(request, run_of(store, load, progress, say))


def words_in(request: WordRequest, run: Run) -> WordAnalysis:
    """:func:`analyse_words` in a run that may share the model with others."""
    return finished(request, *word_inputs(request, run.say), run)


def word_inputs(request: WordRequest, say: Say | None = None) -> tuple[ModelSpec, InputSet]:
    """The model and the items of a request; nothing runs yet.

    Raises:
        InputError, ModelError: with a sentence for the user.
    """
    model = ready_model(request.model, say, request.precision)
    return model, items_of(request, model)


def items_of(request: WordRequest, model: ModelSpec) -> InputSet:
    """The words in their prompt, all of them.

    Raises:
        InputError: with a sentence for the user.
    """
    return pooled_words(tokenized_of(request.words, request.template, model), request.pooling)


def tokenized_of(words: WordList, template: str, model: ModelSpec) -> TokenizedWords:
    """The words in a prompt, as this model's tokenizer splits them; those of the last few lists are kept.

    Raises:
        InputError: with a sentence for the user.
    """
    return _tokenized(words, template, model, spoken())


@functools.lru_cache(maxsize=16)
def _tokenized(words: WordList, template: str, model: ModelSpec, _language: str) -> TokenizedWords:
    """Once for every language: what is wrong with a word is said in it."""
    return tokenized_words(words, template, models.tokenizer_of(model))


def finished(request: WordRequest, model: ModelSpec, inputs: InputSet, run: Run) -> WordAnalysis:
    """From items to statistics.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    pairs = pair_groups(inputs.labels)
    represented = represent(inputs, model, run)
    vectors = compared(represented, request, run)
    similarity = cosine_matrices(vectors)
    shuffled = shuffled_delta_range(similarity, inputs.labels, pairs)
    statistics = book_statistics(similarity, pairs)
    return WordAnalysis(represented, request, vectors, similarity, pairs, statistics, shuffled)


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
