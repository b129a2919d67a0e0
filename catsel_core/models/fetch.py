"""A model of the hub onto this computer: looked up, approved, downloaded, found."""

from collections.abc import Callable
from pathlib import Path

from catsel_core.models import hub
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import check_allowed, find_model, hub_reference
from catsel_core.models.spec import ModelSpec

Weigh = Callable[[str, Path], None]
"""Called with the model's name and the folder of its small files before its weights come; raises if it is too heavy."""


def fetch_model(reference: str, weigh: Weigh, progress: hub.Progress | None = None) -> ModelSpec:
    """Download a model of the hub, or what is missing of it, and find it.

    Args:
        reference: ``org/name`` or ``org/name@revision``.
        weigh: :func:`catsel_core.hidden_states.weigh.check_weight`, which knows what a configuration asks for.
        progress: called with (bytes here, bytes in all); what it raises ends the download.

    Raises:
        NotPreparedError: for the bundled model, which is prepared instead.
        ModelError: no network, no such model, too large, or nothing that can be used.
    """
    if reference == BUNDLED:
        return find_model(reference)
    check_allowed(reference)
    named = hub_reference(reference)
    if hub.snapshot(named) is None:
        hub.fetch(hub.listing(named), lambda folder: weigh(named.id, folder), progress)
    return find_model(reference)
