"""Two sides on the same words: aligned items, similarity of layers that swaps with the sides, words left out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from catsel_core.analyses import side_by_side as compare_analysis
from catsel_core.analyses.side_by_side import (
    LAYER_SIMILARITIES,
    CompareRequest,
    Side,
    compare_sides,
    mantel_along_path,
    other_side,
)
from catsel_core.analyses.words import WordRequest, analyse_words, tokenized_of, word_inputs
from catsel_core.errors import InputError, ModelError
from catsel_core.export.results import compare_json
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import Pooling, TokenizedWords
from catsel_core.inputs.tokenizer import Encoding, TextTokenizer
from catsel_core.inputs.word_lists import WordList
from catsel_core.models import find as models
from catsel_core.models.catalogue import BUNDLED, GPT2
from catsel_core.models.spec import ModelSpec
from catsel_core.store import FolderStore, Store
from tests.support.core_fixtures import word_list
from tests.support.tiny import gpt2_folder, llama_folder, loaded

WORDS = word_list(fruit="apple pear grape", things="chair table wardrobe", space="moon star asteroid")
LLAMA, GPT = Side(model=str(llama_folder())), Side(model=str(gpt2_folder()))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return FolderStore(tmp_path)


def test_each_side_is_the_words_analysis_of_its_own(store: Store) -> None:
    found = compare_sides(CompareRequest(WORDS, LLAMA, GPT), store)
    for side, chosen in zip(found.sides, (LLAMA, GPT), strict=True):
        alone = analyse_words(WordRequest(WORDS, model=chosen.model), store)
        assert (side.similarity == alone.similarity).all()
        assert side.inputs == alone.inputs
        assert (side.statistics.delta == alone.statistics.delta).all()
    assert found.model == (found.a.model, found.b.model)
    assert found.names == ("tiny-llama", "tiny-gpt2")
    assert found.left_out == ()
    assert found.change.shape == (4, 4, 9)
    assert found.nearest_a.shape == found.nearest_b.shape == (4, 9, 5)
    assert {name: matrix.shape for name, matrix in found.layer_similarity.items()} == dict.fromkeys(
        LAYER_SIMILARITIES, (4, 4)
    )
    arrays: list[NDArray[Any]] = [
        *found.layer_similarity.values(),
        *found.paths.values(),
        found.depth,
        found.change,
        found.nearest_a,
    ]
    assert not any(array.flags.writeable for array in arrays)


def test_the_same_twice_is_alike_at_every_layer(store: Store) -> None:
    found = compare_sides(CompareRequest(WORDS, LLAMA, LLAMA), store)
    for name in LAYER_SIMILARITIES:
        assert np.allclose(np.diagonal(found.layer_similarity[name]), 1)
        assert found.paths[name].tolist() == found.depth.tolist() == [0, 1, 2, 3]
    assert np.abs(np.diagonal(found.change)).max() < 1e-6


def test_swapped_sides_give_swapped_numbers(store: Store) -> None:
    one = compare_sides(CompareRequest(WORDS, LLAMA, GPT), store)
    other = compare_sides(CompareRequest(WORDS, GPT, LLAMA), store)
    for name in LAYER_SIMILARITIES:
        assert np.allclose(one.layer_similarity[name], other.layer_similarity[name].T, equal_nan=True)
    assert np.allclose(one.change, other.change.transpose(1, 0, 2), equal_nan=True)
    assert (one.nearest_a == other.nearest_b).all()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"template": "I like the {word}"}, "tiny-llama, I like the {word}"),
        ({"pooling": "mean"}, "tiny-llama, mean"),
        ({"measure": "centred"}, "tiny-llama, centred"),
        ({"precision": "bfloat16"}, "tiny-llama, bfloat16"),
    ],
)
def test_whatever_differs_is_compared_and_named(change: dict[str, str], name: str, store: Store) -> None:
    found = compare_sides(CompareRequest(WORDS, LLAMA, replace(LLAMA, **change)), store)  # type: ignore[arg-type]
    assert found.names[1] == found.said_names[1] == name
    assert not (found.a.similarity == found.b.similarity).all()
    assert (found.b.deviation is None) == ("precision" not in change)


def test_words_that_one_side_leaves_out_are_left_out_of_both(store: Store) -> None:
    found = compare_sides(CompareRequest(WORDS, LLAMA, replace(GPT, pooling="drop")), store)
    assert [word.word for word in found.left_out] == ["wardrobe", "asteroid"]
    assert all(word.reason.startswith("several tokens on side B: ") for word in found.left_out)
    assert found.a.inputs.words == found.b.inputs.words == ("apple", "pear", "grape", "chair", "table", "moon", "star")
    assert found.a.inputs.labels == found.b.inputs.labels


def load_once(model: ModelSpec) -> LoadedModel:
    return loaded(model.folder)


def tokens_of(words: WordList, side: Side) -> dict[str, str]:
    """The tokens of every word in the default prompt, as one tokenizer has them."""
    inputs = word_inputs(WordRequest(words, model=side.model))[1]
    return {item.label: " | ".join(piece.strip() for piece in item.pieces) for item in inputs.items}


def test_words_that_both_sides_leave_out_are_named_with_both_reasons(store: Store) -> None:
    sides = replace(LLAMA, pooling="drop"), replace(GPT, pooling="drop")
    found = compare_sides(CompareRequest(WORDS, *sides), store, load_once)
    a, b = (tokens_of(WORDS, side) for side in sides)
    assert [(one.word, one.category, one.reason) for one in found.left_out] == [
        (word, category, f"several tokens on side A: {a[word]}; several tokens on side B: {b[word]}")
        for category, word in (("things", "wardrobe"), ("space", "asteroid"))
    ]
    assert [one.said for one in found.left_out] == [one.reason for one in found.left_out]
    assert [word["word"] for word in compare_json(found)["fell_out"]] == ["wardrobe", "asteroid"]


@pytest.mark.parametrize(
    ("poolings", "sides"),
    [(("drop", "mean"), "A"), (("last", "drop"), "B"), (("drop", "drop"), "AB"), (("last", "mean"), "")],
)
def test_every_word_is_compared_or_left_out_for_the_sides_that_cannot_use_it(
    poolings: tuple[Pooling, Pooling], sides: str, store: Store
) -> None:
    a, b = (replace(side, pooling=pooling) for side, pooling in zip((LLAMA, GPT), poolings, strict=True))
    found = compare_sides(CompareRequest(WORDS, a, b), store, load_once)
    every = [word for _, word in WORDS.labelled_words()]
    assert sorted([*found.a.inputs.words, *(one.word for one in found.left_out)]) == sorted(every)
    assert bool(found.left_out) == bool(sides)
    for one in found.left_out:
        assert [letter for letter in "AB" if f"several tokens on side {letter}: " in one.reason] == list(sides)


@pytest.mark.parametrize(
    ("spelled_on", "reason"),
    [
        ("A", "no tokens on side B"),
        ("B", "no tokens on side A"),
        ("", "no tokens on side A; no tokens on side B"),
    ],
)
def test_words_that_a_tokenizer_cannot_spell_are_left_out_of_both(
    spelled_on: str, reason: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = {"A": "The {word}", "B": "{word}"}

    def moon_on_one_side(words: WordList, template: str, model: ModelSpec) -> TokenizedWords:
        found = tokenized_of(words, template, model)
        if template == templates.get(spelled_on):
            return found
        items = tuple(item for item in found.items if item.label != "moon")
        return TokenizedWords(items, {("space", "moon"): "There is no moon."})

    monkeypatch.setattr(compare_analysis, "tokenized_of", moon_on_one_side)
    sides = replace(LLAMA, template=templates["A"]), replace(GPT, template=templates["B"])
    found = compare_sides(CompareRequest(WORDS, *sides), store, load_once)
    assert [(one.word, one.category, one.reason) for one in found.left_out] == [("moon", "space", reason)]
    assert "moon" not in found.a.inputs.words
    assert found.a.inputs.words == found.b.inputs.words


def test_a_word_without_tokens_on_one_side_and_of_several_on_the_other_has_both_reasons(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_asteroid_on_a(words: WordList, template: str, model: ModelSpec) -> TokenizedWords:
        found = tokenized_of(words, template, model)
        if model.folder != llama_folder():
            return found
        items = tuple(item for item in found.items if item.label != "asteroid")
        return TokenizedWords(items, {("space", "asteroid"): "There is no asteroid."})

    monkeypatch.setattr(compare_analysis, "tokenized_of", no_asteroid_on_a)
    found = compare_sides(CompareRequest(WORDS, LLAMA, replace(GPT, pooling="drop")), store)
    (asteroid,) = (left_out for left_out in found.left_out if left_out.word == "asteroid")
    assert asteroid.reason.startswith("no tokens on side A; several tokens on side B: ")


def test_a_list_is_tokenized_once_for_each_side(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[int] = []
    encode = TextTokenizer.encode

    def counted(self: TextTokenizer, texts: Sequence[str]) -> list[Encoding]:
        encoded.append(len(texts))
        return encode(self, texts)

    monkeypatch.setattr(TextTokenizer, "encode", counted)
    words = word_list(fruit="apple pear grape", things="chair table", space="moon comet")
    compare_sides(CompareRequest(words, LLAMA, replace(GPT, pooling="drop")), store)
    assert encoded == [7, 7]


def test_too_few_shared_words_are_refused(store: Store) -> None:
    words = word_list(fruit="apple pear", long="wardrobe asteroid", space="moon")
    with pytest.raises(
        InputError, match=r"Both sides can use only 3 of the words, and a comparison takes at least 4|empties it"
    ):
        compare_sides(CompareRequest(words, LLAMA, replace(GPT, pooling="drop")), store)


def test_bad_sides_are_refused(store: Store) -> None:
    with pytest.raises(InputError, match="exactly once"):
        compare_sides(CompareRequest(WORDS, LLAMA, replace(GPT, template="no place")), store)
    with pytest.raises(ModelError, match="There is no model"):
        compare_sides(CompareRequest(WORDS, replace(LLAMA, model="/no/such/model"), GPT), store)


def test_progress_runs_over_both_sides_and_a_second_time_nothing_runs(store: Store) -> None:
    def refuse(_: ModelSpec) -> LoadedModel:
        raise AssertionError("loaded")

    seen: list[tuple[int, int]] = []
    request = CompareRequest(WORDS, LLAMA, GPT)
    first = compare_sides(request, store, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (18, 18)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    again = compare_sides(request, store, load=refuse)
    assert (again.change == first.change).all()


def test_something_to_compare_with(monkeypatch: pytest.MonkeyPatch) -> None:
    side = Side(model=BUNDLED)
    assert other_side(side) == replace(side, template="I like the word {word}")
    monkeypatch.setattr(models, "is_present", lambda reference: reference in (BUNDLED, GPT2))
    assert other_side(side) == replace(side, model=GPT2)
    assert CompareRequest(WORDS, side, side) == CompareRequest(WORDS, Side(model=BUNDLED), Side(model=BUNDLED))
    assert len({CompareRequest(WORDS, side, side), CompareRequest(WORDS, Side(model=BUNDLED), side)}) == 1


def test_the_permutation_test_along_the_path(store: Store) -> None:
    found = compare_sides(CompareRequest(WORDS, LLAMA, replace(LLAMA, template="I like the {word}")), store)
    tests = mantel_along_path(found, 99, seed=3)
    assert tests == mantel_along_path(found, 99, seed=3)
    for layer, test in enumerate(tests):
        assert test is not None
        assert test.correlation == pytest.approx(found.layer_similarity["rsa"][layer, found.paths["rsa"][layer]])
        assert 0.01 <= test.p <= 1
    report = compare_json(found, tests, 3)
    assert report["seed"] == 3
    assert len(report["mantel"]) == len(report["neighbourhood_change"]) == 4
    assert len(report["neighbourhood_change"][0]) == 9
