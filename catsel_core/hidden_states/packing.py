"""How items lie in the rows of a forward pass: padded one by one, or packed behind what they all begin with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catsel_core.inputs.items import Item

if TYPE_CHECKING:
    import torch

MAX_BATCH_TOKENS = 1024
"""Tokens in one forward pass, padding included: measured, more is no faster, and every hidden state of them is held."""

PACK_TOKENS = 96
"""Longest row of several items. With more, attention across the row costs more than the row saves; and some models
look back a limited number of columns only, so that no row may be longer than the one a model has been tried with."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Items of one forward pass.

    items: their indices, row by row.
    rows: token ids of every row; what the items of a row begin with comes first.
    starts: {item index: (row, column of the item's first own token)}.
    prefix: tokens at the beginning of a row that belong to all of its items.
    owns: {item index: number of own tokens}.
    """

    items: list[int]
    rows: list[list[int]]
    starts: dict[int, tuple[int, int]]
    prefix: int
    owns: dict[int, int]

    @property
    def packed(self) -> bool:
        """Whether a row holds several items."""
        return len(self.items) > len(self.rows)

    def places(self, positions: Sequence[int], items: Sequence[int]) -> "tuple[torch.Tensor, torch.Tensor]":
        """Rows and columns where these token positions of these items are."""
        import torch

        rows, columns = torch.tensor(list(map(self._place, items, positions))).T
        return rows, columns

    def _place(self, index: int, position: int) -> tuple[int, int]:
        row, start = self.starts[index]
        return row, position if position < self.prefix else start + position - self.prefix


def shared_prefix(items: Sequence[Item]) -> int:
    """Number of leading tokens that all items share; every item keeps at least one token of its own."""
    shortest = min(len(item.token_ids) for item in items)
    first = items[0].token_ids
    for position in range(shortest - 1):
        if any(item.token_ids[position] != first[position] for item in items):
            return position
    return shortest - 1


def batches(items: Sequence[Item], *, packs: bool) -> Iterator[Batch]:
    """All items, those of similar length together, in batches of :data:`MAX_BATCH_TOKENS` and at least one row.

    Args:
        items: in any order.
        packs: whether the model takes rows of several items; if not, every item has a row of its own.
    """
    prefix = shared_prefix(items) if packs else 0
    rows: list[list[int]] = []
    longest = 0
    for row in _item_rows(items, prefix, packs=packs):
        length = prefix + sum(len(items[index].token_ids) - prefix for index in row)
        if rows and (len(rows) + 1) * max(longest, length) > MAX_BATCH_TOKENS:
            yield _batch(items, rows, prefix)
            rows, longest = [], 0
        rows.append(row)
        longest = max(longest, length)
    yield _batch(items, rows, prefix)


def fit_one_pass(items: Sequence[Item]) -> bool:
    """Whether a model that takes rows of several items reads all of these in one pass."""
    prefix = shared_prefix(items)
    rows = _item_rows(items, prefix, packs=True)
    lengths = [prefix + sum(len(items[index].token_ids) - prefix for index in row) for row in rows]
    return len(lengths) == 1 or len(lengths) * max(lengths) <= MAX_BATCH_TOKENS


def _item_rows(items: Sequence[Item], prefix: int, *, packs: bool) -> Iterator[list[int]]:
    """Item indices row by row, short items first."""
    row: list[int] = []
    filled = prefix
    for index in sorted(range(len(items)), key=lambda index: len(items[index].token_ids)):
        own = len(items[index].token_ids) - prefix
        if row and (not packs or filled + own > PACK_TOKENS):
            yield row
            row, filled = [], prefix
        row.append(index)
        filled += own
    yield row


def _batch(items: Sequence[Item], rows: list[list[int]], prefix: int) -> Batch:
    tokens: list[list[int]] = []
    starts: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        line = list(items[row[0]].token_ids[:prefix])
        for index in row:
            starts[index] = (number, len(line))
            line += items[index].token_ids[prefix:]
        tokens.append(line)
    order = [index for row in rows for index in row]
    return Batch(order, tokens, starts, prefix, {index: len(items[index].token_ids) - prefix for index in order})


def forward(base: Any, batch: Batch, device: Any, dtype: "torch.dtype") -> Any:
    """All hidden states of one batch, from the model without its head; they are of ``dtype``.

    Rows are padded on the right: a causal model, packed or not, lets padding reach nothing real.
    """
    import torch

    longest = max(map(len, batch.rows))
    ids = torch.tensor([row + [row[-1]] * (longest - len(row)) for row in batch.rows])  # (row, column)
    arguments = _tree(batch, longest, dtype) if batch.packed else {}
    arguments = {name: value.to(device) for name, value in arguments.items()}
    return base(input_ids=ids.to(device), output_hidden_states=True, use_cache=False, **arguments)


def _tree(batch: Batch, longest: int, dtype: "torch.dtype") -> "dict[str, torch.Tensor]":
    """Positions (row, column) in each token's own prompt, and what every token sees, (row, 1, column, column).

    The mask is one to be added to the attention scores, which every kind of attention takes.
    """
    import torch

    owner = torch.full((len(batch.rows), longest), -1)  # −1: the beginning, and the padding behind all items
    positions = torch.arange(longest).repeat(len(batch.rows), 1)
    for index, (row, start) in batch.starts.items():
        own = slice(start, start + batch.owns[index])
        owner[row, own] = index
        positions[row, own] = torch.arange(batch.prefix, batch.prefix + batch.owns[index])
    for row, tokens in enumerate(batch.rows):
        positions[row, len(tokens) :] = 0  # padding must not reach past the positions a model knows
    seen = torch.ones(longest, longest, dtype=torch.bool).tril()  # (column, column): nothing looks ahead
    common = torch.arange(longest) < batch.prefix
    seen = seen & (common | (owner[:, :, None] == owner[:, None, :]))  # (row, column, column)
    mask = torch.zeros(seen.shape, dtype=dtype).masked_fill(~seen, torch.finfo(dtype).min)
    return {"attention_mask": mask[:, None], "position_ids": positions}
