"""Hidden states at the target words: the only place where a model runs.

Short prompts are packed: what they all begin with stands once in a row, their own tokens follow one
prompt after the other, and a tree-shaped attention mask lets every token see the common beginning and
its own prompt only. So a word list needs one pass, and the weights are read once. Only what later
stages use is kept: the target vectors and the variance over items, not the hidden states of every token.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, freeze
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.packing import Batch, batches, forward, shared_prefix
from catsel_core.hidden_states.run import Progress
from catsel_core.hidden_states.spread import Spread, SpreadSums
from catsel_core.inputs.items import InputSet

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """What some items of an input set leave behind. Arrays are read-only.

    vectors: (layer, item, hidden) float32, the pooled target vector of every item.
    spread: what the variance over items is made from; None if only the targets were asked for.
    next_tokens: the most likely token after each prompt, as text; none if only the targets were asked for.
    """

    vectors: FloatArray
    spread: Spread | None
    next_tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
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

    @classmethod
    def of(cls, vectors: FloatArray, spread: Spread, next_tokens: tuple[str, ...]) -> "Activations":
        """Everything, of all items."""
        return cls(vectors, *spread.variance(), next_tokens)

    @classmethod
    def of_targets(cls, vectors: FloatArray) -> "Activations":
        """Nothing but the target vectors."""
        layers, _, width = vectors.shape
        variance, reached = np.zeros((layers, 0, width), np.float32), np.zeros(0, np.int64)
        freeze(variance, reached)
        return cls(vectors, variance, reached, ())


def compute_activations(
    inputs: InputSet, model: LoadedModel, progress: Progress | None = None, *, targets_only: bool = False
) -> Activations:
    """Run the model over every item of ``inputs``; with ``targets_only`` nothing but the target vectors is made."""
    shared = None if targets_only else shared_prefix(inputs.items)
    made = extract(inputs, model, shared, progress)
    if made.spread is None:
        return Activations.of_targets(made.vectors)
    return Activations.of(made.vectors, made.spread, made.next_tokens)


def extract(inputs: InputSet, model: LoadedModel, shared: int | None, progress: Progress | None = None) -> Extract:
    """Run the model over every item of ``inputs``, in float32 and inference mode.

    Others may use the model meanwhile. What ``progress`` raises ends the run.

    Args:
        inputs: the items, all of an input set or some of it.
        model: in memory.
        shared: number of leading tokens that all items of the set have in common; None makes nothing but the target
            vectors: no variance, no next tokens.
        progress: called after every pass.
    """
    import torch

    with model.passes.one(), torch.inference_mode():
        run = _Run(inputs, model, shared)
        done = 0
        for batch in batches(inputs.items, packs=model.packs):
            run.forward(batch)
            done += len(batch.items)
            if progress is not None:
                progress(done, len(inputs.items))
    return run.finish()


class _Run:
    """The vectors of one input set while its batches pass through the model."""

    def __init__(self, inputs: InputSet, model: LoadedModel, shared: int | None) -> None:
        self.items, self.pooling, self.model = inputs.items, inputs.pooling, model
        self.vectors = np.empty((model.n_layers, len(self.items), model.width), np.float32)
        self.lengths = [len(item.token_ids) for item in self.items]
        self.shared = shared or 0
        self.sums = None if shared is None else SpreadSums(model.n_layers, model.width, self.lengths, shared)
        self.next_ids = np.empty(0 if shared is None else len(self.items), np.int64)

    def forward(self, batch: Batch) -> None:
        """One pass, of which is kept what was asked for."""
        with self._only_targets(batch) if self.sums is None else nullcontext():
            out = forward(self.model.base, batch, self.model.device, self.model.dtype)
        self._keep_vectors(batch, out.hidden_states)
        if self.sums is not None:
            self._keep_next_ids(batch, out.last_hidden_state)
            self._add_to(self.sums, batch, out.hidden_states)

    def _add_to(self, sums: SpreadSums, batch: Batch, hidden_states: "Sequence[torch.Tensor]") -> None:
        for position in range(self.shared, max(self.lengths[index] for index in batch.items)):
            reached = [index for index in batch.items if self.lengths[index] > position]
            rows, columns = batch.places([position] * len(reached), reached)
            sums.add(position, _states(hidden_states, rows, columns))

    def _only_targets(self, batch: Batch) -> AbstractContextManager[None]:
        """The last hidden state is right at the pieces of the target words that are pooled, and nowhere else."""
        pieces = [(index, place) for index in batch.items for place in range(*self.items[index].target)]
        if self.pooling == "last":
            pieces = [(index, self.items[index].target[1] - 1) for index in batch.items]
        items, positions = zip(*pieces, strict=True)
        return self.model.last_block.at(batch.places(positions, items))

    def _keep_next_ids(self, batch: Batch, last: "torch.Tensor") -> None:
        """The last hidden state at the last token predicts the next one."""
        rows, columns = batch.places([self.lengths[index] - 1 for index in batch.items], batch.items)
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

    def finish(self) -> Extract:
        """The frozen result."""
        freeze(self.vectors)
        next_tokens = tuple(self.model.tokenizer.piece(int(token)) for token in self.next_ids)
        return Extract(self.vectors, None if self.sums is None else self.sums.spread(), next_tokens)


def _states(hidden_states: "Sequence[torch.Tensor]", rows: "torch.Tensor", columns: "torch.Tensor") -> FloatArray:
    """(layer, place, hidden) float32 at the given rows and columns of every (row, column, hidden) layer."""
    import torch

    states = torch.stack([layer[rows, columns] for layer in hidden_states])
    return states.float().cpu().numpy()  # type: ignore[no-any-return]  # torch is not type-checked
