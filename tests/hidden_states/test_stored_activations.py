"""Vectors of many items, chunk by chunk: the same as in one go, and nothing is computed twice."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.hidden_states import extraction as activations
from catsel_core.hidden_states import stored_activations as stored
from catsel_core.hidden_states.extraction import Activations, compute_activations
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.stored_activations import stored_activations, stored_vectors
from catsel_core.inputs.corpus import corpus_of
from catsel_core.inputs.items import DEFAULT_TEMPLATE, InputSet, Item, word_items
from catsel_core.inputs.occurrences import WindowChoice, find_targets
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.windows import window_items
from catsel_core.models.spec import ModelSpec
from catsel_core.store import Store
from tests.support.core_fixtures import property_test, word_list
from tests.support.tiny import N_BLOCKS, SINGLE, WIDTH, gpt2_folder, llama_folder, loaded, spec_of, tokenizer

TEXT = pasted_text(" ".join(random.Random(1).choices([*SINGLE, "the", "asteroid"], k=300)))


def windows(*targets: str, folder: Path, window: int = 10) -> InputSet:
    tokens, choice = tokenizer(folder), WindowChoice(window, 9)
    corpus = corpus_of(TEXT, tokens)
    return window_items(corpus, find_targets(corpus, targets, choice, tokens), choice, "mean", tokens)


@dataclass
class Work:
    """Counts what is done: models loaded, and items that passed through one."""

    loads: int = 0
    items: list[int] = field(default_factory=list)

    def load(self, model: ModelSpec) -> LoadedModel:
        self.loads += 1
        return loaded(model.folder)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Small chunks, and every forward pass counted."""
    counted = Work()

    def counting(
        inputs: InputSet, model: LoadedModel, progress: Any = None, *, targets_only: bool = False
    ) -> Activations:
        counted.items.append(len(inputs.items))
        return compute_activations(inputs, model, progress, targets_only=targets_only)

    monkeypatch.setattr(activations, "compute_activations", counting)
    monkeypatch.setattr(stored, "CHUNK_TOKENS", 50)
    return counted


def refuse(model: ModelSpec) -> LoadedModel:
    raise AssertionError("no model is needed")


@property_test
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 12)), max_size=30), st.integers(1, 40))
def test_chunks_hold_one_group_and_as_much_as_fits(shapes: list[tuple[str, int]], limit: int) -> None:
    items = tuple(Item("w", group, "", (7,) * length, (0, 1), ()) for group, length in shapes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored, "CHUNK_TOKENS", limit)
        chunks = list(stored._chunks(items))
    assert [item for chunk in chunks for item in chunk] == list(items)
    for number, chunk in enumerate(chunks):
        assert len({item.group for item in chunk}) == 1
        assert len(chunk) == 1 or len(chunk) * max(len(item.token_ids) for item in chunk) <= limit
        following = chunks[number + 1][0] if number + 1 < len(chunks) else None
        if following is not None and following.group == chunk[0].group:
            more = (*chunk, following)
            assert len(more) * max(len(item.token_ids) for item in more) > limit


@pytest.mark.parametrize("folder", [llama_folder, gpt2_folder])
@pytest.mark.parametrize("kind", ["windows", "words"])
def test_chunks_give_the_vectors_of_a_single_run(
    folder: Callable[[], Path], kind: str, work: Work, tmp_path: Path
) -> None:
    if kind == "windows":
        inputs = windows("apple", "asteroid", "moon", folder=folder())
    else:
        words = word_list(a="apple asteroid pear", b="moon", c="star wardrobe")
        inputs = word_items(words, DEFAULT_TEMPLATE, "mean", tokenizer(folder()))
    vectors = stored_vectors(inputs, spec_of(folder()), Store(tmp_path), work.load, None)
    assert len(work.items) >= 3
    assert sum(work.items) == len(inputs.items)
    assert vectors.shape == (N_BLOCKS + 1, len(inputs.items), WIDTH)
    assert vectors.dtype == np.float32
    assert not vectors.flags.writeable
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(folder())).vectors, atol=1e-5)


def test_a_second_run_reads_everything_and_reports_its_progress(work: Work, tmp_path: Path) -> None:
    inputs, spec = windows("apple", "moon", folder=llama_folder()), spec_of(llama_folder())
    calls: list[tuple[int, int]] = []
    first, again = (
        stored_vectors(inputs, spec, Store(tmp_path), load, lambda done, total: calls.append((done, total)))
        for load in (work.load, refuse)
    )
    assert np.array_equal(first, again)
    assert calls == 2 * [(int(done), len(inputs.items)) for done in np.cumsum([0, *work.items])]
    assert calls[-1][0] == len(inputs.items)


def test_a_run_that_is_broken_off_keeps_its_finished_chunks(work: Work, tmp_path: Path) -> None:
    inputs, spec = windows("apple", "moon", folder=llama_folder()), spec_of(llama_folder())

    class BrokenOffError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > 5:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        stored_vectors(inputs, spec, Store(tmp_path), work.load, stop)
    first, work.items, work.loads = work.items, [], 0
    assert 5 < sum(first) < len(inputs.items)
    vectors = stored_vectors(inputs, spec, Store(tmp_path), work.load, None)
    assert sum(first) + sum(work.items) == len(inputs.items)
    assert work.loads == len(work.items)
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(llama_folder())).vectors, atol=1e-5)


@pytest.mark.parametrize("targets", [("apple", "star", "moon"), ("star", "moon", "apple"), ("moon", "apple", "star")])
def test_another_target_computes_only_its_own_chunks(targets: tuple[str, ...], work: Work, tmp_path: Path) -> None:
    spec, store = spec_of(llama_folder()), Store(tmp_path)
    stored_vectors(windows("apple", "moon", folder=llama_folder()), spec, store, work.load, None)
    work.items.clear()
    inputs = windows(*targets, folder=llama_folder())
    vectors = stored_vectors(inputs, spec, store, work.load, None)
    assert sum(work.items) == inputs.labels.count("star")
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(llama_folder())).vectors, atol=1e-5)


def test_a_target_less_needs_no_model(work: Work, tmp_path: Path) -> None:
    spec, store = spec_of(llama_folder()), Store(tmp_path)
    both = stored_vectors(windows("apple", "moon", folder=llama_folder()), spec, store, work.load, None)
    alone = stored_vectors(windows("moon", folder=llama_folder()), spec, store, refuse, None)
    assert np.array_equal(alone, both[:, -alone.shape[1] :])


def test_what_is_longer_than_the_model_can_read_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    spec, store = spec_of(gpt2_folder()), Store(tmp_path)
    assert spec.max_tokens == 64
    inputs = windows("apple", folder=gpt2_folder(), window=63)
    message = r"“.{40}…” has 65 tokens, but tiny-gpt2 reads at most 64\. Shorten the prompt or the window\."
    with pytest.raises(InputError, match=message):
        stored_vectors(inputs, spec, store, refuse, None)
    with pytest.raises(InputError, match=message):
        stored_activations(inputs, spec, store, refuse, None)


def test_what_just_fits_is_run(work: Work, tmp_path: Path) -> None:
    inputs = windows("apple", folder=gpt2_folder(), window=62)
    vectors = stored_vectors(inputs, spec_of(gpt2_folder()), Store(tmp_path), work.load, None)
    assert {len(item.token_ids) for item in inputs.items} == {64}
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(gpt2_folder())).vectors, atol=1e-5)


def test_no_item_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no item"):
        stored_vectors(InputSet((), (), "last"), spec_of(llama_folder()), Store(tmp_path), refuse, None)
