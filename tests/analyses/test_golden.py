"""The bundled model against figures of the book's own notebook, and against plain forward passes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses.words import WordAnalysis, WordRequest, analyse_words
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states.extraction import Activations, compute_activations
from catsel_core.inputs.items import DEFAULT_TEMPLATE, InputSet, Pooling, word_items
from catsel_core.inputs.presets import BOOK
from catsel_core.models import find as models
from catsel_core.statistics.pairs import bin_edges, density, pair_values
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.store import FolderStore
from tests.support.bundled import bundled_model, load_bundled
from tests.support.core_fixtures import word_list

pytestmark = pytest.mark.bundled

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden_book.json").read_text(encoding="utf-8"))
LAYER = GOLDEN["part2"]["layer"]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> WordAnalysis:
    return analyse_words(WordRequest(pooling="drop"), FolderStore(tmp_path_factory.mktemp("store")), load_bundled)


def test_words_and_layers_are_those_of_the_notebook(analysis: WordAnalysis) -> None:
    numbers = {name: number for number, name in enumerate(BOOK.words.colors, start=1)}
    assert [[numbers[item.group], item.label] for item in analysis.inputs.items] == GOLDEN["words"]
    assert [item.label for item in analysis.inputs.dropped] == ["sofa"]
    assert len(analysis.model.layers) == 31


@pytest.mark.parametrize(
    ("name", "tolerance"), [("within_mean", 1e-4), ("across_mean", 1e-4), ("delta", 1e-4), ("t", 1e-2)]
)
def test_statistics_at_all_layers(analysis: WordAnalysis, name: str, tolerance: float) -> None:
    expected = GOLDEN["part3"][name]
    assert len(expected) == 31
    np.testing.assert_allclose(getattr(analysis.statistics, name), expected, rtol=0, atol=tolerance)


def test_numbers_of_the_notebooks_layer(analysis: WordAnalysis) -> None:
    golden, statistics = GOLDEN["part2"], analysis.statistics
    assert (statistics.n_within, statistics.n_across) == (golden["n_within"], golden["n_across"])
    assert statistics.within_mean[LAYER] == pytest.approx(golden["within_mean"], abs=1e-4)
    assert statistics.across_mean[LAYER] == pytest.approx(golden["across_mean"], abs=1e-4)
    assert statistics.t[LAYER] == pytest.approx(golden["t"], abs=1e-2)
    np.testing.assert_allclose(analysis.similarity[LAYER, 0], golden["csMat_row0"], rtol=0, atol=1e-4)


@pytest.mark.parametrize("group", ["within", "across"])
def test_histograms_of_the_notebooks_layer(analysis: WordAnalysis, group: str) -> None:
    row = pair_values(analysis.similarity, analysis.pairs)[LAYER]
    values = row[analysis.pairs.within] if group == "within" else row[~analysis.pairs.within]
    edges = bin_edges(values, 20)
    heights = np.array(GOLDEN["part2"][f"hist_{group}"])
    np.testing.assert_allclose(edges, GOLDEN["part2"][f"edges_{group}"], rtol=0, atol=1e-4)
    # a value at a bin's edge may fall to either side, so areas are compared and not counts
    assert float((np.abs(density(values, edges) - heights) * np.diff(edges)).sum()) < 0.02


def test_variances_over_words(analysis: WordAnalysis) -> None:
    variance = analysis.activations.variance
    assert variance.shape[1] == 5
    assert variance[3, -1].mean() == pytest.approx(GOLDEN["part1"]["final_token_variance_mean"], rel=1e-4)
    assert variance[3, :4].max() == GOLDEN["part1"]["max_prefix_variance"] == 0


def test_next_tokens(analysis: WordAnalysis) -> None:
    assert list(analysis.activations.next_tokens) == GOLDEN["next_tokens"]


def plain_vectors(inputs: InputSet) -> FloatArray:
    """(layer, item, hidden) target vectors from one full forward pass a prompt."""
    import torch

    model = bundled_model()
    vectors: list[FloatArray] = []
    with torch.inference_mode():
        for item in inputs.items:
            out = model.base(input_ids=torch.tensor([item.token_ids]), output_hidden_states=True, use_cache=False)
            states = torch.stack(out.hidden_states)[:, 0].numpy()
            first, last = item.target
            vectors.append(states[:, last - 1] if inputs.pooling == "last" else states[:, first:last].mean(axis=1))
    return np.stack(vectors, axis=1)


def made_and_plain(template: str, pooling: Pooling) -> tuple[Activations, FloatArray]:
    words = word_list(space="galaxy asteroid moon", furniture="sofa couch wardrobe", fruit="pear blackcurrant")
    inputs = word_items(words, template, pooling, models.tokenizer_of(models.find_model()))
    return compute_activations(inputs, bundled_model()), plain_vectors(inputs)


def relative_distance(made: FloatArray, plain: FloatArray) -> Sequence[float]:
    distances: Sequence[float] = (np.linalg.norm(made - plain, axis=2) / np.linalg.norm(plain, axis=2)).ravel().tolist()
    return distances


# Bare words share no prefix: all that differs is the batch, and float32 rounding alone sets the two 1.07e-5 apart.
# Against a float64 run the batched vectors are at most 7.8e-6 off and those of single prompts 3.3e-6.
@pytest.mark.parametrize(
    ("template", "tolerance"), [(DEFAULT_TEMPLATE, 1e-5), ("I like the {word} a lot", 1e-5), ("{word}", 2e-5)]
)
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_shared_prefixes_and_batches_change_nothing(template: str, tolerance: float, pooling: Pooling) -> None:
    made, plain = made_and_plain(template, pooling)
    assert max(relative_distance(made.vectors, plain)) < tolerance
    np.testing.assert_allclose(cosine_matrices(made.vectors), cosine_matrices(plain), rtol=0, atol=1e-5)
