"""Models made ready to be read and run: found, and converted first where they are in another form.

>>> from catsel_core.hidden_states.prepare import ready_model
>>> ready_model("bundled").layers[:3]                  # doctest: +SKIP
('Emb', 'L0', 'L1')
"""

from collections.abc import Callable
from pathlib import Path

from catsel_core.errors import CatselError, ModelError, NotPreparedError
from catsel_core.hidden_states.convert import convert_bundled, convert_tokenizer
from catsel_core.language import tr
from catsel_core.models import bundled
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import find_model
from catsel_core.models.folders import converted_folder, needs_conversion
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.system.manifest import ensure_folder
from catsel_core.system.refusals import about_the_disk, check_space, size

BUNDLED_BYTES = 600_000_000
"""Disk that the prepared bundled model takes, and a little more."""
TOKENIZER_BYTES = 50_000_000
"""Disk that the largest converted tokenizers take."""

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
        ModelError: if there is nothing to prepare it from, the disk is too full, or the conversion fails.
    """
    target = bundled.folder()

    def convert(place: Path) -> None:
        check_space(place, BUNDLED_BYTES)
        if say is not None:
            say(tr("Preparing the bundled model (once, about a minute) …"))
        convert_bundled(place)

    try:
        ensure_folder(target, convert, weights=check_weights)
    except CatselError:
        raise
    except Exception as exc:  # transformers, safetensors and the disk raise many kinds
        reason = about_the_disk(tr("The bundled model could not be prepared"), target.parent, BUNDLED_BYTES, exc)
        if reason:
            raise ModelError(reason) from exc
        raise ModelError(
            tr(
                "The bundled model could not be prepared in {folder}: {reason}. It needs {size} of free disk "
                "and 2 GB of free memory. Try again with: python -m catsel_core prepare",
                folder=target,
                reason=exc,
                size=size(BUNDLED_BYTES),
            )
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
        check_space(place, TOKENIZER_BYTES)
        convert_tokenizer(model.folder, place)

    try:
        ensure_folder(target, convert)
    except Exception as exc:  # transformers, tokenizers and the disk raise many kinds
        what = tr("The tokenizer of {model} could not be prepared", model=model.name)
        reason = about_the_disk(what, target.parent, TOKENIZER_BYTES, exc)
        unread = tr("The tokenizer in {folder} cannot be read: {reason}", folder=model.folder, reason=exc)
        raise ModelError(reason or unread) from exc
