"""Models in memory: read, checked, ready to run."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catsel_core import bundled
from catsel_core.errors import ModelError
from catsel_core.memory import free_memory
from catsel_core.models import ModelSpec, tokenizer_of
from catsel_core.paths import models_dir
from catsel_core.tokens import TextTokenizer

_LOAD_LOCK = threading.Lock()
_BYTES = {"float32": 4, "bfloat16": 2}
_SPARE_BYTES = 300_000_000
"""Memory for activations and everything else, beside the weights."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory. Hold ``lock`` for every forward pass."""

    base: Any
    head: Any
    tokenizer: TextTokenizer
    device: Any
    n_layers: int
    width: int
    lock: threading.Lock = field(default_factory=threading.Lock)


def load_model(model: ModelSpec) -> LoadedModel:
    """Read the weights in the model's precision and make it ready to run on its device.

    Loads one model at a time; a caller keeps the result as long as it wants the model in memory.

    Raises:
        ModelError: if the files are damaged, need more memory than is free, or are no causal language model.
    """
    with _LOAD_LOCK:
        if model.folder.parent == models_dir():
            bundled.prepare(check_weights=True)
        _check_memory(model)
        causal = _read(model)
    causal.eval()
    loaded = LoadedModel(
        base=causal.base_model,
        head=causal.get_output_embeddings(),
        tokenizer=tokenizer_of(model),
        device=causal.device,
        n_layers=model.n_blocks + 1,
        width=causal.config.hidden_size,
    )
    _check_kind(model, loaded)
    return loaded


def _read(model: ModelSpec) -> Any:
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        causal = AutoModelForCausalLM.from_pretrained(
            str(model.folder),
            dtype=getattr(torch, model.precision),
            local_files_only=True,
            use_safetensors=True,
            trust_remote_code=False,
        )
        return causal.to(model.device)
    except Exception as exc:  # transformers, safetensors and torch raise many kinds
        raise ModelError(f"{model.folder} could not be loaded as a causal language model: {exc}") from exc


def _check_kind(model: ModelSpec, loaded: LoadedModel) -> None:
    """Run three tokens, at once and with a cache between them: both must give the same hidden states, one a layer.

    Raises:
        ModelError: if the model reads in both directions, keeps no keys and values, or has other hidden states.
    """
    import torch

    tokens = torch.tensor([[0, 1, 2]], device=loaded.device)
    try:
        with torch.inference_mode():
            whole = loaded.base(input_ids=tokens, output_hidden_states=True).hidden_states
            first = loaded.base(input_ids=tokens[:, :1], use_cache=True, output_hidden_states=True)
            kept = first.past_key_values
            kept.batch_repeat_interleave(1)  # what the shared beginning of prompts needs
            rest = loaded.base(input_ids=tokens[:, 1:], past_key_values=kept, output_hidden_states=True)
        parts = [torch.cat(pair, 1) for pair in zip(first.hidden_states, rest.hidden_states, strict=True)]
        shapes = {tuple(states.shape) for states in whole}
        same = all(_is_close(a, b, model.precision) for a, b in zip(whole, parts, strict=True))
    except Exception as exc:  # whatever an unknown kind of model does with these arguments
        raise ModelError(_unreadable(model)) from exc
    if len(whole) != loaded.n_layers or shapes != {(1, 3, loaded.width)} or not same:
        raise ModelError(_unreadable(model))


def _is_close(a: Any, b: Any, precision: str) -> bool:
    tolerance = 1e-3 if precision == "float32" else 0.1
    return bool((a.float() - b.float()).norm() <= tolerance * a.float().norm())


def _unreadable(model: ModelSpec) -> str:
    return (
        f"{model.name} cannot be read layer by layer: it is not a model that reads from left to right and keeps one "
        "hidden state a layer and token, as GPT-2, Llama or Qwen do. Choose another model."
    )


def _check_memory(model: ModelSpec) -> None:
    needed = parameters(model.folder) * _BYTES[model.precision] + _SPARE_BYTES
    free = free_memory()
    if needed > free:
        raise ModelError(
            f"{model.name} needs about {needed / 1e9:.1f} GB of memory in {model.precision}, and {free / 1e9:.1f} GB "
            "are free. Close other programs, choose a smaller model, or bfloat16, which needs half."
        )


def parameters(folder: Path) -> int:
    """Number of parameters that ``config.json`` asks for; no weights are read or made.

    Raises:
        ModelError: if transformers knows no causal language model of this kind without running the repository's code.
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    try:
        config = AutoConfig.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
        with torch.device("meta"):
            empty = AutoModelForCausalLM.from_config(config, trust_remote_code=False)
    except Exception as exc:  # transformers raises many kinds
        raise ModelError(_no_causal_model(folder, exc)) from exc
    return sum(parameter.numel() for parameter in empty.parameters())


def _no_causal_model(folder: Path, exc: Exception) -> str:
    try:
        needs_code = "auto_map" in (folder / "config.json").read_text(encoding="utf-8")
    except OSError:
        needs_code = False
    if needs_code:
        return (
            "This model needs program code from its own repository, which catsel never runs. "
            "Choose a model that transformers knows by itself."
        )
    return f"{folder / 'config.json'} describes no causal language model that transformers knows: {exc}"
