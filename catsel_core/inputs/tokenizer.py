"""Text to tokens, without torch: the Rust tokenizer that a model folder carries as ``tokenizer.json``."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import freeze
from catsel_core.errors import ModelError
from catsel_core.inputs.pieces import readable
from catsel_core.language import tr

if TYPE_CHECKING:
    import tokenizers
    from tokenizers import Tokenizer


_SPACE_MARK = "▁"
"""How SentencePiece vocabularies write a space."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """Token ids of a text, and for each token the [start, stop) characters that it covers."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def covering(self, start: int, stop: int) -> tuple[int, int]:
        """[first, last) token positions that touch the characters [start, stop)."""
        hits = [at for at, (left, right) in enumerate(self.spans) if left < stop and right > start]
        return hits[0], hits[-1] + 1


@dataclass(frozen=True, slots=True, eq=False)
class TokenArrays:
    """Tokens of a long text, all (token,) int32 and read-only: ids, and the [starts, stops) characters they cover."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    stops: NDArray[np.int32]


class TextTokenizer:
    """What the core needs of a tokenizer: texts to tokens, a token to readable text.

    A text is only text: where it spells a special token, such as ``<s>``, it is read letter by letter.
    """

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer

    @classmethod
    def from_folder(cls, folder: Path) -> "TextTokenizer":
        """The tokenizer of a model folder.

        Raises:
            ModelError: if ``tokenizer.json`` is missing or damaged.
        """
        from tokenizers import Tokenizer

        path = folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(
                tr("{folder} has no tokenizer.json, so its words cannot be split into tokens.", folder=folder)
            )
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as exc:  # the Rust side raises plain Exception
            raise ModelError(tr("{file} cannot be read as a tokenizer: {reason}", file=path, reason=exc)) from exc
        tokenizer.no_truncation()  # settings of somebody's training run, saved with the file
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # those that a text spells; what is added around a text stays
        return cls(tokenizer)

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Tokens of every text, behind the special tokens that the model expects first.

        Those that close a text are left out: the model would predict what comes after its end.
        """
        return [_unclosed(encoded) for encoded in self._tokenizer.encode_batch(list(texts))]

    def encode_long(self, text: str) -> TokenArrays:
        """Tokens of a whole book, without the special tokens that begin a prompt."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        spans = np.array(encoded.offsets, np.int32).reshape(-1, 2)
        arrays = TokenArrays(np.array(encoded.ids, np.int32), spans[:, 0].copy(), spans[:, 1].copy())
        freeze(arrays.ids, arrays.starts, arrays.stops)
        return arrays

    @property
    def opening(self) -> tuple[int, ...]:
        """Special tokens that the model expects before every prompt (often none)."""
        encoded = self._tokenizer.encode("a")
        return tuple(encoded.ids[: _leading(encoded.special_tokens_mask)])

    @functools.cached_property
    def special(self) -> frozenset[int]:
        """Tokens that are no text: marks such as ``<s>``, and what stands for whatever the vocabulary cannot spell."""
        unknown = self._tokenizer.token_to_id(getattr(self._tokenizer.model, "unk_token", None) or "")
        marks = (number for number, token in self._tokenizer.get_added_tokens_decoder().items() if token.special)
        return frozenset(marks) | ({unknown} if unknown is not None else set())

    def piece(self, token_id: int) -> str:
        """A token as text, its leading space kept; a part of a character shows as its bytes: ``‹E5 B0›``.

        A model may have more outputs than its tokenizer has tokens; those show as their number.
        """
        token = self._tokenizer.id_to_token(token_id)
        if token is None:
            return f"[{token_id}]"
        if token.startswith(_SPACE_MARK):  # decoding alone drops it, as it would at the start of a text
            return token.replace(_SPACE_MARK, " ")
        text: str = self._tokenizer.decode([token_id], skip_special_tokens=False)
        if text and "\N{REPLACEMENT CHARACTER}" not in text:
            return text
        return readable(token)


def _unclosed(encoded: "tokenizers.Encoding") -> Encoding:
    stop = len(encoded.ids) - _leading(encoded.special_tokens_mask[::-1])
    return Encoding(tuple(encoded.ids[:stop]), tuple(encoded.offsets[:stop]))


def _leading(special: Sequence[int]) -> int:
    """How many of the first tokens were added by the tokenizer."""
    return len(list(takewhile(bool, special)))
