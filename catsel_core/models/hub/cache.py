"""Names of hub models, and the folder in which their files lie once they are here.

The layout is the hub's own: ``models--org--name/snapshots/<commit>/<file>``, and ``refs/<branch>``
holds the commit that a branch stood for when it was fetched.
"""

import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from catsel_core.errors import ModelError
from catsel_core.language import tr
from catsel_core.settings import current_settings, expanded

_REFERENCE = re.compile(r"(?P<id>(?:[\w-][\w.-]*/)?[\w-][\w.-]*)(?:@(?P<revision>[\w-][\w./-]*))?", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")

WEIGHTS = "model.safetensors"
WEIGHTS_INDEX = f"{WEIGHTS}.index.json"

_TOKENIZERS = ("tokenizer.json", "vocab.txt", "tokenizer.model", "spiece.model")
"""Files each of which is a whole tokenizer; an older kind is ``vocab.json`` with ``merges.txt``."""


@dataclass(frozen=True, slots=True)
class HubReference:
    """A model's name on the hub, and the revision of it: a commit, or a branch such as ``main``."""

    id: str
    revision: str

    @property
    def folder(self) -> Path:
        """Where all of its revisions lie, or will."""
        return hub_dir() / f"models--{self.id.replace('/', '--')}"

    @property
    def commit(self) -> str | None:
        """The commit it stands for, if that is known without asking the hub."""
        if is_commit(self.revision):
            return self.revision
        try:
            recorded = (self.folder / "refs" / self.revision).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        return recorded if is_commit(recorded) else None


def is_commit(text: str) -> bool:
    """Whether ``text`` is the full name of a commit."""
    return _COMMIT.fullmatch(text) is not None


def hub_dir() -> Path:
    """The hub's cache folder: ``$HF_HUB_CACHE``, ``$HF_HOME/hub``, or where both are unset, the usual place."""
    chosen = os.environ.get("HF_HUB_CACHE")
    return expanded("HF_HUB_CACHE", chosen) if chosen else hub_home() / "hub"


def hub_home() -> Path:
    """Folder of all that belongs to the hub: ``$HF_HOME``, or the usual place, or without a home catsel's own cache.

    Raises:
        SettingsError: if a variable names a home folder that is not known.
    """
    for variable, inside in (("HF_HOME", ""), ("XDG_CACHE_HOME", "huggingface")):
        chosen = os.environ.get(variable)
        if chosen:
            return expanded(variable, chosen) / inside
    usual = Path(os.path.expanduser("~/.cache"))
    return (usual if usual.is_absolute() else current_settings().cache) / "huggingface"


def is_reference(text: str) -> bool:
    """Whether ``text`` can be a model's name on the hub."""
    found = _REFERENCE.fullmatch(text)
    return found is not None and len(text) <= 200 and ".." not in text and "--" not in found["id"]


def parse_reference(text: str, default_revision: str = "main") -> HubReference:
    """``org/name`` or ``org/name@revision``.

    Raises:
        ModelError: if it is neither.
    """
    found = _REFERENCE.fullmatch(text) if is_reference(text) else None
    if found is None:
        shown = text if len(text) <= 200 else text[:200] + "…"
        raise ModelError(tr("“{shown}” is no model of the hub: names look like openai-community/gpt2.", shown=shown))
    return HubReference(found["id"], found["revision"] or default_revision)


def has_tokenizer(names: Collection[str]) -> bool:
    """Whether a tokenizer can be read from the files of these names."""
    return any(name in names for name in _TOKENIZERS) or {"vocab.json", "merges.txt"} <= set(names)


def snapshot(reference: HubReference) -> Path | None:
    """The folder with the model's files, if all that a model needs is there; nothing is asked of the hub."""
    folder = _begun(reference)
    return None if folder is None or _lacks(folder) else folder


def missing(reference: HubReference) -> str:
    """What a download that was begun, here or by another program, lacks; empty if it is whole or there is none."""
    folder = _begun(reference)
    return "" if folder is None else _lacks(folder)


def _begun(reference: HubReference) -> Path | None:
    commit = reference.commit
    folder = reference.folder / "snapshots" / commit if commit else None
    return folder if folder is not None and os.path.isdir(folder) else None


def _lacks(folder: Path) -> str:
    try:
        present = {name for name in os.listdir(folder) if os.path.isfile(folder / name)}
    except OSError:
        return tr("the permission to read it")
    if "config.json" not in present:
        return "config.json"
    if not has_tokenizer(present):
        return tr("its tokenizer")
    return "" if _weights_are_whole(folder) else tr("a file of its weights")


def _weights_are_whole(folder: Path) -> bool:
    """A file of weights, or an index and every file that it names."""
    if (folder / WEIGHTS).is_file():
        return True
    try:
        parts = set(json.loads((folder / WEIGHTS_INDEX).read_text(encoding="utf-8"))["weight_map"].values())
        return bool(parts) and all((folder / str(part)).is_file() for part in parts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
