"""Models on disk: from what the user names to what is known of it before it runs.

Small files are read, the network is never asked, and torch is never imported.
"""

import functools
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from catsel_core.errors import ModelError, NotDownloadedError
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.models import bundled, hub
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, GPT2
from catsel_core.models.devices import Device, chosen_device
from catsel_core.models.manifest import build_folder, is_whole, sha256
from catsel_core.settings import is_on, models_dir

CATALOGUE_ONLY = "CATSEL_CATALOGUE_ONLY"
"""Environment variable: 1 limits everybody to the models of the catalogue."""

Precision = Literal["float32", "bfloat16"]

MAX_BLOCKS = 500
_BLOCKS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers")
"""What configurations call the number of blocks."""

_TOKENIZER_FILES = ("tokenizer.json", "vocab.json", "merges.txt", "vocab.txt", "tokenizer.model", "spiece.model")


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model on disk, and how it is to run; enough to key and to label its results.

    ``max_tokens`` is the longest prompt it can read, if its configuration says so.
    """

    name: str
    revision: str
    folder: Path
    n_blocks: int
    precision: Precision = "float32"
    max_tokens: int | None = None
    device: Device = "cpu"

    @property
    def layers(self) -> tuple[str, ...]:
        """Labels of its hidden states: Emb, L0, L1, … (the last one is taken after the final norm)."""
        return layer_labels(self.n_blocks + 1)

    @property
    def identity(self) -> dict[str, str]:
        """The plain values that tell its numbers from another model's."""
        return {"name": self.name, "revision": self.revision, "precision": self.precision, "device": self.device}


def layer_labels(n_layers: int) -> tuple[str, ...]:
    """Labels of ``n_layers`` hidden states: hidden state k > 0 is the output of block k − 1."""
    return ("Emb", *(f"L{block}" for block in range(n_layers - 1)))


def default_reference() -> str:
    """The book's model if it has been downloaded, else the bundled one."""
    return GPT2 if hub.snapshot(hub_reference(GPT2)) else BUNDLED


def hub_reference(text: str) -> hub.HubReference:
    """A model of the hub; the catalogue says which commit is meant where it knows.

    Raises:
        ModelError: if ``text`` cannot be a model's name on the hub.
    """
    pinned = {entry.reference: entry.revision for entry in CATALOGUE}.get(text)
    return hub.parse_reference(text, pinned or "main")


def is_present(reference: str) -> bool:
    """Whether :func:`find_model` would find it without a download."""
    if reference == BUNDLED:
        return True
    return hub.snapshot(hub_reference(reference)) is not None


def find_model(reference: str = BUNDLED, say: bundled.Say | None = None, precision: Precision = "float32") -> ModelSpec:
    """The model that ``reference`` names: ``bundled``, a folder, or a model of the hub that is on this computer.

    Raises:
        NotDownloadedError: if it may be on the hub, but is not here.
        ModelError: if there is no such model, the folder lacks something, or it is not allowed here.
    """
    if precision not in get_args(Precision):
        raise ModelError(f"precision must be one of {get_args(Precision)}; got {precision!r}.")
    check_allowed(reference)
    return replace(_found(reference, say), precision=precision, device=chosen_device())


def check_allowed(reference: str) -> None:
    """Nothing, unless models are limited to the catalogue.

    Raises:
        ModelError: if they are and this is another one.
    """
    known = [entry.reference for entry in CATALOGUE]
    if is_on(CATALOGUE_ONLY) and reference not in known:
        raise ModelError(
            f"Only models of the catalogue may be used here, not “{_short(reference)}”: {', '.join(known)}."
        )


