"""Small real tokenizers of every kind that language models come with, trained on a few sentences."""

import functools
import json
from collections.abc import Callable
from typing import Any

import pytest
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

from catsel_core.inputs.tokenizer import TextTokenizer
from tests.support.tiny import SINGLE, new_folder

UNKNOWN, BEGIN, END, TURN = "<unk>", "<s>", "</s>", "<|im_start|>"
SPECIAL = [UNKNOWN, BEGIN, END, TURN]

ADDED = ("nasa", "lightyear", "parsec")
"""Tokens added to a vocabulary, not special: taking the spaces before them, those behind them, or none."""

TEXT = [f"The next word is {word} and the {word} is a word. I like the {word}, the ({word})." for word in SINGLE] * 20

_LETTERS = (*map(chr, range(ord(" "), ord("~") + 1)), *"äöüßé")
_DOUBLED = " ".join(letter * 2 for letter in _LETTERS)
"""Every letter where a word begins, and where it goes on and ends."""


def byte_level(trim: bool = False, prefix: bool = False) -> Tokenizer:
    """As in GPT-2: bytes, merged within words, a space belongs to the word behind it.

    trim: leave the space out of what a token is said to cover, as GPT-NeoX does.
    prefix: put a space before every text.
    """
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    made.decoder = decoders.ByteLevel()
    made.train_from_iterator(TEXT, _bpe_trainer(initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    made.post_processor = processors.ByteLevel(trim_offsets=trim)
    return made


def sentencepiece() -> Tokenizer:
    """As in Llama 1 and 2: no words, ``▁`` for a space and one before the text, single bytes for rare characters."""
    trained = Tokenizer(models.BPE())
    marks = pre_tokenizers.Punctuation()  # which SentencePiece never joins with letters
    trained.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(), marks])
    trained.train_from_iterator(TEXT, _bpe_trainer())
    learned = json.loads(trained.to_str())["model"]
    vocabulary: dict[str, int] = learned["vocab"]
    for byte in range(256):
        vocabulary[f"<0x{byte:02X}>"] = len(vocabulary)
    merges = [tuple(pair) for pair in learned["merges"]]
    made = Tokenizer(models.BPE(vocabulary, merges, unk_token=UNKNOWN, fuse_unk=True, byte_fallback=True))
    made.add_special_tokens(SPECIAL)
    made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    return made


def unigram(scheme: Any) -> Tokenizer:
    """Pieces chosen by their probabilities, ``▁`` for a space; ``scheme`` says which beginnings get one as well."""
    pieces = [(f"▁{word}", -3.0) for word in SINGLE] + [(word[:3], -5.0) for word in SINGLE]
    rest = [(letter, -9.0) for letter in ("▁", *_LETTERS)]
    made = Tokenizer(models.Unigram([*((token, 0.0) for token in SPECIAL), *pieces, *rest], unk_id=0))
    made.add_special_tokens(SPECIAL)
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme)
    made.decoder = decoders.Metaspace(prepend_scheme=scheme)
    return made


def word_pieces() -> Tokenizer:
    """As in BERT: lower case, no accents, no spaces; ``##`` marks what goes on within a word."""
    made = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=SPECIAL, show_progress=False)
    made.train_from_iterator([*TEXT, _DOUBLED], trainer)
    return made


def word_ends() -> Tokenizer:
    """As in the first GPT: lower case, no spaces; ``</w>`` marks where a word ends."""
    made = Tokenizer(models.BPE(unk_token=UNKNOWN, end_of_word_suffix="</w>"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.BPEDecoder("</w>")
    made.train_from_iterator([*TEXT, _DOUBLED], _bpe_trainer(end_of_word_suffix="</w>"))
    return made


def whole_words() -> Tokenizer:
    """Lower-case words and nothing smaller, no spaces."""
    made = Tokenizer(models.WordLevel(unk_token=UNKNOWN))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation()])
    made.train_from_iterator(TEXT, trainers.WordLevelTrainer(special_tokens=SPECIAL, show_progress=False))
    return made


