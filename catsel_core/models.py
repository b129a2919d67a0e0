"""Models: from what the user names to what can be run.

:func:`find_model` reads small files only and never imports torch; :func:`load_model` does.
"""

import functools
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catsel_core import bundled
from catsel_core.errors import ModelError
from catsel_core.folders import sha256
from catsel_core.paths import models_dir
from catsel_core.tokens import TextTokenizer

BUNDLED = "bundled"

_LOAD_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model on disk, known by name, revision and precision; enough to key and to label its results.

    ``max_tokens`` is the longest prompt it can read, if its configuration says so.
    """

    name: str
    revision: str
    folder: Path
    n_blocks: int
    precision: str = "float32"
    max_tokens: int | None = None

    @property
    def layers(self) -> tuple[str, ...]:
        """Labels of its hidden states: Emb, L0, L1, … (the last one is taken after the final norm)."""
        return layer_labels(self.n_blocks + 1)

    @property
    def identity(self) -> dict[str, str]:
        """The plain values that tell its numbers from another model's."""
        return {"name": self.name, "revision": self.revision, "precision": self.precision}


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory. Hold ``lock`` for every forward pass."""

    base: Any
    head: Any
    tokenizer: TextTokenizer
    device: Any
    n_layers: int
    width: int
    lock: threading.Lock = field(default_factory=threading.Lock)


def layer_labels(n_layers: int) -> tuple[str, ...]:
    """Labels of ``n_layers`` hidden states: hidden state k > 0 is the output of block k − 1."""
    return ("Emb", *(f"L{block}" for block in range(n_layers - 1)))


def find_model(reference: str = BUNDLED, say: bundled.Say | None = None) -> ModelSpec:
    """The model that ``reference`` names: ``bundled``, or a folder with config, tokenizer and safetensors.

    Raises:
        ModelError: if there is no such model or the folder lacks something.
    """
    if reference == BUNDLED:
        folder = bundled.prepare(say)
        return _spec(bundled.NAME, bundled.revision(), folder)
    folder = _existing_folder(reference)
    weights = tuple(sorted(folder.glob("*.safetensors")))
    if not weights:
        raise ModelError(f"{folder} has no .safetensors file; other weight formats are not loaded.")
    files = (*weights, folder / "config.json", folder / "tokenizer.json")
    _config(folder)  # a folder without one is told so before its weights are hashed
    return _spec(folder.resolve().name, _content_revision(files), folder.resolve())


def _existing_folder(reference: str) -> Path:
    try:
        folder = Path(reference).expanduser()
        if folder.is_dir():
            return folder
    except (OSError, RuntimeError, ValueError):  # a name too long, an unknown ~user, a NUL: no folder either
        pass
    shown = reference if len(reference) <= 200 else reference[:200] + "…"
    raise ModelError(f"There is no model “{shown}”: name “{BUNDLED}” or an existing folder.")


def tokenizer_of(model: ModelSpec) -> TextTokenizer:
    """The model's tokenizer, read once a process.

    Raises:
        ModelError: from :meth:`TextTokenizer.from_folder`.
    """
    return _tokenizer(model.folder, model.revision)


@functools.lru_cache(maxsize=8)
def _tokenizer(folder: Path, revision: str) -> TextTokenizer:
    return TextTokenizer.from_folder(folder)


def load_model(model: ModelSpec) -> LoadedModel:
    """Read the weights in float32 and make the model ready to run on the CPU.

    Loads one model at a time; a caller keeps the result as long as it wants the model in memory.

    Raises:
        ModelError: if the files are damaged or no causal language model.
    """
    with _LOAD_LOCK:
        if model.folder.parent == models_dir():
            bundled.prepare(check_weights=True)
        import torch
        from transformers import AutoModelForCausalLM
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            causal = AutoModelForCausalLM.from_pretrained(
                str(model.folder),
                dtype=torch.float32,
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
            )
        except Exception as exc:  # transformers, safetensors and torch raise many kinds
            raise ModelError(f"{model.folder} could not be loaded as a causal language model: {exc}") from exc
    causal.eval()
    return LoadedModel(
        base=causal.base_model,
        head=causal.get_output_embeddings(),
        tokenizer=tokenizer_of(model),
        device=causal.device,
        n_layers=model.n_blocks + 1,
        width=causal.get_input_embeddings().weight.shape[1],
    )


def _spec(name: str, revision: str, folder: Path) -> ModelSpec:
    n_blocks, max_tokens = _config(folder)
    return ModelSpec(name, revision, folder, n_blocks, max_tokens=max_tokens)


def _config(folder: Path) -> tuple[int, int | None]:
    """Number of blocks and, if the file says so, of the tokens that fit into the model."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        blocks = int(config["num_hidden_layers"] if "num_hidden_layers" in config else config["n_layer"])
        longest = config.get("max_position_embeddings", config.get("n_positions"))
        return blocks, None if longest is None else int(longest)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, AttributeError) as exc:
        raise ModelError(f"{path} is missing or does not say how many layers the model has.") from exc


def _content_revision(files: tuple[Path, ...]) -> str:
    """Short digest of the files' contents; hashed again only when a size or a time stamp changes."""
    try:
        stamps = tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    except OSError as exc:
        raise ModelError(f"{exc.filename} is missing; a model folder needs it.") from exc
    return _digest(stamps)


@functools.lru_cache(maxsize=32)
def _digest(stamps: tuple[tuple[Path, int, int], ...]) -> str:
    import hashlib

    joined = "".join(sha256(path) for path, _, _ in stamps)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
