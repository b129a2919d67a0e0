"""A whole text, split into tokens by the tokenizer of a model."""

from dataclasses import dataclass

import numpy as np

from catsel_core.inputs.texts import Text
from catsel_core.inputs.tokenizer import TextTokenizer, TokenArrays
from catsel_core.inputs.writing import goes_on


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """A text and its tokens; ``n_unique`` of them are different."""

    text: Text
    tokens: TokenArrays
    n_unique: int

    @property
    def n_tokens(self) -> int:
        """Length of the text in tokens."""
        return len(self.tokens.ids)

    def between(self, first: int, stop: int) -> str:
        """The text that the tokens [first, stop) cover."""
        if stop <= first:
            return ""
        return self.text.content[self.tokens.starts[first] : self.tokens.stops[stop - 1]]

    def begins_inside_a_word(self, position: int) -> bool:
        """Whether the token at this position goes on with a word that began before it."""
        start, content = int(self.tokens.starts[position]), self.text.content
        return 0 < start < len(content) and goes_on(content[start - 1], content[start])

    def ends_inside_a_word(self, position: int) -> bool:
        """Whether the word goes on after the token at this position."""
        stop, content = int(self.tokens.stops[position]), self.text.content
        return 0 < stop < len(content) and goes_on(content[stop - 1], content[stop])


def corpus_of(text: Text, tokenizer: TextTokenizer) -> Corpus:
    """Split a text into tokens (about 2 s for 3 MB), without the special tokens that begin a prompt."""
    tokens = tokenizer.encode_long(text.content)
    return Corpus(text, tokens, len(np.unique(tokens.ids)))
