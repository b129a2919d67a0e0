"""A model of the hub onto this computer: looked up, weighed, downloaded, found."""

from pathlib import Path

from catsel_core import hub
from catsel_core.catalogue import BUNDLED
from catsel_core.errors import ModelError
from catsel_core.loading import parameters
from catsel_core.memory import free_memory
from catsel_core.models import ModelSpec, check_allowed, find_model, hub_reference


def fetch_model(reference: str, progress: hub.Progress | None = None) -> ModelSpec:
    """Download a model of the hub, or what is missing of it, and find it.

    Args:
        reference: ``org/name`` or ``org/name@revision``.
        progress: called with (bytes here, bytes in all); what it raises ends the download.

    Raises:
        ModelError: no network, no such model, too large, or nothing that can be used.
    """
    if reference == BUNDLED:
        return find_model(reference)
    check_allowed(reference)
    named = hub_reference(reference)
    if hub.snapshot(named) is None:
        hub.fetch(hub.listing(named), lambda folder: _check_weight(named.id, folder), progress)
    return find_model(reference)


def _check_weight(name: str, folder: Path) -> None:
    """Whether the model that the fetched ``config.json`` describes may come here.

    Raises:
        ModelError: if it is too large, or no model that catsel runs.
    """
    needed = 4 * parameters(folder)
    if needed > hub.max_bytes():
        raise ModelError(
            f"{name} takes {needed / 1e9:.1f} GB in float32; at most {hub.max_bytes() / 1e9:g} GB are allowed here. "
            f"Choose a smaller model, or set {hub.MAX_GB_VARIABLE} higher."
        )
    free = free_memory()
    if needed / 2 > free:
        raise ModelError(
            f"{name} takes {needed / 1e9:.1f} GB in float32 and half of it in bfloat16, but only {free / 1e9:.1f} GB "
            "of memory are free. Choose a smaller model or close other programs."
        )
