"""Models in memory: read, checked, ready to run."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catsel_core.errors import ModelError, TooLittleMemoryError
from catsel_core.hidden_states.memory import free_memory, keep_freed_memory
from catsel_core.hidden_states.passes import Passes
from catsel_core.hidden_states.prepare import prepare_bundled, prepare_tokenizer
from catsel_core.hidden_states.self_check import probe
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.language import tr
from catsel_core.models.find import tokenizer_of
from catsel_core.models.spec import ModelSpec
from catsel_core.settings import models_dir

if TYPE_CHECKING:
    from catsel_core.hidden_states.last_block import LastBlock

_LOAD_LOCK = threading.Lock()
_BYTES = {"float32": 4, "bfloat16": 2}
_SPARE_BYTES = 300_000_000
"""Memory for activations and everything else, beside the weights."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory. Several passes may be under way at once, each in ``passes.one()``.

    dtype: of the hidden states.
    packs: whether several items can share a row of a forward pass (:mod:`~catsel_core.hidden_states.packing`).
    last_block: what of the last block may be made at the targets only.
    """

    base: Any
    head: Any
    tokenizer: TextTokenizer
    device: Any
    n_layers: int
    width: int
    dtype: Any
    packs: bool
    last_block: "LastBlock"
    passes: Passes = field(default_factory=Passes)


def load_model(model: ModelSpec) -> LoadedModel:
    """Read the weights in the model's precision and make it ready to run on its device.

    Loads one model at a time; a caller keeps the result as long as it wants the model in memory.

    Raises:
        ModelError: if the files are damaged, need more memory than is free, are no causal language model, or one
            that does not do what is expected of it.
    """
    with _LOAD_LOCK:
        if model.folder.parent == models_dir():
            prepare_bundled(check_weights=True)
        prepare_tokenizer(model)
        _check_memory(model)
        causal = _at_full_width(_read(model))
    from catsel_core.hidden_states.last_block import LastBlock

    causal.eval()
    if causal.device.type == "cpu":
        from catsel_core.hidden_states.linear_layers import lay_out_linear_layers

        lay_out_linear_layers(causal)
        keep_freed_memory()
    n_layers = model.n_blocks + 1
    found = probe(causal, model.name, n_layers)
    return LoadedModel(
        base=causal.base_model,
        head=causal.get_output_embeddings(),
        tokenizer=tokenizer_of(model),
        device=causal.device,
        n_layers=n_layers,
        width=found.width,
        dtype=found.dtype,
        packs=found.packs,
        last_block=LastBlock(causal.base_model, model.n_blocks),
    )


def _at_full_width(causal: Any) -> Any:
    """Make what narrows the last hidden state, as in OPT-350m, a part of the head: all are as wide then."""
    from torch.nn import Identity, Sequential

    decoder = getattr(causal.base_model, "decoder", None)
    narrow = getattr(decoder, "project_out", None)
    if decoder is not None and narrow is not None:
        causal.set_output_embeddings(Sequential(narrow, causal.get_output_embeddings()))
        decoder.project_out = Identity()
    return causal


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
        raise ModelError(
            tr("{folder} could not be loaded as a causal language model: {reason}", folder=model.folder, reason=exc)
        ) from exc


def _check_memory(model: ModelSpec) -> None:
    needed = parameters(model.folder) * _BYTES[model.precision] + _SPARE_BYTES
    free = free_memory()
    if needed > free:
        raise TooLittleMemoryError(
            tr(
                "{model} needs about {needed:.1f} GB of memory in {precision}, and {free:.1f} GB "
                "are free. Close other programs, choose a smaller model, or bfloat16, which needs half.",
                model=model.name,
                needed=needed / 1e9,
                precision=model.precision,
                free=free / 1e9,
            )
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
        return tr(
            "This model needs program code from its own repository, which catsel never runs. "
            "Choose a model that transformers knows by itself."
        )
    return tr(
        "{path} describes no causal language model that transformers knows: {reason}",
        path=folder / "config.json",
        reason=exc,
    )
