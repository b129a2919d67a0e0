"""Word senses: sentences with a marked target in, similarities out, layer by layer, with the spelling held constant."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from catsel_core.analyses.comparing import compared
from catsel_core.analyses.represent import OfOneModel, represent
from catsel_core.arrays import FloatArray
from catsel_core.errors import UndefinedError
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.run import Loader, Progress, Run, run_of
from catsel_core.inputs.items import InputSet, Item, Pooling
from catsel_core.inputs.sentence_files import bundled_senses
from catsel_core.inputs.sentences import Sentence, checked, sentence_items
from catsel_core.models import find as models
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.measures import FROM_ITEMS, Basis, Measure
from catsel_core.statistics.pairs import BookStatistics, PairGroups, book_statistics, pair_groups, restricted
from catsel_core.statistics.shuffles import ShuffledRange, shuffled_delta_range
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.store import Store


@dataclass(frozen=True, slots=True)
class SentenceRequest:
    """All that an analysis of sentences depends on; the bundled sentences by default."""

    sentences: tuple[Sentence, ...] = field(default_factory=bundled_senses)
    pooling: Pooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


@dataclass(frozen=True, slots=True, eq=False)
class SenseStatistics:
    """Pairs of the same spelling only: *within* is the same group (sense), *across* another one.

    pairs: of all words together that have both kinds.
    overall: their statistics.
    words: the statistics of every word that has both kinds of pairs.
    shuffled: where Δ of all words together lies if the senses change places among the sentences of a word.
    """

    pairs: PairGroups
    overall: BookStatistics
    words: dict[str, BookStatistics]
    shuffled: ShuffledRange


@dataclass(frozen=True, slots=True, eq=False)
class SentenceAnalysis(OfOneModel):
    """A finished analysis of sentences. ``similarity`` is (layer, item, item) float32.

    ``pairs`` and ``statistics`` take all pairs by their groups, as for words; ``senses`` those of the
    same spelling, or None if no word has pairs of both kinds.
    """

    request: SentenceRequest
    similarity: FloatArray
    pairs: PairGroups
    statistics: BookStatistics
    senses: SenseStatistics | None


def analyse_sentences(
    request: SentenceRequest,
    store: Store | None = None,
    load: Loader = model_cache.load,
    progress: Progress | None = None,
    say: Say | None = None,
) -> SentenceAnalysis:
    """Sentences in, everything the pages show out; the model runs only if the store does not know the result.

    Args:
        request: what to analyse.
        store: where activations are kept; the user's cache folder if not given.
        load: turns a found model into a loaded one; called only if it must run.
        progress: called with (sentences done, sentences in all) while it runs.
        say: called with one line when the bundled model must be prepared first.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    return sentences_in(request, run_of(store, load, progress, say))


def sentences_in(request: SentenceRequest, run: Run) -> SentenceAnalysis:
    """:func:`analyse_sentences` in a run that may share the model with others."""
    model, inputs = sentence_inputs(request, run.say)
    pairs = pair_groups(inputs.labels)
    represented = represent(inputs, model, run)
    similarity = cosine_matrices(compared(represented, request, run))
    senses = sense_statistics(similarity, pairs, inputs.items)
    return SentenceAnalysis(represented, request, similarity, pairs, book_statistics(similarity, pairs), senses)


def sentence_inputs(request: SentenceRequest, say: Say | None = None) -> tuple[ModelSpec, InputSet]:
    """The model and the items of a request, those of the last few requests kept; nothing runs yet.

    Raises:
        InputError, ModelError: with a sentence for the user.
    """
    model = ready_model(request.model, say, request.precision)
    return model, _items(request.sentences, request.pooling, model)


@functools.lru_cache(maxsize=8)
def _items(sentences: tuple[Sentence, ...], pooling: Pooling, model: ModelSpec) -> InputSet:
    return sentence_items(checked(sentences), pooling, models.tokenizer_of(model))


def sense_statistics(similarity: FloatArray, pairs: PairGroups, items: Sequence[Item]) -> SenseStatistics | None:
    """Statistics of the pairs whose targets are the same tokens: before any context, their vectors are equal.

    Args:
        similarity: (layer, item, item).
        pairs: every pair, told apart by group.
        items: in the order of the matrix.

    Returns:
        None if no word has pairs of both kinds.
    """
    spellings = [item.spelling for item in items]
    numbers = {spelling: number for number, spelling in enumerate(dict.fromkeys(spellings))}
    codes = np.array([numbers[spelling] for spelling in spellings])  # (item,)
    same = np.where(codes[pairs.first] == codes[pairs.second], codes[pairs.first], -1)  # (pair,) the spelling, or none
    words: dict[str, BookStatistics] = {}
    used: list[int] = []
    for spelling, number in numbers.items():
        try:
            own = restricted(pairs, same == number)
        except UndefinedError:
            continue
        label = items[spellings.index(spelling)].label
        words[label if label not in words else f"{label} ({len(words) + 1})"] = book_statistics(similarity, own)
        used.append(number)
    if not used:
        return None
    together = restricted(pairs, np.isin(same, used))
    shuffled = shuffled_delta_range(similarity, [item.group for item in items], together, spellings)
    return SenseStatistics(together, book_statistics(similarity, together), words, shuffled)
