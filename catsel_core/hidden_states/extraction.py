"""Hidden states at the target words: the only place where a model runs.

Short prompts are packed: what they all begin with stands once in a row, their own tokens follow one
prompt after the other, and a tree-shaped attention mask lets every token see the common beginning and
its own prompt only. So a word list needs one pass, and the weights are read once. Only what later
stages use is kept: the target vectors and the variance over items, not the hidden states of every token.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, freeze
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.packing import Batch, batches, forward
from catsel_core.inputs.items import InputSet

if TYPE_CHECKING:
    import torch

Progress = Callable[[int, int], None]
"""Called with (items done, items in all)."""


@dataclass(frozen=True, slots=True)
class Activations:
    """What one input set leaves behind; layer 0 is the embedding. Arrays are read-only.

    vectors: (layer, item, hidden) float32, the pooled target vector of every item.
    variance: (layer, position, hidden) float32, over items (n − 1), at every token position that
        at least two items reach; no position at all if only the targets were asked for.
    position_items: (position,) int64, how many items reach the position.
    next_tokens: the most likely token after each prompt, as text; none if only the targets were asked for.
    """

    vectors: FloatArray
    variance: FloatArray
    position_items: NDArray[np.int64]
    next_tokens: tuple[str, ...]


def compute_activations(
    inputs: InputSet, model: LoadedModel, progress: Progress | None = None, *, targets_only: bool = False
) -> Activations:
    """Run the model over every item of ``inputs``, in float32 and inference mode.

    The model is used by one caller at a time (``model.lock``). What ``progress`` raises ends the run.
    With ``targets_only`` nothing but the target vectors is made: no variance, no next tokens.
    """
    import torch

    with model.lock, torch.inference_mode():
        run = _Run(inputs, model, targets_only)
        done = 0
        for batch in batches(inputs.items, packs=model.packs):
            run.forward(batch)
            done += len(batch.items)
            if progress is not None:
                progress(done, len(inputs.items))
    return run.finish()


class _Run:
    """The vectors of one input set while its batches pass through the model."""

    def __init__(self, inputs: InputSet, model: LoadedModel, targets_only: bool) -> None:
        self.items, self.pooling, self.model = inputs.items, inputs.pooling, model
        self.vectors = np.empty((model.n_layers, len(self.items), model.width), np.float32)
        longest = max(len(item.token_ids) for item in self.items)
        self.spread = None if targets_only else _Spread(model.n_layers, longest, model.width)
        self.next_ids = np.empty(0 if targets_only else len(self.items), np.int64)

    def forward(self, batch: Batch) -> None:
        """One pass, of which is kept what was asked for."""
        with self._only_targets(batch) if self.spread is None else nullcontext():
            out = forward(self.model.base, batch, self.model.device, self.model.dtype)
        self._keep_vectors(batch, out.hidden_states)
        if self.spread is not None:
            self._keep_next_ids(batch, out.last_hidden_state)
            self.spread.same(batch.prefix, len(batch.items))
            for position in range(batch.prefix, max(len(self.items[index].token_ids) for index in batch.items)):
                reached = [index for index in batch.items if len(self.items[index].token_ids) > position]
                rows, columns = batch.places([position] * len(reached), reached)
                self.spread.add(position, _states(out.hidden_states, rows, columns))

    def _only_targets(self, batch: Batch) -> AbstractContextManager[None]:
        """The last hidden state is right at the pieces of the target words that are pooled, and nowhere else."""
        pieces = [(index, place) for index in batch.items for place in range(*self.items[index].target)]
        if self.pooling == "last":
            pieces = [(index, self.items[index].target[1] - 1) for index in batch.items]
        items, positions = zip(*pieces, strict=True)
        return self.model.last_block.at(batch.places(positions, items))

    def _keep_next_ids(self, batch: Batch, last: "torch.Tensor") -> None:
        """The last hidden state at the last token predicts the next one."""
        rows, columns = batch.places([len(self.items[index].token_ids) - 1 for index in batch.items], batch.items)
        self.next_ids[batch.items] = self.model.head(last[rows, columns]).argmax(-1).cpu().numpy()

    def _keep_vectors(self, batch: Batch, hidden_states: "Sequence[torch.Tensor]") -> None:
        ends = [self.items[index].target for index in batch.items]
        most = 1 if self.pooling == "last" else max(last - first for first, last in ends)
        sizes = np.array([min(most, last - first) for first, last in ends])
        total: FloatArray = np.zeros((len(self.vectors), len(ends), self.vectors.shape[2]), np.float32)
        for back in range(1, most + 1):  # the last piece of every target, then the one before it, …
            has = sizes >= back
            reached = [index for index, one in zip(batch.items, has, strict=True) if one]
            rows, columns = batch.places([self.items[index].target[1] - back for index in reached], reached)
            total[:, has] += _states(hidden_states, rows, columns)
        self.vectors[:, batch.items] = total / sizes[:, None].astype(np.float32)

    def finish(self) -> Activations:
        """The frozen result."""
        n_layers, _, width = self.vectors.shape
        spread = self.spread or _Spread(n_layers, 0, width)
        variance, reached = spread.variance()
        next_tokens = tuple(self.model.tokenizer.piece(int(token)) for token in self.next_ids)
        freeze(self.vectors, variance, reached)
        return Activations(self.vectors, variance, reached, next_tokens)


def _states(hidden_states: "Sequence[torch.Tensor]", rows: "torch.Tensor", columns: "torch.Tensor") -> FloatArray:
    """(layer, place, hidden) float32 at the given rows and columns of every (row, column, hidden) layer."""
    import torch

    states = torch.stack([layer[rows, columns] for layer in hidden_states])
    return states.float().cpu().numpy()  # type: ignore[no-any-return]  # torch is not type-checked


class _Spread:
    """Running sums for the variance over items at every token position.

    Sums are of differences from one reference state per position (the first item seen there): sums
    of squares of raw values would lose the variance of rogue dimensions to rounding.
    """

    def __init__(self, n_layers: int, longest: int, width: int) -> None:
        self.reference = np.zeros((n_layers, longest, width), np.float32)
        self.total = np.zeros((n_layers, longest, width))
        self.squares = np.zeros((n_layers, longest, width))
        self.counts = np.zeros(longest, np.int64)

    def same(self, positions: int, items: int) -> None:
        """Take in items that are all alike at the first positions."""
        self.counts[:positions] += items

    def add(self, position: int, states: FloatArray) -> None:
        """Take in the (layer, item, hidden) of some items at one token position."""
        if not self.counts[position]:
            self.reference[:, position] = states[:, 0]
        difference = (states - self.reference[:, position, None]).astype(np.float64)
        self.total[:, position] += difference.sum(axis=1)
        self.squares[:, position] += (difference**2).sum(axis=1)
        self.counts[position] += states.shape[1]

    def variance(self) -> tuple[FloatArray, NDArray[np.int64]]:
        """(layer, position, hidden) variance (n − 1), and the (position,) number of items, where it is two or more."""
        reached = self.counts >= 2
        n = self.counts[reached][:, None]  # (position, 1)
        total, squares = self.total[:, reached], self.squares[:, reached]
        return np.maximum((squares - total**2 / n) / (n - 1), 0).astype(np.float32), self.counts[reached]