def characters() -> Tokenizer:
    """One token a character, a space as well."""
    vocabulary = {token: number for number, token in enumerate([*SPECIAL, "\n", *_LETTERS])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    made.add_special_tokens(SPECIAL)
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    made.decoder = decoders.Fuse()
    return made


def opened(made: Tokenizer) -> Tokenizer:
    """The same, with a token that begins every text."""
    return _around(made, f"{BEGIN} $A")


def closed(made: Tokenizer) -> Tokenizer:
    """The same, with a token that ends every text."""
    return _around(made, f"$A {END}")


def enclosed(made: Tokenizer) -> Tokenizer:
    """The same, with two tokens that begin every text and two that end it."""
    return _around(made, f"{BEGIN} {TURN} $A {END} {END}")


def normalized(made: Tokenizer, normalizer: Any) -> Tokenizer:
    """The same, with every text rewritten first."""
    made.normalizer = normalizer
    return made


def added(made: Tokenizer) -> Tokenizer:
    """The same, with :data:`ADDED`."""
    left, right, plain = ADDED
    made.add_tokens([AddedToken(left, lstrip=True), AddedToken(right, rstrip=True), AddedToken(plain)])
    return made


KINDS: dict[str, Callable[[], Tokenizer]] = {
    "bytes": byte_level,
    "bytes, opened": lambda: opened(byte_level()),
    "bytes, closed": lambda: closed(byte_level()),
    "bytes, trimmed, enclosed": lambda: enclosed(byte_level(trim=True)),
    "bytes, space before every text": lambda: byte_level(prefix=True),
    "bytes, composed": lambda: opened(normalized(byte_level(), normalizers.NFKC())),
    "bytes, decomposed": lambda: normalized(byte_level(), normalizers.NFD()),
    "bytes, added tokens": lambda: opened(added(byte_level())),
    "sentencepiece, opened": lambda: opened(sentencepiece()),
    "sentencepiece, added tokens": lambda: enclosed(added(sentencepiece())),
    "unigram, always": lambda: closed(unigram("always")),
    "unigram, first": lambda: opened(unigram("first")),
    "unigram, never": lambda: unigram("never"),
    "word pieces, enclosed": lambda: _bert(word_pieces()),
    "word ends": word_ends,
    "whole words": lambda: closed(whole_words()),
    "characters": characters,
    "characters, opened": lambda: opened(characters()),
}
"""How to make every kind."""

FOLDING = ("word pieces, enclosed", "word ends", "whole words")
"""Kinds that take case and accents away."""

SPELLING = tuple(kind for kind in KINDS if not kind.startswith("unigram") and kind != "whole words")
"""Kinds that can spell ``<s>``: for Unigram it is a piece like others, and whole words have no letters."""

every_kind = pytest.mark.parametrize("kind", KINDS)


@functools.lru_cache(maxsize=len(KINDS))
def raw(kind: str) -> Tokenizer:
    """A tokenizer as its library has it."""
    return KINDS[kind]()


@functools.lru_cache(maxsize=len(KINDS))
def tokenizer_of_kind(kind: str) -> TextTokenizer:
    """The same, saved to a folder and read from there."""
    return from_file(raw(kind))


def from_file(made: Tokenizer) -> TextTokenizer:
    """What the core reads from the file of a tokenizer."""
    folder = new_folder("tokenizer")
    made.save(str(folder / "tokenizer.json"))
    return TextTokenizer.from_folder(folder)


def _bpe_trainer(**settings: Any) -> trainers.BpeTrainer:
    return trainers.BpeTrainer(vocab_size=420, special_tokens=SPECIAL, show_progress=False, **settings)


def _around(made: Tokenizer, template: str) -> Tokenizer:
    vocabulary = made.get_vocab()
    numbers = [(token, vocabulary[token]) for token in (BEGIN, END, TURN)]
    around = processors.TemplateProcessing(single=template, special_tokens=numbers)
    made.post_processor = processors.Sequence([made.post_processor, around]) if made.post_processor else around
    return made


def _bert(made: Tokenizer) -> Tokenizer:
    vocabulary = made.get_vocab()
    made.post_processor = processors.BertProcessing((END, vocabulary[END]), (BEGIN, vocabulary[BEGIN]))
    return made
