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

from catsel_core.arrays import FloatArray
from catsel_core.errors import InputError
from catsel_core.hidden_states import packing
from catsel_core.hidden_states import stored_activations as stored
from catsel_core.hidden_states.chunks import chunks_of
from catsel_core.hidden_states.extraction import Activations, Extract, compute_activations, extract
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.packing import fit_one_pass
from catsel_core.hidden_states.run import Progress, Run, run_of
from catsel_core.hidden_states.stored_activations import stored_activations
from catsel_core.hidden_states.turns import Patient, Turns
from catsel_core.inputs.corpus import corpus_of
from catsel_core.inputs.items import DEFAULT_TEMPLATE, InputSet, Item, word_items
from catsel_core.inputs.occurrences import WindowChoice, find_targets
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.windows import window_items
from catsel_core.models.spec import ModelSpec
from catsel_core.store import FolderStore, Store
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

    patch: pytest.MonkeyPatch
    loads: int = 0
    items: list[int] = field(default_factory=list)

    def load(self, model: ModelSpec) -> LoadedModel:
        self.loads += 1
        return loaded(model.folder)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Small chunks, and every forward pass counted."""
    counted = Work(monkeypatch)

    def counting(inputs: InputSet, model: LoadedModel, shared: int | None) -> Extract:
        counted.items.append(len(inputs.items))
        return extract(inputs, model, shared)

    monkeypatch.setattr(stored, "extract", counting)
    small_passes(monkeypatch)
    return counted


def small_passes(patch: pytest.MonkeyPatch, tokens: int = 50) -> None:
    patch.setattr(packing, "MAX_BATCH_TOKENS", tokens)
    patch.setattr(packing, "PACK_TOKENS", 12)


def stored_vectors(
    inputs: InputSet, model: ModelSpec, store: Store, load: Any, progress: Progress | None = None
) -> FloatArray:
    return stored.stored_vectors(inputs, model, run_of(store, load, progress, None))


def refuse(model: ModelSpec) -> LoadedModel:
    raise AssertionError("no model is needed")


@property_test
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 12), st.integers(0, 3)), max_size=30),
    st.integers(1, 60),
    st.booleans(),
)
def test_chunks_hold_one_group_and_as_much_as_fits_one_pass(
    shapes: list[tuple[str, int, int]], limit: int, by_group: bool
) -> None:
    items = tuple(
        Item("w", group, "", (7,) * shared + (at,) * length, (0, 1), ())
        for at, (group, length, shared) in enumerate(shapes)
    )
    with pytest.MonkeyPatch.context() as patch:
        small_passes(patch, limit)
        chunks = chunks_of(items, by_group=by_group)
        assert chunks == chunks_of(items, by_group=by_group)
        assert [item for chunk in chunks for item in chunk] == list(items)
        for chunk, following in zip(chunks, [*chunks[1:], ()], strict=False):
            assert chunk
            assert len({item.group for item in chunk}) == 1 or not by_group
            assert len(chunk) == 1 or len(list(packing.batches(chunk, packs=True))) == 1
            if following and (following[0].group == chunk[0].group or not by_group):
                assert len(list(packing.batches((*chunk, following[0]), packs=True))) > 1


def test_the_largest_word_list_is_one_chunk_and_windows_of_51_tokens_are_cut_at_20() -> None:
    words = tuple(Item("w", "g", "", (1, 2, 3, 4, at), (4, 5), ()) for at in range(240))
    assert chunks_of(words, by_group=False) == (words,)
    assert fit_one_pass(words)
    windows_51 = tuple(Item("w", "g", "", (at, *range(50)), (50, 51), ()) for at in range(45))
    assert [len(chunk) for chunk in chunks_of(windows_51, by_group=True)] == [20, 20, 5]


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
    vectors = stored_vectors(inputs, spec_of(folder()), FolderStore(tmp_path), work.load)
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
        stored_vectors(inputs, spec, FolderStore(tmp_path), load, lambda done, total: calls.append((done, total)))
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
        stored_vectors(inputs, spec, FolderStore(tmp_path), work.load, stop)
    first, work.items, work.loads = work.items, [], 0
    assert 5 < sum(first) < len(inputs.items)
    vectors = stored_vectors(inputs, spec, FolderStore(tmp_path), work.load, None)
    assert sum(first) + sum(work.items) == len(inputs.items)
    assert work.loads == len(work.items)
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(llama_folder())).vectors, atol=1e-5)


@pytest.mark.parametrize("targets", [("apple", "star", "moon"), ("star", "moon", "apple"), ("moon", "apple", "star")])
def test_another_target_computes_only_its_own_chunks(targets: tuple[str, ...], work: Work, tmp_path: Path) -> None:
    spec, store = spec_of(llama_folder()), FolderStore(tmp_path)
    stored_vectors(windows("apple", "moon", folder=llama_folder()), spec, store, work.load, None)
    work.items.clear()
    inputs = windows(*targets, folder=llama_folder())
    vectors = stored_vectors(inputs, spec, store, work.load, None)
    assert sum(work.items) == inputs.labels.count("star")
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(llama_folder())).vectors, atol=1e-5)


def test_a_target_less_needs_no_model(work: Work, tmp_path: Path) -> None:
    spec, store = spec_of(llama_folder()), FolderStore(tmp_path)
    both = stored_vectors(windows("apple", "moon", folder=llama_folder()), spec, store, work.load, None)
    alone = stored_vectors(windows("moon", folder=llama_folder()), spec, store, refuse, None)
    assert np.array_equal(alone, both[:, -alone.shape[1] :])


def test_what_is_longer_than_the_model_can_read_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    spec, store = spec_of(gpt2_folder()), FolderStore(tmp_path)
    assert spec.max_tokens == 64
    inputs = windows("apple", folder=gpt2_folder(), window=63)
    message = r"“.{40}…” has 65 tokens, but tiny-gpt2 reads at most 64\. Shorten the prompt or the window\."
    with pytest.raises(InputError, match=message):
        stored_vectors(inputs, spec, store, refuse, None)
    with pytest.raises(InputError, match=message):
        stored_activations(inputs, spec, run_of(store, refuse, None, None))


def test_what_just_fits_is_run(work: Work, tmp_path: Path) -> None:
    inputs = windows("apple", folder=gpt2_folder(), window=62)
    vectors = stored_vectors(inputs, spec_of(gpt2_folder()), FolderStore(tmp_path), work.load, None)
    assert {len(item.token_ids) for item in inputs.items} == {64}
    np.testing.assert_allclose(vectors, compute_activations(inputs, loaded(gpt2_folder())).vectors, atol=1e-5)


def test_no_item_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no item"):
        stored_vectors(InputSet((), (), "last"), spec_of(llama_folder()), FolderStore(tmp_path), refuse, None)


LIST = word_list(a="apple asteroid pear", b="moon grape chair table", c="star wardrobe lamp comet word")


def listed(template: str = DEFAULT_TEMPLATE, folder: Path | None = None) -> InputSet:
    return word_items(LIST, template, "mean", tokenizer(folder or llama_folder()))


def of_list(inputs: InputSet, store: Store, load: Any, progress: Progress | None = None) -> Activations:
    folder = gpt2_folder() if inputs.items[0].token_ids[0] == 0 else llama_folder()
    return stored_activations(inputs, spec_of(folder), run_of(store, load, progress, None))


@pytest.mark.parametrize("folder", [llama_folder, gpt2_folder])
@pytest.mark.parametrize("template", [DEFAULT_TEMPLATE, "{word}", "I like the {word}, the lamp."])
def test_a_list_in_chunks_is_the_list_in_one_run(
    folder: Callable[[], Path], template: str, work: Work, tmp_path: Path
) -> None:
    inputs, store = listed(template, folder()), FolderStore(tmp_path)
    small_passes(work.patch, 13)
    made = of_list(inputs, store, work.load)
    assert len(work.items) >= 3
    assert sum(work.items) == len(inputs.items)
    whole = compute_activations(inputs, loaded(folder()))
    np.testing.assert_allclose(made.vectors, whole.vectors, atol=1e-5)
    np.testing.assert_allclose(made.variance, whole.variance, rtol=1e-4, atol=1e-6)
    assert made.position_items.tolist() == whole.position_items.tolist()
    assert made.next_tokens == whole.next_tokens
    shared = packing.shared_prefix(inputs.items)
    assert (made.variance[:, :shared] == 0).all()
    again = of_list(inputs, store, refuse)
    assert np.array_equal(again.variance, made.variance)
    assert np.array_equal(again.vectors, made.vectors)
    assert not any(array.flags.writeable for array in (made.vectors, made.variance, made.position_items))
    assert len(list(tmp_path.glob("*.npz"))) == 1  # chunks are kept until all of them are there


def test_a_list_that_is_broken_off_keeps_its_finished_chunks(work: Work, tmp_path: Path) -> None:
    class BrokenOffError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > 4:
            raise BrokenOffError

    inputs, store = listed(), FolderStore(tmp_path)
    small_passes(work.patch, 24)
    with pytest.raises(BrokenOffError):
        of_list(inputs, store, work.load, stop)
    first, work.items = work.items, []
    assert 4 < sum(first) < len(inputs.items)
    seen: list[int] = []
    made = of_list(inputs, store, work.load, lambda done, _: seen.append(done))
    assert sum(first) + sum(work.items) == len(inputs.items)
    assert seen == np.cumsum([*first, *work.items]).tolist()
    np.testing.assert_allclose(made.variance, compute_activations(inputs, loaded(llama_folder())).variance, rtol=1e-4)
    assert len(list(tmp_path.glob("*.npz"))) == 1


def test_a_list_that_fits_one_pass_takes_one(work: Work, tmp_path: Path) -> None:
    small_passes(work.patch, 1024)
    of_list(listed(), FolderStore(tmp_path), work.load)
    assert work.items == [12]


def test_every_chunk_is_run_in_a_turn_and_what_is_stored_needs_none(work: Work, tmp_path: Path) -> None:
    turns = Turns(lambda: 1)
    taken: list[bool] = []

    def load(model: ModelSpec) -> LoadedModel:
        taken.append(turns._under_way is not None)
        return work.load(model)

    inputs = windows("apple", "moon", folder=llama_folder())
    run = Run(FolderStore(tmp_path), load, turns=turns)
    stored.stored_vectors(inputs, spec_of(llama_folder()), run)
    assert taken == [True] * len(work.items)
    with turns.line(spec_of(llama_folder()), Patient()) as line, line.turn():  # somebody else has the model
        stored.stored_vectors(inputs, spec_of(llama_folder()), run)
    assert len(taken) == len(work.items)
