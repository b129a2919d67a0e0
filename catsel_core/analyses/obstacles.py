"""Why a word cannot be compared: what keeps it from a side."""

from collections.abc import Sequence
from dataclasses import dataclass

from catsel_core.inputs.items import Item, Pooling, TokenizedWords
from catsel_core.inputs.words_in_pieces import pieces_of
from catsel_core.language import mark, tr

_NO_TOKENS = mark("no tokens on side {side}")
_SEVERAL_TOKENS = mark("several tokens on side {side}: {pieces}")

Key = tuple[str, str]
"""(category, word)."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a word from one side.

    message: in English, with a place for the letter of the side and one for the pieces of the word.
    """

    message: str
    side: str
    pieces: str = ""

    @property
    def reason(self) -> str:
        """For files, which say the same in every language."""
        return self.message.format(side=self.side, pieces=self.pieces)

    @property
    def said(self) -> str:
        """In the language that is spoken."""
        return tr(self.message, side=self.side, pieces=self.pieces)


def key_of(item: Item) -> Key:
    """What tells a word from the others on both sides."""
    return item.group, item.label


def obstacles_of(poolings: Sequence[Pooling], tokenized: Sequence[TokenizedWords]) -> dict[Key, list[Obstacle]]:
    """What keeps words from being compared: one obstacle for each side that cannot use a word.

    Args:
        poolings: (side,) what is done with words of several tokens.
        tokenized: (side,).
    """
    found: dict[Key, list[Obstacle]] = {}
    for letter, pooling, words in zip("AB", poolings, tokenized, strict=True):
        for key in words.unspellable:
            found.setdefault(key, []).append(Obstacle(_NO_TOKENS, letter))
        for item in words.items:
            if pooling == "drop" and len(item.pieces) > 1:
                found.setdefault(key_of(item), []).append(Obstacle(_SEVERAL_TOKENS, letter, pieces_of(item)))
    return found
