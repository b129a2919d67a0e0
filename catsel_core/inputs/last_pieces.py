"""Words that end in the same token: as last pieces they begin as one vector, whatever the words mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from catsel_core.inputs.items import InputSet, Item
from catsel_core.inputs.quotations import listed
from catsel_core.language import tr, tr_count


@dataclass(frozen=True, slots=True)
class SharedPiece:
    """A token with which several words of a list end, and these words in the order of the list."""

    piece: str
    words: tuple[str, ...]

    @property
    def n_pairs(self) -> int:
        """Pairs of these words."""
        return len(self.words) * (len(self.words) - 1) // 2


def shared_last_pieces(inputs: InputSet) -> tuple[SharedPiece, ...]:
    """Tokens that stand for several words of a set, those of most words first; none unless last pieces stand for words.

    Words of one token each are left out: they are the same to the model in any case.
    """
    if inputs.pooling != "last":
        return ()
    groups: dict[int, dict[str, Item]] = {}
    for item in inputs.items:
        groups.setdefault(item.token_ids[item.target[1] - 1], {}).setdefault(item.label, item)
    shared = [
        SharedPiece(next(reversed(words.values())).pieces[-1].strip(), tuple(words))
        for words in groups.values()
        if len(words) > 1 and any(len(item.pieces) > 1 for item in words.values())
    ]
    return tuple(sorted(shared, key=lambda one: -len(one.words)))


def about_shared(shared: Sequence[SharedPiece]) -> str:
    """What it means for a result that words end alike."""
    first = shared[0]
    pairs = tr_count(
        "One pair of words ends in the same token ({words} in “{piece}”), which stands for the whole word.",
        "{count} pairs of words end in the same token ({words} in “{piece}”), which stands for the whole word.",
        sum(one.n_pairs for one in shared),
        words=listed(first.words),
        piece=first.piece,
    )
    meaning = tr(
        "Their similarity is 1 at Emb (nearly 1 in models that add positions there) and high in the first layers, "
        "whatever the words mean. The mean of pieces tells them apart."
    )
    return f"{pairs} {meaning}"
