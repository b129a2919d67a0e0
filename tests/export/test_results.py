"""The JSON of a result: plain values with every number, null where a number is not defined."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catsel_core.analyses.kinds import KINDS
from catsel_core.analyses.words import WordAnalysis, WordRequest, analyse_words
from catsel_core.export.arrays import to_arrays
from catsel_core.export.results import to_json, words_json
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.shuffles import SEED, SHUFFLES
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.tiny import N_BLOCKS, llama_folder, loaded

WORDS = word_list(fruit="apple pear asteroid", space="moon star")


def load(model: ModelSpec) -> LoadedModel:
    return loaded(model.folder)


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> WordAnalysis:
    folder: Path = tmp_path_factory.mktemp("store")
    return analyse_words(WordRequest(WORDS, pooling="drop", model=str(llama_folder())), FolderStore(folder), load)


def test_the_json_survives_writing_and_reading(analysis: WordAnalysis) -> None:
    result = words_json(analysis)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_the_json_names_model_words_and_layers(analysis: WordAnalysis) -> None:
    result = words_json(analysis)
    assert result["model"] == analysis.model.identity
    assert (result["template"], result["pooling"]) == ("The next word is {word}", "drop")
    assert result["layers"] == ["Emb", "L0", "L1", "L2"]
    assert [item["word"] for item in result["items"]] == ["apple", "pear", "moon", "star"]
    assert [item["category"] for item in result["items"]] == ["fruit", "fruit", "space", "space"]
    assert result["items"][0]["text"] == "The next word is apple"
    assert result["items"][0]["pieces"] == [" apple"]
    assert result["items"][0]["token_ids"] == list(analysis.inputs.items[0].token_ids)
    assert [item["word"] for item in result["dropped"]] == ["asteroid"]
    assert len(result["dropped"][0]["pieces"]) > 1


def test_the_json_holds_the_statistics(analysis: WordAnalysis) -> None:
    result = words_json(analysis)
    for name, numbers in result["book"].items():
        assert numbers == getattr(analysis.statistics, name).tolist()
    assert set(result["book"]) == {"within_mean", "across_mean", "delta", "t"}
    assert (result["n_within"], result["n_across"]) == (2, 4)
    assert result["next_tokens"] == list(analysis.activations.next_tokens)


def test_the_json_holds_the_range_of_shuffled_labels(analysis: WordAnalysis) -> None:
    found, shuffled = words_json(analysis)["shuffled_delta"], analysis.shuffled
    assert found == {
        "low": shuffled.low.tolist(),
        "high": shuffled.high.tolist(),
        "shuffles": SHUFFLES,
        "seed": SEED,
    }
    assert len(found["low"]) == N_BLOCKS + 1


def test_the_json_holds_the_mean_variance_of_every_position(analysis: WordAnalysis) -> None:
    variance = words_json(analysis)["variance"]
    assert set(variance) == {str(layer) for layer in range(N_BLOCKS + 1)}
    units = analysis.activations.variance[2, 4].tolist()
    assert variance["2"][4] == pytest.approx(sum(units) / len(units), rel=1e-5)
    assert variance["2"][:4] == [0, 0, 0, 0]
    assert len(variance["2"]) == 5


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_numbers_that_are_not_defined_are_null(analysis: WordAnalysis, value: float) -> None:
    t = np.array([value, 1.5, value, -2.0])
    changed = replace(analysis, statistics=replace(analysis.statistics, t=t))
    assert words_json(changed)["book"]["t"] == [None, 1.5, None, -2.0]


def test_the_arrays_are_the_matrices_with_labels(analysis: WordAnalysis) -> None:
    arrays = to_arrays(analysis)
    assert set(arrays) == {"similarity", "labels"}
    assert np.array_equal(arrays["similarity"], analysis.similarity)
    assert arrays["labels"].tolist() == ["fruit", "fruit", "space", "space"]
    assert arrays["labels"].dtype.kind == "U"  # can be saved without pickle


def test_every_kind_of_analysis_has_its_json() -> None:
    for kind in KINDS:
        assert to_json.dispatch(kind.analysis) is not to_json.dispatch(object), kind.name
    with pytest.raises(TypeError, match="int is no kind of analysis"):
        to_json(3)


def test_the_json_of_an_analysis_is_found_by_its_type(analysis: WordAnalysis) -> None:
    assert to_json(analysis) == words_json(analysis)
