"""The catalogue: what it says of each model follows from the model's architecture."""

import re
from typing import Any

import pytest

from catsel_core.hidden_states import load as loading
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, GPT2, CatalogueEntry, title_of
from catsel_core.models.find import find_model
from catsel_core.models.hub import is_reference

BY_NAME = {entry.reference: entry for entry in CATALOGUE}


def config_of(entry: CatalogueEntry) -> Any:
    """The configuration that makes a model of this family so deep and so wide."""
    from transformers import GPT2Config, GPTNeoXConfig, LlamaConfig, Qwen2Config

    depth, width = entry.n_blocks, entry.width
    heads = width // 64
    common = {"hidden_size": width, "num_hidden_layers": depth, "num_attention_heads": heads}
    if "gpt2" in entry.reference:
        return GPT2Config(n_layer=depth, n_embd=width, n_head=heads)
    if "pythia" in entry.reference:
        return GPTNeoXConfig(vocab_size=50304, intermediate_size=4 * width, **common)
    if "Qwen" in entry.reference:
        sizes = {"vocab_size": 151936, "intermediate_size": 4864, "num_key_value_heads": 2}
        return Qwen2Config(tie_word_embeddings=True, **sizes, **common)
    sizes = {"vocab_size": 49152, "intermediate_size": width * 8 // 3, "num_key_value_heads": heads // 3}
    return LlamaConfig(tie_word_embeddings=True, **sizes, **common)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.reference)
def test_the_number_of_parameters_follows_from_depth_and_width(entry: CatalogueEntry) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    with torch.device("meta"):
        empty = AutoModelForCausalLM.from_config(config_of(entry))
    assert sum(parameter.numel() for parameter in empty.parameters()) == entry.parameters
    assert entry.memory_bytes == 4 * entry.parameters


@pytest.mark.bundled
def test_the_bundled_model_is_as_described() -> None:
    entry, spec = BY_NAME[BUNDLED], find_model()
    assert (spec.n_blocks, spec.name) == (entry.n_blocks, entry.title)
    assert loading.parameters(spec.folder) == entry.parameters


def test_downloads_hold_every_parameter() -> None:
    for entry in CATALOGUE:
        assert not entry.download_bytes or 2 * entry.parameters < entry.download_bytes < 4.5 * entry.parameters


def test_names_and_commits_are_of_the_right_form_and_unlike() -> None:
    hub = [entry for entry in CATALOGUE if entry.reference != BUNDLED]
    assert all(is_reference(entry.reference) for entry in hub)
    commits = [entry.revision for entry in hub if entry.revision]
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit in commits)
    assert len(set(commits)) == len(commits)
    assert len(BY_NAME) == len(CATALOGUE) == len({entry.title for entry in CATALOGUE})


def test_titles() -> None:
    assert title_of(GPT2) == "GPT-2"
    assert title_of("someone/something") == "something"
    assert title_of("/home/me/model/") == "model"
    assert title_of("/") == "/"
