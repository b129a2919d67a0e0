"""A model that has been found on disk: what is known of it before it runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from catsel_core.models.devices import Device

Precision = Literal["float32", "bfloat16"]


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
