"""Measures for every kind of input: from the items themselves, or from contexts of a text that are read once."""

import random
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses.careful import careful_senses, context_intervals
from catsel_core.analyses.contexts import ContextRequest, analyse_contexts, tornado_contrasts
from catsel_core.analyses.sentences import analyse_sentences
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.export.results import to_json
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.reference_contexts import EVERY, LENGTH, N_CONTEXTS, reference_contexts
from catsel_core.inputs.texts import pasted_text
from catsel_core.models.find import tokenizer_of
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.contrasts import book_contrasts
from catsel_core.statistics.measures import WITH_BASIS, Basis, Measure, measured
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.store import FolderStore, Store
from tests.analyses.made_up_sentences import load, request
from tests.support.core_fixtures import word_list
from tests.support.tiny import SINGLE, gpt2_folder, llama_folder

WORDS = WordRequest(word_list(fruit="apple pear grape", space="moon star comet"), model=str(llama_folder()))
STORY = " ".join(random.Random(2).choices([*SINGLE, "the"], k=300))
OF_TEXT = Basis("text", 2)


def compared_as(start: Any, measure: Measure, basis: Basis = Basis()) -> Any:  # noqa: B008  # a frozen value
    fields = {name: getattr(start, name) for name in start.__dataclass_fields__}
    return type(start)(**{**fields, "measure": measure, "basis": basis})


class Counting:
    """A loader that counts how often it is asked."""

    times = 0

    def __call__(self, model: ModelSpec) -> LoadedModel:
        self.times += 1
        return load(model)


def test_reference_contexts_are_the_same_for_all_and_shared_out_over_the_text(store: Store) -> None:
    model = analyse_words(WORDS, store, load).model
    found = reference_contexts(tokenizer_of(model))
    assert found == reference_contexts(tokenizer_of(model))
    assert len(found.items) == N_CONTEXTS == 256
    opening = len(tokenizer_of(model).opening)
    lengths = [len(item.token_ids) - opening for item in found.items]
    assert lengths == [*range(EVERY, LENGTH + 1, EVERY)] * 32
    assert all(item.target == (len(item.token_ids) - 1, len(item.token_ids)) for item in found.items)
    assert len({item.token_ids for item in found.items}) > 200


@pytest.mark.parametrize("measure", WITH_BASIS)
def test_words_are_compared_by_contexts_that_are_read_once_a_model(measure: Measure, tmp_path: Any) -> None:
    store, counting = FolderStore(tmp_path), Counting()
    plain = analyse_words(WORDS, store, counting)
    before = counting.times
    found = analyse_words(compared_as(WORDS, measure, OF_TEXT), store, counting)
    assert counting.times > before
    contexts = reference_contexts(tokenizer_of(found.model))
    from catsel_core.hidden_states.run import Run
    from catsel_core.hidden_states.stored_activations import stored_vectors

    sample = stored_vectors(contexts, found.model, Run(store, load))
    expected = measured(plain.represented.vectors, measure, 2, sample)
    np.testing.assert_array_equal(found.compared, expected)
    np.testing.assert_array_equal(found.similarity, cosine_matrices(expected))
    before = counting.times
    other = WordRequest(word_list(a="chair table", b="apple moon"), model=WORDS.model)
    analyse_words(other, store, counting)
    once = counting.times
    analyse_words(compared_as(other, measure, OF_TEXT), store, counting)
    assert once > before
    assert counting.times == once  # neither words nor contexts are read again


def test_what_a_measure_is_taken_from_does_not_matter_where_it_takes_nothing(store: Store) -> None:
    for measure in ("cosine", "spearman"):
        first, second = (analyse_words(compared_as(WORDS, measure, one), store, load) for one in (Basis(), OF_TEXT))
        assert np.array_equal(first.similarity, second.similarity)
        assert "basis" not in to_json(second)


def test_sentences_are_compared_by_any_measure(store: Store) -> None:
    plain = analyse_sentences(request(), store, load)
    found = analyse_sentences(compared_as(request(), "zscored"), store, load)
    expected = cosine_matrices(measured(plain.represented.vectors, "zscored"))
    np.testing.assert_array_equal(found.similarity, expected)
    assert to_json(found)["measure"] == "zscored"
    assert to_json(found)["basis"] == {"reference": "items", "components": 0}
    one, other = careful_senses(plain), careful_senses(found)
    assert one is not None
    assert other is not None
    assert one.test.delta.observed.tolist() != other.test.delta.observed.tolist()


def test_contexts_are_compared_by_any_measure(store: Store) -> None:
    start = ContextRequest(pasted_text(STORY), ("apple", "moon"), WindowChoice(10, 6), model=str(gpt2_folder()))
    plain = analyse_contexts(start, store)
    found = analyse_contexts(compared_as(start, "all-but-the-top", OF_TEXT), store)
    assert found.compared.shape == plain.represented.vectors.shape
    similarity = cosine_matrices(found.compared)
    labels = np.array(found.inputs.labels)
    upper = np.triu(np.ones(len(labels), bool), 1)
    contrasts = book_contrasts(found.label_pairs.labels)
    for summary in tornado_contrasts(found, contrasts):
        belongs = np.zeros_like(upper)
        for a, b in summary.contrast.pairs:
            both = (labels[:, None] == a) & (labels == b)
            belongs |= both | both.T
        means = [layer[belongs & upper].mean() for layer in similarity]
        np.testing.assert_allclose(summary.mean, means, atol=1e-5)
    assert to_json(found)["basis"] == {"reference": "text", "components": 2}
    assert [one.low.tolist() for one in context_intervals(found, contrasts)] != [
        one.low.tolist() for one in context_intervals(plain, contrasts)
    ]


def test_the_default_number_of_components_is_told(store: Store) -> None:
    found = analyse_words(compared_as(WORDS, "all-but-the-top"), store, load)
    assert to_json(found)["basis"] == {"reference": "items", "components": 1}  # 1 % of a narrow model
