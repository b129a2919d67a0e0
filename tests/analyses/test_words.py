"""The stages together: keys, stored results, labels of positions, and a start without torch."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses.words import WordAnalysis, WordRequest, analyse_words, position_labels
from catsel_core.errors import InputError, ModelError
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.stored_activations import activations_key
from catsel_core.inputs.items import DEFAULT_TEMPLATE, Pooling, word_items
from catsel_core.inputs.word_lists import WordList, make_word_list
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.store import FolderStore
from tests.support.core_fixtures import naive_groups, word_list
from tests.support.tiny import gpt2_folder, llama_folder, loaded, spec_of, tokenizer

WORDS = word_list(fruit="apple pear grape", long="asteroid wardrobe", space="moon star")


def request(
    words: WordList = WORDS, template: str = DEFAULT_TEMPLATE, pooling: Pooling = "last", model: Path | None = None
) -> WordRequest:
    return WordRequest(words, template, pooling, str(model or llama_folder()))


def load(model: ModelSpec) -> LoadedModel:
    return loaded(model.folder)


def refuse(model: ModelSpec) -> LoadedModel:
    raise AssertionError("a stored result needs no model")


def analysed(asked: WordRequest, folder: Path) -> WordAnalysis:
    return analyse_words(asked, FolderStore(folder), load)


def key(words: WordList = WORDS, template: str = DEFAULT_TEMPLATE, pooling: Pooling = "last") -> str:
    return activations_key(word_items(words, template, pooling, tokenizer(llama_folder())), spec_of(llama_folder()))


def test_the_parts_of_an_analysis_fit_together(tmp_path: Path) -> None:
    analysis = analysed(request(), tmp_path)
    assert analysis.inputs.words == ("apple", "pear", "grape", "asteroid", "wardrobe", "moon", "star")
    assert np.array_equal(analysis.similarity, cosine_matrices(analysis.activations.vectors))
    assert analysis.similarity.shape == (len(analysis.model.layers), 7, 7)
    for layer in range(4):
        within, across = naive_groups(analysis.similarity[layer], analysis.inputs.labels)
        assert analysis.statistics.delta[layer] == pytest.approx(np.mean(within) - np.mean(across))
    assert (analysis.statistics.n_within, analysis.statistics.n_across) == (5, 16)


def test_a_stored_result_is_the_same_and_needs_no_model(tmp_path: Path) -> None:
    first = analysed(request(), tmp_path)
    again = analyse_words(request(), FolderStore(tmp_path), refuse)
    assert np.array_equal(again.similarity, first.similarity)
    assert np.array_equal(again.activations.variance, first.activations.variance)
    assert again.activations.position_items.tolist() == first.activations.position_items.tolist()
    assert again.activations.next_tokens == first.activations.next_tokens
    assert not again.activations.vectors.flags.writeable


def test_new_names_colors_and_groups_reuse_the_stored_activations(tmp_path: Path) -> None:
    first = analysed(request(), tmp_path)
    moved = make_word_list([("A", ["apple", "pear"]), ("B", ["grape", "asteroid", "wardrobe", "moon", "star"])])
    again = analyse_words(request(moved), FolderStore(tmp_path), refuse)
    assert np.array_equal(again.similarity, first.similarity)
    assert again.statistics.n_within == 11


def test_the_key_ignores_names_and_colors() -> None:
    renamed = make_word_list([(c.name.upper(), c.words) for c in WORDS.categories], ["#000001", "#000002", "#000003"])
    assert key(renamed) == key()
    assert key(WordList(WORDS.categories)) == key()


@pytest.mark.parametrize(
    "change",
    [
        {"pooling": "mean"},
        {"template": "I like the {word}"},
        {"template": "{word}"},
        {"words": word_list(fruit="apple pear grape", long="asteroid wardrobe", space="moon comet")},
        {"words": word_list(fruit="pear apple grape", long="asteroid wardrobe", space="moon star")},
        {"words": word_list(fruit="apple pear", long="asteroid wardrobe", space="moon star")},
    ],
)
def test_the_key_changes_with_pooling_tokens_and_order(change: dict[str, Any]) -> None:
    assert key(**change) != key()


def test_the_key_changes_with_the_target_alone() -> None:
    inputs = word_items(WORDS, DEFAULT_TEMPLATE, "last", tokenizer(llama_folder()))
    first = inputs.items[0]
    moved = replace(inputs, items=(replace(first, target=(3, first.target[1])), *inputs.items[1:]))
    assert activations_key(moved, spec_of(llama_folder())) != activations_key(inputs, spec_of(llama_folder()))


@pytest.mark.parametrize("change", [{"name": "other"}, {"revision": "other"}, {"precision": "bfloat16"}])
def test_the_key_changes_with_the_model(change: dict[str, str]) -> None:
    inputs = word_items(WORDS, DEFAULT_TEMPLATE, "last", tokenizer(llama_folder()))
    spec = spec_of(llama_folder())
    changed = replace(spec, **change)  # type: ignore[arg-type]  # all three are texts
    assert activations_key(inputs, changed) != activations_key(inputs, spec)


def test_the_key_ignores_where_the_model_lies() -> None:
    inputs = word_items(WORDS, DEFAULT_TEMPLATE, "last", tokenizer(llama_folder()))
    spec = spec_of(llama_folder())
    assert activations_key(inputs, replace(spec, folder=Path("/elsewhere"))) == activations_key(inputs, spec)


def test_dropping_nothing_is_the_last_piece() -> None:
    single = word_list(fruit="apple pear", space="moon star")
    assert key(single, pooling="drop") == key(single, pooling="last")


def test_two_models_give_two_results_in_one_store(tmp_path: Path) -> None:
    first = analysed(request(), tmp_path)
    second = analysed(request(model=gpt2_folder()), tmp_path)
    assert not np.allclose(first.similarity, second.similarity, atol=0.01)
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_progress_is_reported_only_while_the_model_runs(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    for _ in range(2):
        analyse_words(request(), FolderStore(tmp_path), load, lambda done, total: calls.append((done, total)))
    assert calls == [(7, 7)]


def test_bad_requests_are_refused_before_the_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="exactly once"):
        analyse_words(request(template="none"), FolderStore(tmp_path), refuse)
    with pytest.raises(InputError, match="stands 2 times"):
        analyse_words(request(word_list(a="x x", b="y")), FolderStore(tmp_path), refuse)
    with pytest.raises(ModelError, match="no model"):
        analyse_words(WordRequest(WORDS, model=str(tmp_path / "none")), FolderStore(tmp_path), refuse)


@pytest.mark.parametrize(
    ("folder", "template", "expected"),
    [
        (llama_folder, DEFAULT_TEMPLATE, ("The", "next", "word", "is", "{word}", "{word} +1")),
        (gpt2_folder, DEFAULT_TEMPLATE, ("<s>", "The", "next", "word", "is", "{word}", "{word} +1")),
        (gpt2_folder, "I like the {word}", ("<s>", "I", "like", "the", "{word}", "{word} +1")),
    ],
)
def test_position_labels(folder: Callable[[], Path], template: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    labels = position_labels(analysed(request(template=template, model=folder()), tmp_path))
    assert labels[: len(expected)] == expected


def test_there_is_a_label_for_every_position_of_the_variance(tmp_path: Path) -> None:
    for template in (DEFAULT_TEMPLATE, "{word}", "{word} is a word"):
        analysis = analysed(request(template=template), tmp_path)
        assert len(position_labels(analysis)) == analysis.activations.variance.shape[1]


def python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_analysis_does_not_import_torch() -> None:
    code = "import sys, catsel_core.analysis, catsel_core.figures; print({'torch', 'transformers'} & set(sys.modules))"
    assert python(code) == "set()"


def test_a_stored_result_is_read_without_torch(tmp_path: Path) -> None:
    analysis = analysed(request(), tmp_path)
    code = """
import sys
from pathlib import Path
from catsel_core.analyses.words import WordRequest, analyse_words, position_labels
from catsel_core.store import FolderStore
from catsel_core.hidden_states.stored_activations import activations_key
from catsel_core.inputs.word_list_files import parse
words = parse(b"fruit: apple, pear, grape\\nlong: asteroid, wardrobe\\nspace: moon, star").content
analysis = analyse_words(WordRequest(words, model=sys.argv[1]), FolderStore(Path(sys.argv[2])))
position_labels(analysis)
print("torch" in sys.modules, repr(float(analysis.statistics.delta[2])))
"""
    assert python(code, str(llama_folder()), str(tmp_path)) == f"False {float(analysis.statistics.delta[2])!r}"
