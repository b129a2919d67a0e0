"""Batched, prefix-sharing activations against a plain forward pass, one prompt at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.hidden_states import packing as rows
from catsel_core.hidden_states.extraction import Activations, compute_activations
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.packing import shared_prefix
from catsel_core.inputs.items import DEFAULT_TEMPLATE, InputSet, Item, Pooling, TokenPooling, word_items
from tests.support.core_fixtures import word_list
from tests.support.tiny import N_BLOCKS, WIDTH, gpt2_folder, llama_folder, loaded, tokenizer

WORDS = word_list(fruit="apple pear grape", long="asteroid wardrobe blackcurrant", space="moon star")
TEMPLATES = (DEFAULT_TEMPLATE, "{word}", "I like the {word}, the lamp.", "{word} is a word")
FOLDERS = {"llama": llama_folder, "gpt2": gpt2_folder}


def inputs_of(folder: Path, template: str = DEFAULT_TEMPLATE, pooling: Pooling = "last") -> InputSet:
    return word_items(WORDS, template, pooling, tokenizer(folder))


def plain_forward(item: Item, model: LoadedModel) -> tuple[FloatArray, int]:
    """Hidden states (layer, token, hidden) and the most likely next token of one prompt, nothing shared."""
    import torch

    with torch.inference_mode():
        out = model.base(input_ids=torch.tensor([item.token_ids]), output_hidden_states=True, use_cache=False)
        logits = model.head(out.last_hidden_state[0, -1])
    states: FloatArray = torch.stack(out.hidden_states)[:, 0].numpy()
    return states, int(logits.argmax())


def pooled(states: FloatArray, item: Item, pooling: str) -> FloatArray:
    first, last = item.target
    taken = [states[:, at] for at in range(first, last)]
    return taken[-1] if pooling == "last" else np.asarray(sum(taken) / np.float32(len(taken)), np.float32)


def assert_same(made: Activations, other: Activations) -> None:
    np.testing.assert_allclose(made.vectors, other.vectors, atol=1e-5)
    np.testing.assert_allclose(made.variance, other.variance, atol=1e-5, rtol=1e-5)
    assert made.position_items.tolist() == other.position_items.tolist()
    assert made.next_tokens == other.next_tokens


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_vectors_and_next_tokens_equal_plain_forward_passes(name: str, template: str, pooling: Pooling) -> None:
    folder = FOLDERS[name]()
    model, inputs = loaded(folder), inputs_of(folder, template, pooling)
    assert len({last - first for first, last in (item.target for item in inputs.items)}) > 2
    made = compute_activations(inputs, model)
    assert made.vectors.shape == (N_BLOCKS + 1, len(inputs.items), WIDTH)
    for index, item in enumerate(inputs.items):
        states, next_token = plain_forward(item, model)
        np.testing.assert_allclose(made.vectors[:, index], pooled(states, item, pooling), atol=1e-5)
        assert made.next_tokens[index] == model.tokenizer.piece(next_token)


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_variance_equals_numpy_over_the_items_that_reach_a_position(name: str, template: str) -> None:
    folder = FOLDERS[name]()
    model, inputs = loaded(folder), inputs_of(folder, template)
    made = compute_activations(inputs, model)
    all_states = [plain_forward(item, model)[0] for item in inputs.items]
    second_longest = sorted(states.shape[1] for states in all_states)[-2]
    assert made.variance.shape == (N_BLOCKS + 1, second_longest, WIDTH)
    for position in range(second_longest):
        reaching = np.stack([states[:, position] for states in all_states if states.shape[1] > position])
        assert made.position_items[position] == len(reaching)
        np.testing.assert_allclose(made.variance[:, position], np.var(reaching, axis=0, ddof=1), atol=1e-4, rtol=1e-4)


def test_shared_positions_have_variance_exactly_zero() -> None:
    made = compute_activations(inputs_of(llama_folder()), loaded(llama_folder()))
    assert (made.variance[:, :4] == 0).all()
    assert (made.variance[:, 4].max(axis=1) > 0).all()


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("limit", [1, 25])
def test_small_batches_give_the_same(name: str, template: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = FOLDERS[name]()
    inputs = inputs_of(folder, template, "mean")
    whole = compute_activations(inputs, loaded(folder))
    monkeypatch.setattr(rows, "MAX_BATCH_TOKENS", limit)
    monkeypatch.setattr(rows, "PACK_TOKENS", 9)
    steps: list[int] = []
    split = compute_activations(inputs, loaded(folder), lambda done, _: steps.append(done))
    assert len(steps) > 1
    assert_same(split, whole)


def test_batches_hold_every_item_once_and_stay_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_BATCH_TOKENS", 24)
    items = inputs_of(llama_folder()).items
    prefix = shared_prefix(items)
    monkeypatch.setattr(rows, "PACK_TOKENS", prefix + 3)
    for packs in (True, False):
        batches = list(rows.batches(items, packs=packs))
        assert len(batches) > 1
        assert sorted(index for batch in batches for index in batch.items) == list(range(len(items)))
        assert any(batch.packed for batch in batches) == packs
        for batch in batches:
            assert len(batch.rows) == 1 or len(batch.rows) * max(map(len, batch.rows)) <= 24
            for index in batch.items:
                length = len(items[index].token_ids)
                places = zip(*batch.places(range(length), [index] * length), strict=True)
                assert tuple(batch.rows[row][column] for row, column in places) == items[index].token_ids
            assert all(len(row) <= prefix + 3 or len(batch.items) == len(batch.rows) for row in batch.rows)


def test_progress_counts_items_up_to_all() -> None:
    calls: list[tuple[int, int]] = []
    inputs = inputs_of(llama_folder())
    compute_activations(inputs, loaded(llama_folder()), lambda done, total: calls.append((done, total)))
    assert calls[-1] == (len(inputs.items), len(inputs.items))
    assert [done for done, _ in calls] == sorted({done for done, _ in calls})


def test_arrays_are_read_only_single_precision() -> None:
    made = compute_activations(inputs_of(llama_folder()), loaded(llama_folder()))
    names = [array.dtype.name for array in (made.vectors, made.variance, made.position_items)]
    assert names == ["float32", "float32", "int64"]
    assert not any(array.flags.writeable for array in (made.vectors, made.variance, made.position_items))


def test_the_model_is_held_while_it_runs_and_free_afterwards() -> None:
    model = loaded(llama_folder())
    seen: list[int] = []
    compute_activations(inputs_of(llama_folder()), model, lambda _done, _total: seen.append(model.passes.under_way))
    assert set(seen) == {1}
    assert not model.passes.under_way


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([(1, 2, 3), (1, 2, 4)], 2),
        ([(1, 2, 3), (1, 2)], 1),
        ([(1, 2), (1, 2)], 1),
        ([(1,), (1, 2)], 0),
        ([(5, 2), (1, 2)], 0),
        ([(1, 2, 3, 9), (1, 2, 4, 9), (1, 5, 3, 9)], 1),
    ],
)
def test_shared_prefix_leaves_every_item_a_token(tokens: list[tuple[int, ...]], expected: int) -> None:
    items = [Item("w", "g", "w", ids, (0, 1), ("w",)) for ids in tokens]
    assert shared_prefix(items) == expected
    assert all(len(ids) > expected for ids in tokens)


@pytest.mark.parametrize("name", FOLDERS)
def test_vectors_alone_are_the_same_vectors(name: str) -> None:
    folder = FOLDERS[name]()
    inputs = inputs_of(folder, pooling="mean")
    made, whole = (compute_activations(inputs, loaded(folder), targets_only=only) for only in (True, False))
    np.testing.assert_allclose(
        made.vectors, whole.vectors, rtol=1e-5, atol=1e-6
    )  # products of other sizes round otherwise
    assert (made.next_tokens, len(whole.next_tokens)) == ((), len(inputs.items))
    assert made.variance.shape == (N_BLOCKS + 1, 0, WIDTH)
    assert made.position_items.shape == (0,)


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("pooling", ["last", "mean"])
@pytest.mark.parametrize("target", [(0, 1), (1, 3), (0, 4), (2, 5), (2, 7), (3, 4), (4, 5)])
@pytest.mark.parametrize("targets_only", [True, False])
def test_targets_before_and_across_the_end_of_the_shared_prefix(
    name: str, pooling: TokenPooling, target: tuple[int, int], targets_only: bool
) -> None:
    model = loaded(FOLDERS[name]())
    own = [(20, 21, 22), (23, 24, 25, 26), (27, 28, 29)]
    items = tuple(Item("w", "g", "w", (9, 8, 7, 6, *tokens), target, ("w",)) for tokens in own)
    assert shared_prefix(items) == 4
    made = compute_activations(InputSet(items, (), pooling), model, targets_only=targets_only)
    for index, item in enumerate(items):
        expected = pooled(plain_forward(item, model)[0], item, pooling)
        np.testing.assert_allclose(made.vectors[:, index], expected, atol=1e-5)


@pytest.mark.parametrize("name", FOLDERS)
def test_an_item_alone_is_nearly_all_prefix(name: str) -> None:
    model, item = loaded(FOLDERS[name]()), Item("w", "g", "w", (9, 8, 7, 6, 5), (2, 5), ("w",))
    made = compute_activations(InputSet((item,), (), "mean"), model)
    np.testing.assert_allclose(made.vectors[:, 0], pooled(plain_forward(item, model)[0], item, "mean"), atol=1e-5)
    assert made.variance.shape[1] == 0


@pytest.mark.parametrize("name", FOLDERS)
def test_passes_beside_each_other_are_what_they_are_alone(name: str) -> None:
    """To the last bit, also where one wants the last block at the targets only and the other everywhere."""
    model, inputs = loaded(FOLDERS[name]()), inputs_of(FOLDERS[name](), pooling="mean")
    alone = [compute_activations(inputs, model, targets_only=only) for only in (True, False)]
    together = threading.Barrier(2)

    def several(only: bool) -> list[Activations]:
        together.wait(20)
        return [compute_activations(inputs, model, targets_only=only) for _ in range(20)]

    with ThreadPoolExecutor(2) as pool:
        made = pool.map(several, (True, False))
    for expected, others in zip(alone, made, strict=True):
        for other in others:
            np.testing.assert_array_equal(other.vectors, expected.vectors)
            np.testing.assert_array_equal(other.variance, expected.variance)
            assert other.next_tokens == expected.next_tokens
