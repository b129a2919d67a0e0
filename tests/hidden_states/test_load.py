"""Models in memory: in float32, quiet, and refused when they are damaged."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catsel_core.errors import ModelError
from catsel_core.hidden_states.load import load_model
from catsel_core.models.find import find_model
from tests.support.tiny import N_BLOCKS, WIDTH, gpt2_folder, llama_folder, loaded


@pytest.mark.parametrize("make", [llama_folder, gpt2_folder])
def test_loading_gives_a_quiet_float32_model(make: Callable[[], Path]) -> None:
    import torch

    model = loaded(make())
    assert (model.n_layers, model.width) == (N_BLOCKS + 1, WIDTH)
    assert not model.base.training
    assert {parameter.dtype for parameter in model.base.parameters()} == {torch.float32}
    assert model.head.weight.shape[1] == WIDTH
    assert str(model.device) == "cpu"
    assert not model.passes.under_way


def test_half_precision_weights_are_loaded_as_float32(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    folder = Path(shutil.copytree(llama_folder(), tmp_path / "half"))
    AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.bfloat16).save_pretrained(folder)
    model = load_model(find_model(str(folder)))
    assert {parameter.dtype for parameter in model.base.parameters()} == {torch.float32}
    assert model.head.weight.dtype == torch.float32


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(llama_folder(), tmp_path / "copy"))
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="could not be loaded as a causal language model"):
        load_model(find_model(str(folder)))


def test_code_that_comes_with_a_model_is_not_run(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(llama_folder(), tmp_path / "copy"))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.C", "AutoModelForCausalLM": "own.M"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(ModelError, match="program code from its own repository, which catsel never runs"):
        load_model(find_model(str(folder)))
    assert not (tmp_path / "ran").exists()