def _found(reference: str, say: bundled.Say | None) -> ModelSpec:
    if reference == BUNDLED:
        return _spec(bundled.NAME, bundled.revision(), bundled.prepare(say))
    folder = existing_folder(reference)
    if folder is not None:
        return _spec(folder.resolve().name, _folder_revision(folder), folder.resolve())
    if not hub.is_reference(reference):
        raise ModelError(
            f"There is no model “{_short(reference)}”: name “{BUNDLED}”, an existing folder, "
            f"or a model of the hub such as {GPT2}."
        )
    named = hub_reference(reference)
    snapshot = hub.snapshot(named)
    if snapshot is None:
        raise NotDownloadedError(
            f"There is no model “{_short(reference)}” on this computer, no folder and no download. If it is on the "
            f"hub, download it on the page Models or with: python -m catsel_core models fetch {reference}"
        )
    return _spec(named.id, str(named.commit), snapshot)


def existing_folder(reference: str) -> Path | None:
    """The folder that ``reference`` names, if it is one."""
    try:
        folder = Path(reference).expanduser()
        return folder if reference and folder.is_dir() else None
    except (OSError, RuntimeError, ValueError):  # a name too long, an unknown ~user, a NUL: no folder either
        return None


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "…"


def _spec(name: str, revision: str, folder: Path) -> ModelSpec:
    n_blocks, max_tokens = _config(folder)
    return ModelSpec(name, revision, folder, n_blocks, max_tokens=max_tokens)


def _config(folder: Path) -> tuple[int, int | None]:
    """Number of blocks and, if the file says so, of the tokens that fit into the model."""
    path = folder / "config.json"
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        blocks = int(next(config[key] for key in _BLOCKS if key in config))
        longest = config.get("max_position_embeddings", config.get("n_positions"))
        found = blocks, None if longest is None else int(longest)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, AttributeError, StopIteration) as exc:
        raise ModelError(f"{path} is missing or does not say how many layers the model has.") from exc
    if not 1 <= blocks <= MAX_BLOCKS:
        raise ModelError(f"{path} says that the model has {blocks} layers; between 1 and {MAX_BLOCKS} can be shown.")
    return found


def _folder_revision(folder: Path) -> str:
    """Short digest of a folder's contents; hashed again only when a size or a time stamp changes."""
    weights = tuple(sorted(folder.glob("*.safetensors")))
    if not weights:
        raise ModelError(f"{folder} has no .safetensors file; other weight formats are not loaded.")
    _config(folder)  # a folder without one is told so before its weights are hashed
    tokenizer = tuple(path for name in _TOKENIZER_FILES if (path := folder / name).is_file())
    if not tokenizer:
        raise ModelError(f"{folder / 'tokenizer.json'} is missing; a model folder needs it.")
    try:
        files = (*weights, folder / "config.json", *tokenizer)
        stamps = tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    except OSError as exc:
        raise ModelError(f"{exc.filename} is missing; a model folder needs it.") from exc
    return _digest(stamps)


@functools.lru_cache(maxsize=32)
def _digest(stamps: tuple[tuple[Path, int, int], ...]) -> str:
    import hashlib

    joined = "".join(sha256(path) for path, _, _ in stamps)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def tokenizer_of(model: ModelSpec) -> TextTokenizer:
    """The model's tokenizer, read once a process.

    Raises:
        ModelError: if it is missing, damaged, or of a kind that cannot be read.
    """
    return _tokenizer(model.folder, model.revision)


@functools.lru_cache(maxsize=8)
def _tokenizer(folder: Path, revision: str) -> TextTokenizer:
    if not (folder / "tokenizer.json").is_file() and any((folder / name).is_file() for name in _TOKENIZER_FILES):
        folder = _converted(folder, revision)
    return TextTokenizer.from_folder(folder)


def _converted(folder: Path, revision: str) -> Path:
    """A folder with the ``tokenizer.json`` that an older model lacks, made once from its vocabulary."""
    target = models_dir() / f"tokenizer-{revision}"
    if is_whole(target):
        return target

    def fill(place: Path) -> None:
        from transformers import AutoTokenizer

        AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False).save_pretrained(
            place
        )

    try:
        build_folder(target, fill)
    except Exception as exc:  # transformers raises many kinds
        raise ModelError(f"The tokenizer in {folder} cannot be read: {exc}") from exc
    return target
