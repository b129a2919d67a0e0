"""Words of several tokens: their pieces as text, and a list that is mostly made of them."""

from collections.abc import Sequence

from catsel_core.inputs.items import InputSet, Item
from catsel_core.inputs.quotations import shortened
from catsel_core.language import mark, tr

_MOSTLY = 0.5

_OF_THE_MEAN = mark(
    "{count} of {total} words are several tokens to this model ({example}), and their vectors are those of the mean of "
    "their pieces: words can look alike because they are cut alike. Shorter or more common words, or another model, "
    "show categories more clearly."
)
_OF_THE_LAST = mark(
    "{count} of {total} words are several tokens to this model ({example}), and their vectors are those of their last "
    "piece alone: words can look alike because they are cut alike. Shorter or more common words, or another model, "
    "show categories more clearly."
)


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
    whole = (item for item in split if "".join(item.pieces).strip() == item.label)  # no parts of characters
    shown = next(whole, split[0])
    example = tr("“{word}” is {pieces}", word=shortened(shown.label), pieces=shortened(pieces_of(shown), 60))
    message = _OF_THE_MEAN if inputs.pooling == "mean" else _OF_THE_LAST
    return tr(message, count=len(split), total=len(words), example=example)
