"""What the small files of a model folder say: its layers, its longest prompt, and which model it is by content."""

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from catsel_core.errors import ModelError
from catsel_core.language import tr
from catsel_core.settings import models_dir
from catsel_core.system.manifest import sha256

MAX_BLOCKS = 500

TOKENIZER_FILES = ("tokenizer.json", "vocab.json", "merges.txt", "vocab.txt", "tokenizer.model", "spiece.model")
"""Files that a tokenizer is read from; the first one by catsel itself, the others once it was made from them."""

_BLOCKS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers")
"""What configurations call the number of blocks."""


def existing_folder(reference: str) -> Path | None:
    """The folder that ``reference`` names, if it is one."""
    try:
        folder = Path(reference).expanduser()
        return folder if reference and folder.is_dir() else None
    except (OSError, RuntimeError, ValueError):  # a name too long, an unknown ~user, a NUL: no folder either
        return None


def blocks_and_longest(folder: Path) -> tuple[int, int | None]:
    """Number of blocks and, if ``config.json`` says so, of the tokens that fit into the model.

    Raises:
        ModelError: if the file is missing, damaged, or describes a model that cannot be shown.
    """
    path = folder / "config.json"
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        blocks = int(next(config[key] for key in _BLOCKS if key in config))
        longest = config.get("max_position_embeddings", config.get("n_positions"))
        found = blocks, None if longest is None else int(longest)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, AttributeError, StopIteration) as exc:
        raise ModelError(tr("{path} is missing or does not say how many layers the model has.", path=path)) from exc
    if not 1 <= blocks <= MAX_BLOCKS:
        raise ModelError(
            tr(
                "{path} says that the model has {blocks} layers; between 1 and {most} can be shown.",
                path=path,
                blocks=blocks,
                most=MAX_BLOCKS,
            )
        )
    return found


def content_revision(folder: Path) -> str:
    """Short digest of a folder's contents; hashed again only when a size or a time stamp changes.

    Raises:
        ModelError: if the folder lacks weights, a configuration or a tokenizer.
    """
    weights = tuple(sorted(folder.glob("*.safetensors")))
    if not weights:
        raise ModelError(tr("{folder} has no .safetensors file; other weight formats are not loaded.", folder=folder))
    blocks_and_longest(folder)  # a folder without a configuration is told so before its weights are hashed
    tokenizer = tuple(path for name in TOKENIZER_FILES if (path := folder / name).is_file())
    if not tokenizer:
        raise ModelError(tr("{path} is missing; a model folder needs it.", path=folder / "tokenizer.json"))
    try:
        files = (*weights, folder / "config.json", *tokenizer)
        stamps = tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
        return _digest(stamps)
    except OSError as exc:
        raise ModelError(
            tr("{path} cannot be read: {reason}. A model folder needs it.", path=exc.filename, reason=exc.strerror)
        ) from exc


@functools.lru_cache(maxsize=32)
def _digest(stamps: tuple[tuple[Path, int, int], ...]) -> str:
    joined = "".join(sha256(path) for path, _, _ in stamps)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def needs_conversion(folder: Path) -> bool:
    """Whether the folder has a tokenizer of an older kind only, from which a ``tokenizer.json`` can be made."""
    return not (folder / "tokenizer.json").is_file() and any((folder / name).is_file() for name in TOKENIZER_FILES)


def converted_folder(revision: str) -> Path:
    """Where the ``tokenizer.json`` of a model without one is kept, or will be."""
    return models_dir() / f"tokenizer-{revision}"
