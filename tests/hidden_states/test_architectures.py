"""Every architecture: what is computed for many items at once equals one plain pass of transformers an item."""

import functools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.errors import ModelError
from catsel_core.hidden_states import packing as rows
from catsel_core.hidden_states.extraction import compute_activations
from catsel_core.hidden_states.load import load_model
from catsel_core.hidden_states.packing import shared_prefix
from catsel_core.inputs.items import InputSet, Item, TokenPooling, word_items
from catsel_core.models.find import find_model
from tests.support.core_fixtures import word_list
from tests.support.tiny import ARCHITECTURES, N_BLOCKS, WIDTH, architecture_folder, loaded, tokenizer

WORDS = word_list(fruit="apple pear grape", long="asteroid wardrobe blackcurrant", space="moon star")
SHARED, APART = "The next word is {word}", "{word} is a word"

REFUSED = {"bert": "looks ahead", "roberta decoder": "does not predict from its last hidden state"}
ALONE = ("openai-gpt", "mamba", "gpt_neo")
"""Take no rows of several items: no such mask, or a look back over fewer columns than such a row has."""

USABLE = tuple(name for name in ARCHITECTURES if name not in REFUSED)
every_architecture = pytest.mark.parametrize("name", USABLE)


@functools.cache
def plain(name: str) -> Any:
    """The model as transformers reads it."""
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(architecture_folder(name)).eval()


def plain_pass(name: str, item: Item) -> tuple[list[FloatArray], int]:
    """Of every layer the (token, hidden) states of one item alone, and the most likely next token."""
    import torch

    with torch.inference_mode():
        out = plain(name)(input_ids=torch.tensor([item.token_ids]), output_hidden_states=True, use_cache=False)
    states = [layer[0].numpy() for layer in out.hidden_states]
    if name == "opt-350m":
        states[-1] = last_block(name, item)
    return states, int(out.logits[0, -1].argmax())


def last_block(name: str, item: Item) -> FloatArray:
    """(token, hidden) behind the last block, before OPT-350m narrows it."""
    import torch

    seen: list[Any] = []
    block = plain(name).base_model.decoder.layers[-1]
    handle = block.register_forward_hook(lambda _module, _given, made: seen.append(made))
    with torch.inference_mode():
        plain(name)(input_ids=torch.tensor([item.token_ids]), use_cache=False)
    handle.remove()
    states: FloatArray = (seen[0][0] if isinstance(seen[0], tuple) else seen[0]).reshape(-1, WIDTH).numpy()
    return states


def pooled(states: FloatArray, item: Item, pooling: TokenPooling) -> FloatArray:
    first, last = item.target
    return states[last - 1] if pooling == "last" else np.asarray(states[first:last].mean(axis=0), np.float32)


def assert_near(made: FloatArray, expected: FloatArray) -> None:
    assert made.shape == expected.shape
    assert np.abs(made - expected).max() <= 1e-5 * np.abs(expected).max()


def inputs_of(name: str, template: str, pooling: TokenPooling) -> InputSet:
    return word_items(WORDS, template, pooling, tokenizer(architecture_folder(name)))


def assert_plain(name: str, inputs: InputSet) -> None:
    """The vectors of every layer and the next tokens are those of one plain pass an item."""
    model = loaded(architecture_folder(name))
    made = compute_activations(inputs, model)
    assert made.vectors.shape == (N_BLOCKS + 1, len(inputs.items), WIDTH)
    for index, item in enumerate(inputs.items):
        states, next_token = plain_pass(name, item)
        for vectors, layer in zip(made.vectors, states, strict=True):
            assert_near(vectors[index], pooled(layer, item, inputs.pooling))
        assert made.next_tokens[index] == model.tokenizer.piece(next_token)


@every_architecture
def test_models_are_found_with_their_layers(name: str) -> None:
    spec = find_model(str(architecture_folder(name)))
    assert spec.n_blocks == N_BLOCKS
    assert spec.layers == ("Emb", "L0", "L1", "L2")
    assert spec.max_tokens == 64
    model = loaded(architecture_folder(name))
    assert (model.n_layers, model.width) == (N_BLOCKS + 1, WIDTH)
    assert model.packs == (name not in ALONE)


@pytest.mark.parametrize("name", REFUSED)
def test_models_that_work_otherwise_are_refused(name: str) -> None:
    with pytest.raises(ModelError, match=REFUSED[name]):
        load_model(find_model(str(architecture_folder(name))))


def test_a_configuration_that_counts_other_blocks_is_refused() -> None:
    spec = find_model(str(architecture_folder("gpt2")))
    with pytest.raises(ModelError, match=r"tiny-gpt2 has 4 hidden states of 16 numbers each; 6 of one width are"):
        load_model(replace(spec, n_blocks=5))


def test_half_precision_packs_as_well() -> None:
    for name in ("gpt2", "gpt_neox", "llama", "qwen3", "opt", "opt-350m"):
        spec = find_model(str(architecture_folder(name)), precision="bfloat16")
        assert load_model(spec).packs


@every_architecture
@pytest.mark.parametrize("template", [SHARED, APART])
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_vectors_and_next_tokens(name: str, template: str, pooling: TokenPooling) -> None:
    inputs = inputs_of(name, template, pooling)
    assert len({len(item.token_ids) for item in inputs.items}) > 2
    assert (shared_prefix(inputs.items) > 0) == (template == SHARED)
    assert_plain(name, inputs)


@every_architecture
@pytest.mark.parametrize("limit", [1, 30])
def test_small_batches(name: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_BATCH_TOKENS", limit)
    monkeypatch.setattr(rows, "PACK_TOKENS", 6)
    assert_plain(name, inputs_of(name, SHARED, "mean"))


@every_architecture
def test_prompts_as_long_as_the_model_reads(name: str) -> None:
    """Positions behind a long shared beginning, up to the last one."""
    rng = np.random.default_rng(1)
    ids = [[*range(40, 90), *rng.integers(1, 300, length).tolist()] for length in (1, 5, 14)]
    items = tuple(Item("w", "g", "w", tuple(own), (48, len(own)), ("w",)) for own in ids)
    assert shared_prefix(items) == 50
    assert_plain(name, InputSet(items, (), "mean"))


@every_architecture
def test_variance(name: str) -> None:
    inputs = inputs_of(name, SHARED, "last")
    made = compute_activations(inputs, loaded(architecture_folder(name)))
    states = [plain_pass(name, item)[0] for item in inputs.items]
    for layer, variance in enumerate(made.variance):
        for position, spread in enumerate(variance):
            reaching = [own[layer][position] for own in states if len(own[layer]) > position]
            expected = np.var(np.stack(reaching).astype(np.float64), axis=0, ddof=1)
            np.testing.assert_allclose(spread, expected, atol=1e-4 * float(expected.max()) + 1e-6)
