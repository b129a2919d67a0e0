"""The last block at some places only: the same states there, for every kind of model."""

import numpy as np
import pytest
import torch

from catsel_core.hidden_states.extraction import compute_activations
from catsel_core.hidden_states.last_block import LastBlock, _SomePlaces
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import Pooling, word_items
from tests.hidden_states.test_architectures import USABLE, WORDS
from tests.support.tiny import architecture_folder, loaded, tokenizer

LIMITED = {"gpt2": 3, "gpt_neox": 3, "llama": 5, "qwen2": 5, "qwen3": 5, "gpt_neo": 4, "openai-gpt": 3}
"""Products that may be left out elsewhere: all but keys and values, and queries where one product makes all three."""

every_architecture = pytest.mark.parametrize("name", USABLE)
IDS = torch.arange(30).reshape(3, 10) + 5
PLACES = torch.tensor([0, 0, 2]), torch.tensor([3, 9, 0])


def states(model: LoadedModel) -> torch.Tensor:
    """(layer, row, column, hidden)."""
    with torch.inference_mode():
        return torch.stack(model.base(input_ids=IDS, output_hidden_states=True, use_cache=False).hidden_states)


def limited(model: LoadedModel) -> list[str]:
    return [name for name, module in model.base.named_modules() if isinstance(module, _SomePlaces)]


@every_architecture
def test_the_states_at_the_places_and_those_of_all_layers_below_are_the_same(name: str) -> None:
    model = loaded(architecture_folder(name))
    whole = states(model)
    with model.last_block.at(PLACES):
        made = states(model)
    torch.testing.assert_close(made[:-1], whole[:-1], rtol=0, atol=0)
    torch.testing.assert_close(made[-1][PLACES], whole[-1][PLACES], rtol=1e-4, atol=1e-5)
    if len(model.last_block):
        assert not torch.allclose(made[-1, 1], whole[-1, 1], atol=1e-3)  # no place in this row: left out
    torch.testing.assert_close(states(model), whole, rtol=0, atol=0)


@every_architecture
def test_keys_and_values_are_made_everywhere(name: str) -> None:
    model = loaded(architecture_folder(name))
    names = limited(model)
    assert len(names) == len(model.last_block)
    assert len(names) >= LIMITED.get(name, 0)
    ends = {name.rsplit(".", 1)[-1] for name in names}
    assert not ends & {"k_proj", "v_proj", "query_key_value", "c_attn"}


@every_architecture
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_targets_alone_have_the_vectors_of_whole_passes(name: str, pooling: Pooling) -> None:
    folder = architecture_folder(name)
    inputs = word_items(WORDS, "The {word} is what it is", pooling, tokenizer(folder))
    made, whole = (compute_activations(inputs, loaded(folder), targets_only=only).vectors for only in (True, False))
    np.testing.assert_allclose(made, whole, rtol=1e-4, atol=1e-5)


def test_a_pass_that_breaks_off_leaves_the_block_whole() -> None:
    model = loaded(architecture_folder("llama"))
    whole = states(model)
    with pytest.raises(KeyError), model.last_block.at(PLACES):
        raise KeyError
    torch.testing.assert_close(states(model), whole, rtol=0, atol=0)


def test_a_model_whose_blocks_are_in_no_list_is_left_alone() -> None:
    model = loaded(architecture_folder("gpt2"))
    assert len(LastBlock(model.base, 99)) == 0
    assert len(limited(model)) == len(model.last_block)
