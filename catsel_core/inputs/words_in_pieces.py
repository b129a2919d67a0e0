"""Words of several tokens: their pieces as text, and a list that is mostly made of them."""

from collections.abc import Sequence

from catsel_core.inputs.items import InputSet, Item
from catsel_core.inputs.quotations import shortened

_MOSTLY = 0.5


def pieces_of(item: Item) -> str:
    """``so | fa``: the tokens of an item's target; a space alone is ␣."""
    return " | ".join(piece.strip() or "␣" for piece in item.pieces)


def words_in_pieces(items: Sequence[Item]) -> tuple[Item, ...]:
    """One item of every word that is several tokens, in order."""
    return tuple({item.label: item for item in items if len(item.pieces) > 1}.values())


def mostly_pieces(inputs: InputSet) -> str | None:
    """A warning, if more than half of the words are several tokens to the model; else None.

    Their vectors say as much about how the tokenizer cuts as about what the words mean.
    """
    words = {item.label for item in inputs.items}
    split = words_in_pieces(inputs.items)
    if len(split) <= _MOSTLY * len(words):
        return None
    how = "the mean of their pieces" if inputs.pooling == "mean" else "their last piece alone"
    whole = (item for item in split if "".join(item.pieces).strip() == item.label)  # no parts of characters
    shown = next(whole, split[0])
    example = f"“{shortened(shown.label)}” is {shortened(pieces_of(shown), 60)}"
    return (
        f"{len(split)} of {len(words)} words are several tokens to this model ({example}), and their vectors are those "
        f"of {how}: words can look alike because they are cut alike. Shorter or more common words, or another "
        "model, show categories more clearly."
    )
