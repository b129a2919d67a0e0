"""Hidden states at the target words: the only place where a model runs.

Every prompt's shared beginning is computed once and reused through the key-value cache; the
rest runs in batches of bounded size. Only what later stages use is kept: the target vectors and
the variance over items, not the hidden states of every token.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, freeze
from catsel_core.inputs import InputSet, Item
from catsel_core.loading import LoadedModel
from catsel_core.probe import expanded

if TYPE_CHECKING:
    import torch

MAX_BATCH_TOKENS = 2048
"""Tokens in one forward pass, padding included."""

Progress = Callable[[int, int], None]
"""Called with (items done, items in all)."""


@dataclass(frozen=True, slots=True)
class Activations:
    """What one input set leaves behind; layer 0 is the embedding. Arrays are read-only.

    vectors: (layer, item, hidden) float32, the pooled target vector of every item.
    variance: (layer, position, hidden) float32, over items (n − 1), at every token position that
        at least two items reach; no position at all if the variance was not asked for.
    position_items: (position,) int64, how many items reach the position.
    next_tokens: the most likely token after each prompt, as text.
    """

    vectors: FloatArray
    variance: FloatArray
    position_items: NDArray[np.int64]
    next_tokens: tuple[str, ...]


def compute_activations(
    inputs: InputSet, model: LoadedModel, progress: Progress | None = None, *, variance: bool = True
) -> Activations:
    """Run the model over every item of ``inputs``, in float32 and inference mode.

    The model is used by one caller at a time (``model.lock``). What ``progress`` raises ends the run.
    Without ``variance`` only the target vectors ever leave the model.
    """
    import torch

    with model.lock, torch.inference_mode():
        run = _Run(inputs, model, variance)
        done = 0
        for batch in _batches(inputs.items, run.prefix_length):
            run.forward(batch)
            done += len(batch)
            if progress is not None:
                progress(done, len(inputs.items))
    return run.finish()


def shared_prefix(items: Sequence[Item]) -> int:
    """Number of leading tokens that all items share; every item keeps at least one token of its own."""
    shortest = min(len(item.token_ids) for item in items)
    first = items[0].token_ids
    for position in range(shortest - 1):
        if any(item.token_ids[position] != first[position] for item in items):
            return position
    return shortest - 1


def _batches(items: Sequence[Item], prefix: int) -> Iterator[list[int]]:
    """Item indices in groups of similar length, each group within MAX_BATCH_TOKENS."""
    order = sorted(range(len(items)), key=lambda index: len(items[index].token_ids))
    batch: list[int] = []
    for index in order:
        length = len(items[index].token_ids) - prefix
        if batch and (len(batch) + 1) * length > MAX_BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    yield batch


class _Run:
    """The vectors of one input set while its batches pass through the model."""

    def __init__(self, inputs: InputSet, model: LoadedModel, variance: bool) -> None:
        self.items, self.pooling, self.model = inputs.items, inputs.pooling, model
        self.prefix_length = shared_prefix(self.items) if model.shares_prefix else 0
        self.prefix_cache: Any = None
        self.prefix_states: torch.Tensor | None = None  # (layer, prefix, hidden)
        if self.prefix_length:
            self._run_prefix()
        self.vectors = np.empty((model.n_layers, len(self.items), model.width), np.float32)
        longest = max(len(item.token_ids) for item in self.items)
        self.spread = _Spread(model.n_layers, longest, model.width) if variance else None
        self.next_ids = np.empty(len(self.items), np.int64)

    def _run_prefix(self) -> None:
        import torch

        ids = torch.tensor([self.items[0].token_ids[: self.prefix_length]], device=self.model.device)
        out = self.model.base(input_ids=ids, use_cache=True, output_hidden_states=True)
        self.prefix_cache = out.past_key_values
        self.prefix_states = torch.stack(out.hidden_states)[:, 0]  # (layer, prefix, hidden)

    def forward(self, batch: list[int]) -> None:
        """One pass over the items' own tokens, padded on the right (causal, so padding reaches nothing real)."""
        import torch

        own = [self.items[index].token_ids[self.prefix_length :] for index in batch]
        longest = max(map(len, own))
        ids = torch.tensor([list(tokens) + [tokens[-1]] * (longest - len(tokens)) for tokens in own])
        out = self.model.base(
            input_ids=ids.to(self.model.device), output_hidden_states=True, **self._going_on(len(batch))
        )
        lasts = torch.tensor([len(tokens) - 1 for tokens in own], device=self.model.device)
        final = out.last_hidden_state[torch.arange(len(batch), device=self.model.device), lasts]  # (batch, hidden)
        self.next_ids[batch] = self.model.head(final).argmax(-1).cpu().numpy()
        for row, index in enumerate(batch):
            self._keep(index, [layer[row] for layer in out.hidden_states])

    def _going_on(self, size: int) -> dict[str, Any]:
        """Arguments for items that go on where the prefix ends; not every model knows a cache."""
        if self.prefix_cache is None:
            return {"use_cache": False}
        return {"past_key_values": expanded(self.prefix_cache, size), "use_cache": True}

    def _keep(self, index: int, own: "list[torch.Tensor]") -> None:
        item = self.items[index]
        first, last = item.target
        first = last - 1 if self.pooling == "last" else first
        self.vectors[:, index] = self._states(own, first, last).mean(axis=1)
        if self.spread is not None:
            self.spread.add(self._states(own, 0, len(item.token_ids)))

    def _states(self, own: "list[torch.Tensor]", start: int, stop: int) -> FloatArray:
        """(layer, token, hidden) of an item's tokens [start, stop), from the prefix and its ``own`` pass, by layer."""
        import torch

        prefix = self.prefix_length
        states = torch.stack([layer[max(start - prefix, 0) : max(stop - prefix, 0)] for layer in own])
        if self.prefix_states is not None:
            states = torch.cat((self.prefix_states[:, start : min(stop, prefix)], states), dim=1)
        return states.float().cpu().numpy()  # type: ignore[no-any-return]  # torch is not type-checked

    def finish(self) -> Activations:
        """The frozen result."""
        n_layers, _, width = self.vectors.shape
        spread = self.spread or _Spread(n_layers, 0, width)
        variance, reached = spread.variance()
        next_tokens = tuple(self.model.tokenizer.piece(int(token)) for token in self.next_ids)
        freeze(self.vectors, variance, reached)
        return Activations(self.vectors, variance, reached, next_tokens)


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

    def add(self, states: FloatArray) -> None:
        """Take in one item's (layer, token, hidden)."""
        length = states.shape[1]
        fresh = self.counts[:length] == 0
        self.reference[:, :length][:, fresh] = states[:, fresh]
        difference = (states - self.reference[:, :length]).astype(np.float64)
        self.total[:, :length] += difference
        self.squares[:, :length] += difference**2
        self.counts[:length] += 1

    def variance(self) -> tuple[FloatArray, NDArray[np.int64]]:
        """(layer, position, hidden) variance (n − 1), and the (position,) number of items, where it is two or more."""
        reached = self.counts >= 2
        n = self.counts[reached][:, None]  # (position, 1)
        total, squares = self.total[:, reached], self.squares[:, reached]
        return np.maximum((squares - total**2 / n) / (n - 1), 0).astype(np.float32), self.counts[reached]
