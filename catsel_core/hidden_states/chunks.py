"""The plan of a run: which items pass through the model, and are stored, together."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from catsel_core.hidden_states.packing import MAX_BATCH_TOKENS, fit_one_pass
from catsel_core.inputs.items import Item


def chunks_of(items: Sequence[Item], *, by_group: bool) -> tuple[tuple[Item, ...], ...]:
    """The items in order, cut into as many as fit one forward pass: a second or two of work each.

    Equal items are always cut alike, whatever model reads them and whatever is stored already. A model that needs a
    row for every item takes several passes for a chunk of short ones.

    Args:
        items: of one input set.
        by_group: also cut where the group changes, so that another group more or less changes no other chunk.
    """
    if not by_group:
        return tuple(_cut(items))
    return tuple(chunk for _, members in groupby(items, key=lambda item: item.group) for chunk in _cut(tuple(members)))


def _cut(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    start = 0
    while start < len(items):
        most = min(len(items) - start, MAX_BATCH_TOKENS)  # an item has a token at least
        count = max(1, bisect_left(range(1, most + 1), True, key=lambda count: not _fit(items, start, count)))
        yield tuple(items[start : start + count])
        start += count


def _fit(items: Sequence[Item], start: int, count: int) -> bool:
    return fit_one_pass(items[start : start + count])
