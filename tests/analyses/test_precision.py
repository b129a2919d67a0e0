"""What bfloat16 costs an analysis against float32."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses import precision
from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.analyses.precision import MOST_ITEMS, Deviation, cosine_deviation
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.words import WordRequest, analyse_words, word_inputs
from catsel_core.arrays import FloatArray
from catsel_core.errors import InputError, ModelError
from catsel_core.export.results import contexts_json, sentences_json, words_json
from catsel_core.hidden_states import load as loading
from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.hidden_states.run import Run, run_of
from catsel_core.hidden_states.stored_activations import activations_key
from catsel_core.inputs.items import InputSet, Item
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.texts import pasted_text
from catsel_core.models.find import find_model
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.contrasts import book_contrasts
from catsel_core.store import FolderStore, Store
from tests.support.core_fixtures import naive_cosine, plain_items, random_vectors
from tests.support.precisions import FOLDERS, PRECISIONS, WORDS, load, words
from tests.support.tiny import SINGLE, gpt2_folder, llama_folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return FolderStore(tmp_path_factory.mktemp("store"))


def naive_deviation(short: FloatArray, exact: FloatArray, items: Sequence[int]) -> tuple[float, int]:
    """The largest |cosine − cosine in float32| by loops, and its layer."""
    found = []
    for layer in range(len(short)):
        for i in items:
            for j in items:
                if i < j:
                    other = naive_cosine(exact[layer, i].tolist(), exact[layer, j].tolist())
                    found.append((abs(naive_cosine(short[layer, i].tolist(), short[layer, j].tolist()) - other), layer))
    return max(found)


def assert_is(deviation: Deviation | None, expected: tuple[float, int], n_items: int, n_all: int) -> None:
    assert deviation is not None
    assert deviation.largest == pytest.approx(expected[0], abs=2e-6)
    assert (deviation.layer, deviation.n_items, deviation.n_all) == (expected[1], n_items, n_all)


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("pooling", ["last", "mean", "drop"])
def test_the_largest_deviation_over_layers_and_pairs(name: str, pooling: str, store: Store) -> None:
    folder = str(FOLDERS[name]())
    short = words(store, model=folder, pooling=pooling)
    exact = words(store, "float32", model=folder, pooling=pooling)
    n = len(short.inputs.items)
    assert n == (9 if pooling == "drop" else 11)
    expected = naive_deviation(short.activations.vectors, exact.activations.vectors, range(n))
    assert 1e-4 < expected[0] < 0.2  # bfloat16 keeps eight bits
    assert_is(short.deviation, expected, n, n)
    assert short.deviation is not None
    pairs = np.abs(short.similarity - exact.similarity)
    assert short.deviation.largest == pytest.approx(pairs.max(), abs=2e-6)


def test_float32_has_no_deviation_and_needs_one_model(tmp_path: Path) -> None:
    read: list[Precision] = []

    def reading(model: ModelSpec) -> LoadedModel:
        read.extend([model.precision] * (read[-1:] != [model.precision]))
        return load(model)

    request = WordRequest(WORDS, model=str(llama_folder()))
    assert analyse_words(request, FolderStore(tmp_path), reading).deviation is None
    assert read == ["float32"]
    both = replace(request, precision="bfloat16")
    first = analyse_words(both, FolderStore(tmp_path), reading)
    assert read == ["float32", "bfloat16", "float32"]
    assert first.deviation == analyse_words(both, FolderStore(tmp_path), reading).deviation is not None
    assert read == ["float32", "bfloat16", "float32"]  # stored, both of them


def test_the_deviation_is_of_cosines_whatever_is_shown(store: Store) -> None:
    shown = {measure: words(store, measure=measure) for measure in ("cosine", "centred", "spearman")}
    assert len({each.deviation for each in shown.values()}) == 1
    assert not np.allclose(shown["cosine"].similarity, shown["centred"].similarity, atol=0.01)


def test_that_the_model_runs_in_float32_as_well_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    store = FolderStore(tmp_path)
    request = WordRequest(WORDS, model=str(llama_folder()), precision="bfloat16")
    analyse_words(request, store, load, say=said.append)
    assert said == ["Comparing with float32 …"]
    analyse_words(request, store, load, say=said.append)
    assert len(said) == 1  # both are stored


def test_bfloat16_is_another_result_than_float32(store: Store) -> None:
    short, exact = words(store), words(store, "float32")
    assert short.activations.vectors.dtype == exact.activations.vectors.dtype == np.float32
    assert not (short.activations.vectors == exact.activations.vectors).all()
    embeddings = short.activations.vectors[0]
    assert not (embeddings.view(np.uint32) & 0xFFFF).any()  # what bfloat16 does not have
    np.testing.assert_allclose(embeddings, exact.activations.vectors[0], rtol=2**-8)


@pytest.mark.parametrize("n", [2, 3, MOST_ITEMS - 1, MOST_ITEMS, MOST_ITEMS + 1, 2 * MOST_ITEMS - 1, 200, 1000])
def test_of_many_items_some_are_compared_evenly(n: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = plain_items([f"g{at % 7}" for at in range(n)])
    exact, seen = random_vectors(3, n, seed=1), list[InputSet]()
    short = exact + random_vectors(3, n, seed=2) * np.float32(0.01)
    model = replace(find_model(str(llama_folder())), precision="bfloat16")
    given = run_of(FolderStore(tmp_path), load, lambda *_: None, None)

    def vectors(inputs: InputSet, asked: ModelSpec, run: Run) -> FloatArray:
        assert asked == replace(model, precision="float32")
        assert run == replace(given, progress=None)
        seen.append(inputs)
        return exact[:, [items.index(item) for item in inputs.items]]

    monkeypatch.setattr(precision, "stored_vectors", vectors)
    deviation = cosine_deviation(InputSet(items, (items[0],), "mean"), model, short, given)
    (same,) = seen
    chosen = [items.index(item) for item in same.items]
    assert same.pooling == "mean"
    assert len(chosen) == min(n, MOST_ITEMS)
    assert (chosen[0], chosen[-1]) == (0, n - 1)
    steps = np.diff(chosen)
    assert steps.min() >= 1
    assert steps.max() - steps.min() <= 1
    assert_is(deviation, naive_deviation(short, exact, chosen), min(n, MOST_ITEMS), n)


def test_a_deviation_at_an_item_that_is_not_compared_is_not_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = plain_items(["g"] * 200)
    exact = random_vectors(2, 200)
    short = exact.copy()
    model = replace(find_model(str(llama_folder())), precision="bfloat16")
    monkeypatch.setattr(
        precision, "stored_vectors", lambda same, *_: exact[:, [items.index(item) for item in same.items]]
    )
    short[1, 1] *= -1  # between the first and the second that are compared
    whole, run = InputSet(items, (), "last"), run_of(FolderStore(tmp_path), load, None, None)
    assert cosine_deviation(whole, model, short, run) == Deviation(0, 0, MOST_ITEMS, 200)
    short[1, 0] *= -1
    seen = cosine_deviation(whole, model, short, run)
    assert seen is not None
    assert (seen.layer, seen.largest > 0.5) == (1, True)


def test_contexts_carry_their_deviation(store: Store) -> None:
    story = " ".join(random.Random(4).choices([*SINGLE, "asteroid", "the"], k=400))
    request = ContextRequest(
        pasted_text(story), ("apple", "moon", "asteroid"), WindowChoice(8, 30), "mean", model=str(llama_folder())
    )
    exact = analyse_contexts(request, store, load)
    short = analyse_contexts(replace(request, precision="bfloat16"), store, load)
    n = len(short.inputs.items)
    assert MOST_ITEMS < n == len(short.shown)
    assert exact.deviation is None
    chosen = [round(at * (n - 1) / (MOST_ITEMS - 1)) for at in range(MOST_ITEMS)]
    apart = np.abs(short.similarity - exact.similarity)[:, chosen][:, :, chosen].max(axis=(1, 2))
    assert_is(short.deviation, (float(apart.max()), int(apart.argmax())), MOST_ITEMS, n)
    compared = book_contrasts(short.label_pairs.labels)
    found = json.loads(json.dumps(contexts_json(short, compared)))
    assert short.deviation is not None
    assert found["cosine_deviation"] == asdict(short.deviation)
    assert found["model"]["precision"] == "bfloat16"
    assert "cosine_deviation" not in contexts_json(exact, compared)


def test_sentences_carry_their_deviation(store: Store) -> None:
    sentences = tuple(
        Sentence(group, f"the {first} and the {target}", target)
        for group, target, firsts in (
            ("lamp", "lamp", "chair table word"),
            ("sky", "moon", "star comet"),
            ("rock", "asteroid", "star moon"),
        )
        for first in firsts.split()
    )
    request = SentenceRequest(sentences, model=str(gpt2_folder()))
    exact = analyse_sentences(request, store, load)
    short = analyse_sentences(replace(request, precision="bfloat16"), store, load)
    expected = naive_deviation(short.activations.vectors, exact.activations.vectors, range(7))
    assert_is(short.deviation, expected, 7, 7)
    assert short.deviation is not None
    assert sentences_json(short)["cosine_deviation"] == asdict(short.deviation)
    assert exact.deviation is None
    assert "cosine_deviation" not in sentences_json(exact)


def test_the_report_says_what_bfloat16_costs(store: Store) -> None:
    short = words(store)
    assert short.deviation is not None
    found = json.loads(json.dumps(words_json(short)))
    assert found["cosine_deviation"] == {
        "largest": short.deviation.largest,
        "layer": short.deviation.layer,
        "n_items": 11,
        "n_all": 11,
    }
    assert found["model"]["precision"] == "bfloat16"
    assert "cosine_deviation" not in words_json(words(store, "float32"))


def test_precisions_have_keys_of_their_own() -> None:
    requests = [WordRequest(WORDS, model=str(llama_folder()), precision=used) for used in PRECISIONS]
    for what in ("activations", "vectors"):
        keys = []
        for request in requests:
            model, inputs = word_inputs(request)
            assert (model.precision, model.identity["precision"]) == (request.precision, request.precision)
            keys.append(activations_key(inputs, model, what))
        assert len(set(keys)) == len(PRECISIONS) == 2


@pytest.mark.parametrize("unknown", ["float16", "int8", "", "BFLOAT16", "half"])
def test_an_unknown_precision_is_refused_before_anything_runs(unknown: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        words(FolderStore(tmp_path), unknown)
    assert str(caught.value) == f"precision must be one of ('float32', 'bfloat16'); got {unknown!r}."
    with pytest.raises(ModelError, match="precision must be one of"):
        analyse_sentences(SentenceRequest(model=str(llama_folder()), precision=unknown), FolderStore(tmp_path), load)
    assert list(tmp_path.iterdir()) == []


def test_an_item_that_is_too_long_is_refused_in_any_precision(tmp_path: Path) -> None:
    for used in PRECISIONS:
        with pytest.raises(InputError, match="reads at most 128"):
            words(FolderStore(tmp_path), used, template="a " * 130 + "{word}")


def test_a_single_item_deviates_from_nothing(tmp_path: Path) -> None:
    """Its only cosine is its own, 1."""
    model, inputs = word_inputs(WordRequest(WORDS, model=str(llama_folder()), precision="bfloat16"))
    one: tuple[Item, ...] = inputs.items[:1]
    vectors = random_vectors(4, 1, 16)
    found = cosine_deviation(InputSet(one, (), "last"), model, vectors, run_of(FolderStore(tmp_path), load, None, None))
    assert found == Deviation(0, 0, 1, 1)


def test_what_fits_in_bfloat16_only_is_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = loading.parameters(llama_folder()) * 2 + loading._SPARE_BYTES
    monkeypatch.setattr(loading, "free_memory", lambda: needed)
    request = WordRequest(WORDS, model=str(llama_folder()), precision="bfloat16")
    analysis = analyse_words(request, FolderStore(tmp_path), load_model)
    assert analysis.deviation is None
    assert words_json(analysis)["cosine_deviation"] is None
