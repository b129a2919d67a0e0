"""From what the user names to a model on disk: small files are read, and that is all.

The network is never asked, nothing is prepared, and torch is never imported.
:func:`catsel_core.hidden_states.prepare.ready_model` finds a model and prepares what it needs first.
"""

import functools
from dataclasses import replace
from pathlib import Path
from typing import get_args

from catsel_core.errors import ModelError, NotDownloadedError, NotPreparedError
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.language import tr
from catsel_core.models import bundled, hub
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, GPT2, UNQUANTISED
from catsel_core.models.devices import chosen_device
from catsel_core.models.folders import (
    blocks_and_longest,
    content_revision,
    converted_folder,
    existing_folder,
    needs_conversion,
)
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.settings import current_settings
from catsel_core.system.manifest import is_whole


def default_reference() -> str:
    """The book's model if it has been downloaded, else the bundled one, or what was fetched in its place."""
    return next(filter(is_present, (GPT2, BUNDLED, UNQUANTISED)), BUNDLED)


def hub_reference(text: str) -> hub.HubReference:
    """A model of the hub; the catalogue says which commit is meant where it knows.

    Raises:
        ModelError: if ``text`` cannot be a model's name on the hub.
    """
    pinned = {entry.reference: entry.revision for entry in CATALOGUE}.get(text)
    return hub.parse_reference(text, pinned or "main")


def is_present(reference: str) -> bool:
    """Whether the bundled model or a model of the hub can be used without a download."""
    if reference == BUNDLED:
        return bundled.is_here()
    return hub.snapshot(hub_reference(reference)) is not None


def find_model(reference: str = BUNDLED, precision: Precision = "float32") -> ModelSpec:
    """The model that ``reference`` names: ``bundled``, a folder, or a model of the hub that is on this computer.

    Raises:
        NotPreparedError: if it is the bundled model and has not been prepared yet.
        NotDownloadedError: if it may be on the hub, or is the bundled model, but is not here.
        ModelError: if there is no such model, the folder lacks something, or it is not allowed here.
    """
    if precision not in get_args(Precision):
        choices = get_args(Precision)
        raise ModelError(tr("precision must be one of {choices}; got {got!r}.", choices=choices, got=precision))
    check_allowed(reference)
    return replace(_found(reference), precision=precision, device=chosen_device())


def check_allowed(reference: str) -> None:
    """Nothing, unless models are limited to the catalogue.

    Raises:
        ModelError: if they are and this is another one.
    """
    known = [entry.reference for entry in CATALOGUE]
    if current_settings().catalogue_only and reference not in known:
        raise ModelError(
            tr(
                "Only models of the catalogue may be used here, not “{model}”: {known}.",
                model=_short(reference),
                known=", ".join(known),
            )
        )


def _found(reference: str) -> ModelSpec:
    if reference == BUNDLED:
        prepared = bundled.prepared()
        if prepared is None:
            bundled.gguf_file()  # says so if there is nothing to prepare it from
            raise NotPreparedError(
                tr("The bundled model is not prepared on this computer yet. Run: python -m catsel_core prepare")
            )
        return _spec(bundled.NAME, *prepared)
    folder = existing_folder(reference)
    if folder is not None:
        return _spec(folder.resolve().name, content_revision(folder), folder.resolve())
    return _downloaded(reference)


def _downloaded(reference: str) -> ModelSpec:
    if not hub.is_reference(reference):
        raise ModelError(
            tr(
                "There is no model “{model}”: name “{bundled}”, an existing folder, "
                "or a model of the hub such as {example}.",
                model=_short(reference),
                bundled=BUNDLED,
                example=GPT2,
            )
        )
    named = hub_reference(reference)
    snapshot = hub.snapshot(named)
    if snapshot is None:
        raise NotDownloadedError(_not_here(reference, named))
    return _spec(named.id, snapshot.name, snapshot)  # the folder is called after the commit


def _not_here(reference: str, named: hub.HubReference) -> str:
    command = f"python -m catsel_core models fetch {reference}"
    missing = hub.missing(named)
    if missing:
        return tr(
            "“{model}” is on this computer only in part: {missing} is missing. Download what is missing "
            "on the page Models or with: {command}",
            model=_short(reference),
            missing=missing,
            command=command,
        )
    return tr(
        "“{model}” is neither a folder on this computer nor a model that has been downloaded. If it is on "
        "the hub, download it on the page Models or with: {command}",
        model=_short(reference),
        command=command,
    )


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "…"


def _spec(name: str, revision: str, folder: Path) -> ModelSpec:
    n_blocks, max_tokens = blocks_and_longest(folder)
    return ModelSpec(name, revision, folder, n_blocks, max_tokens=max_tokens)


def tokenizer_of(model: ModelSpec) -> TextTokenizer:
    """The model's tokenizer, read once a process.

    Raises:
        NotPreparedError: if it is of an older kind, and has not been converted yet.
        ModelError: if it is missing, damaged, or of a kind that cannot be read.
    """
    return _tokenizer(model.folder, model.revision)


@functools.lru_cache(maxsize=8)
def _tokenizer(folder: Path, revision: str) -> TextTokenizer:
    if not needs_conversion(folder):
        return TextTokenizer.from_folder(folder)
    converted = converted_folder(revision)
    if not is_whole(converted):
        raise NotPreparedError(
            tr(
                "The tokenizer in {folder} is of an older kind and is not converted yet. "
                "catsel_core.hidden_states.prepare.ready_model does that when it finds the model.",
                folder=folder,
            )
        )
    return TextTokenizer.from_folder(converted)
