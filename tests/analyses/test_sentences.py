"""Analyses of sentences: against plain forward passes and loops, requests, and stored results."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catsel_core.analyses.sentences import SentenceAnalysis, SentenceRequest, analyse_sentences, sense_statistics
from catsel_core.arrays import FloatArray
from catsel_core.errors import InputError
from catsel_core.export.results import sentences_json
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import Item, Pooling
from catsel_core.inputs.sentence_files import bundled_senses
from catsel_core.inputs.sentences import Sentence
from catsel_core.models.spec import ModelSpec, layer_labels
from catsel_core.statistics.pairs import pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.store import FolderStore, Store
from tests.analyses.made_up_sentences import (
    BOTH_CASES,
    FIRST,
    LAMP,
    MOON,
    PIECES,
    SENTENCES,
    assert_statistics,
    load,
    loops,
    made,
    refuse,
    request,
    spelling,
)
from tests.hidden_states.test_extraction import plain_forward, pooled
from tests.support.bundled import load_bundled
from tests.support.core_fixtures import random_vectors
from tests.support.tiny import N_BLOCKS, gpt2_folder, llama_folder, loaded


def plain_vectors(analysis: SentenceAnalysis) -> FloatArray:
    """(layer, item, hidden) from one full forward pass a sentence."""
    model, inputs = loaded(analysis.model.folder), analysis.inputs
    return np.stack([pooled(plain_forward(item, model)[0], item, inputs.pooling) for item in inputs.items], axis=1)


@pytest.mark.parametrize("folder", [llama_folder(), gpt2_folder()], ids=["llama", "gpt2"])
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_statistics_equal_plain_passes_and_loops(folder: Path, pooling: Pooling, store: Store) -> None:
    analysis = analyse_sentences(request(pooling=pooling, folder=folder), store, load)
    items, vectors = analysis.inputs.items, plain_vectors(analysis)
    assert_statistics(analysis.statistics, vectors, loops(items, same_spelling=False))
    assert analysis.senses is not None
    assert_statistics(analysis.senses.overall, vectors, loops(items, same_spelling=True))
    assert list(analysis.senses.words) == ["lamp", "moon", "asteroid"]
    for word, statistics in analysis.senses.words.items():
        (spelled,) = {spelling(item) for item in items if item.label == word}
        assert_statistics(statistics, vectors, loops(items, True, spelled))


def test_the_parts_of_an_analysis_fit_together(analysis: SentenceAnalysis) -> None:
    assert analysis.request == request()
    assert [(item.group, item.text, item.label) for item in analysis.inputs.items] == [
        (sentence.group, sentence.text, sentence.target) for sentence in SENTENCES
    ]
    assert analysis.similarity.shape == (N_BLOCKS + 1, len(SENTENCES), len(SENTENCES))
    assert np.array_equal(analysis.similarity, cosine_matrices(analysis.activations.vectors))
    assert (analysis.pairs.n_within, analysis.pairs.n_across) == (7, 59)
    assert analysis.senses is not None
    assert (analysis.senses.pairs.n_within, analysis.senses.pairs.n_across) == (7, 12)


def test_senses_are_equal_before_any_context(analysis: SentenceAnalysis) -> None:
    assert analysis.senses is not None
    for statistics in (analysis.senses.overall, *analysis.senses.words.values()):
        assert statistics.delta[0] == pytest.approx(0, abs=1e-6)
        assert np.isnan(statistics.t[0])
    assert abs(analysis.senses.overall.delta[1:]).max() > 1e-3


def test_words_are_compared_with_words_of_the_same_tokens_only(store: Store) -> None:
    analysis = analyse_sentences(request(*LAMP, *BOTH_CASES), store, load)
    assert analysis.senses is not None
    assert list(analysis.senses.words) == ["lamp", "Lamp"]
    assert (analysis.senses.words["lamp"].n_within, analysis.senses.words["lamp"].n_across) == (4, 6)
    assert (analysis.senses.words["Lamp"].n_within, analysis.senses.words["Lamp"].n_across) == (1, 2)
    assert (analysis.senses.overall.n_within, analysis.senses.overall.n_across) == (5, 8)
    labels = [item.label for item in analysis.inputs.items]
    pairs = analysis.senses.pairs
    assert all(labels[i] == labels[j] for i, j in zip(pairs.first, pairs.second, strict=True))
    assert analysis.senses.overall.delta[0] == pytest.approx(0, abs=1e-6)
    assert analysis.statistics.n_within + analysis.statistics.n_across == 28


def test_a_word_of_other_tokens_gets_a_name_of_its_own(store: Store) -> None:
    analysis = analyse_sentences(request(*MOON, *FIRST), store, load)
    items = analysis.inputs.items
    assert analysis.senses is not None
    assert len(analysis.senses.words) == 2
    assert all(name.startswith("moon") for name in analysis.senses.words)
    spellings = list(dict.fromkeys(spelling(item) for item in items))
    assert len(spellings) == 2
    vectors = plain_vectors(analysis)
    for statistics, spelled in zip(analysis.senses.words.values(), spellings, strict=True):
        assert_statistics(statistics, vectors, loops(items, True, spelled))
    assert [statistics.n_within for statistics in analysis.senses.words.values()] == [2, 1]
    assert analysis.senses.overall.n_within == 3
    assert analysis.senses.overall.delta[0] == pytest.approx(0, abs=1e-6)


def test_a_word_with_pairs_of_one_kind_does_not_count(store: Store) -> None:
    one_sense, one_each = MOON[:2], (PIECES[0], PIECES[2])
    analysis = analyse_sentences(request(*LAMP, *one_sense, *one_each), store, load)
    assert analysis.senses is not None
    assert list(analysis.senses.words) == ["lamp"]
    assert (analysis.senses.overall.n_within, analysis.senses.overall.n_across) == (4, 6)


@pytest.mark.parametrize(
    "sentences",
    [
        (*LAMP[:3], *MOON[:2]),
        made("a|the lamp|lamp", "a|the moon|moon", "b|the star|star"),
        made("a|the lamp|lamp", "a|the moon|moon", "b|a lamp|lamp", "b|a moon|moon"),
        (*LAMP[:2], MOON[0], MOON[2]),
    ],
    ids=["one sense a word", "no word twice", "one sentence a sense", "one kind in each word"],
)
def test_there_are_no_senses_if_no_word_has_both_kinds(sentences: tuple[Sentence, ...], store: Store) -> None:
    analysis = analyse_sentences(request(*sentences), store, load)
    assert analysis.senses is None
    assert analysis.statistics.n_within >= 1
    assert sentences_json(analysis)["senses"] is None


def item(label: str, group: str, *tokens: int) -> Item:
    return Item(label, group, f"the {label}", (1, *tokens), (1, 1 + len(tokens)), (label,))


def test_spellings_are_whole_token_sequences_whatever_the_labels_say() -> None:
    items = (
        *(item("bank", "river", 5, 6), item("bank", "river", 5, 6), item("bank", "money", 5, 6)),
        *(item("bank", "river", 6), item("bank", "money", 6), item("bank", "money", 5, 7)),
        *(item("shore", "river", 6), item("shore", "money", 7, 5, 6)),
    )
    vectors = random_vectors(3, len(items), seed=2)
    made = sense_statistics(cosine_matrices(vectors), pair_groups([one.group for one in items]), items)
    assert made is not None
    assert_statistics(made.overall, vectors, loops(items, same_spelling=True))
    assert (made.overall.n_within, made.overall.n_across) == (2, 4)
    assert len(made.words) == 2
    for statistics, spelled in zip(made.words.values(), ((5, 6), (6,)), strict=True):
        assert_statistics(statistics, vectors, loops(items, True, spelled))


# Requests and stored results
def test_requests_are_values() -> None:
    again = SentenceRequest(tuple(replace(sentence) for sentence in SENTENCES), "last", str(llama_folder()))
    assert again == request()
    assert hash(again) == hash(request())
    assert len({request(), again, request(pooling="mean"), request(*LAMP), SentenceRequest()}) == 4
    assert SentenceRequest() == SentenceRequest(bundled_senses())


def test_a_stored_result_is_not_computed_again(tmp_path: Path) -> None:
    calls: list[ModelSpec] = []

    def counted(model: ModelSpec) -> LoadedModel:
        calls.append(model)
        return load(model)

    first = analyse_sentences(request(), FolderStore(tmp_path), counted)
    again = analyse_sentences(request(), FolderStore(tmp_path), counted)
    assert len(calls) == 1
    assert np.array_equal(again.similarity, first.similarity)
    assert again.activations.next_tokens == first.activations.next_tokens
    assert first.senses is not None
    assert again.senses is not None
    assert again.senses.overall.delta.tolist() == first.senses.overall.delta.tolist()


def test_new_names_of_groups_reuse_the_stored_result(analysis: SentenceAnalysis, store: Store) -> None:
    renamed = tuple(replace(sentence, group=sentence.group.upper()) for sentence in SENTENCES)
    again = analyse_sentences(request(*renamed), store, refuse)
    assert np.array_equal(again.similarity, analysis.similarity)
    assert again.inputs.labels == tuple(label.upper() for label in analysis.inputs.labels)


def test_progress_is_told_in_sentences(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    analyse_sentences(request(), FolderStore(tmp_path), load, lambda done, total: told.append((done, total)))
    assert told[-1] == (12, 12)
    assert told == sorted(told)


def test_words_of_several_tokens_can_be_left_out(store: Store) -> None:
    long = made("lamp/sky|the star and the asteroid|asteroid", "moon/sky|a comet, an asteroid|asteroid")
    analysis = analyse_sentences(request(*LAMP, *MOON, *long, pooling="drop"), store, load)
    assert [item.label for item in analysis.inputs.dropped] == ["asteroid"] * 2
    assert analysis.senses is not None
    assert list(analysis.senses.words) == ["lamp", "moon"]


def test_what_cannot_be_analysed_is_refused_before_the_model_is_loaded(store: Store) -> None:
    model = str(llama_folder())
    with pytest.raises(InputError, match="no sentences"):
        analyse_sentences(SentenceRequest((), model=model), store, refuse)
    with pytest.raises(InputError, match="not in"):
        analyse_sentences(request(Sentence("a", "the lamp", "moon"), *LAMP), store, refuse)
    with pytest.raises(InputError, match="At least two senses"):
        analyse_sentences(request(*LAMP[:3]), store, refuse)
    with pytest.raises(InputError, match="“rock/sky” has several tokens"):
        analyse_sentences(request(pooling="drop"), store, refuse)


# The bundled sentences in the bundled model
@pytest.mark.bundled
def test_the_bundled_model_parts_the_bundled_senses_between_its_layers(store: Store) -> None:
    analysis = analyse_sentences(SentenceRequest(), store, load_bundled)
    assert analysis.model.layers == layer_labels(31)
    senses = analysis.senses
    assert senses is not None
    assert list(senses.words) == ["bank", "spring", "light", "bat", "match", "pitch", "seal", "trunk"]
    for statistics in senses.words.values():
        assert (statistics.n_within, statistics.n_across) == (2 * 28, 64)
    assert (senses.overall.n_within, senses.overall.n_across) == (8 * 2 * 28, 8 * 64)
    for statistics in (senses.overall, *senses.words.values()):
        assert abs(statistics.delta[0]) < 1e-6
    assert senses.overall.delta[5:13].max() > 0.03
    expected = loops(analysis.inputs.items, same_spelling=True)
    means = [np.mean([analysis.similarity[9, i, j] for i, j in pairs], dtype=np.float64) for pairs in expected]
    assert senses.overall.delta[9] == pytest.approx(means[0] - means[1], abs=1e-6)
