"""Items and input sets: what every analysis starts from.

An item is a token sequence, the positions of its target tokens, and a group label. Words in a
template are one way to make items; whatever makes them, the rest of the core sees only an
:class:`InputSet`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.tokenizer import Encoding, TextTokenizer
from catsel_core.inputs.word_list_checks import validated
from catsel_core.inputs.word_lists import WordList
from catsel_core.inputs.writing import has_halves

PLACEHOLDER = "{word}"
DEFAULT_TEMPLATE = f"The next word is {PLACEHOLDER}"
"""The book's prompt."""

TEMPLATES = (
    DEFAULT_TEMPLATE,
    f"I like the word {PLACEHOLDER}",
    f"This is about the {PLACEHOLDER}",
    f"She thought about {PLACEHOLDER}",
    f"A synonym of {PLACEHOLDER}",
    PLACEHOLDER,
)
"""Prompts to choose from; the last is the bare word, without a space before it."""

MAX_TEMPLATE_CHARACTERS = 500

Pooling = Literal["last", "mean", "drop"]
"""What to do with a word of several tokens: its last piece, the mean of its pieces, or leave it out."""

TokenPooling = Literal["last", "mean"]
"""How the vectors of several target tokens become one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One prompt.

    label: the word or another name under which figures show it.
    group: its category, sense or target word.
    text: the whole prompt.
    token_ids: (token,) of the prompt, special tokens in front included.
    target: [first, last) token positions of the word in question.
    pieces: its tokens, as text.
    span: [start, stop) characters of the word in ``text``.
    """

    label: str
    group: str
    text: str
    token_ids: tuple[int, ...]
    target: tuple[int, int]
    pieces: tuple[str, ...]
    span: tuple[int, int] = (0, 0)

    @property
    def spelling(self) -> tuple[int, ...]:
        """Token ids of the target: before any context, items with equal ones have equal vectors."""
        return self.token_ids[slice(*self.target)]


@dataclass(frozen=True, slots=True)
class InputSet:
    """Items in display order, what was left out of them, and how target pieces become one vector."""

    items: tuple[Item, ...]
    dropped: tuple[Item, ...]
    pooling: TokenPooling

    @property
    def labels(self) -> tuple[str, ...]:
        """Group label of every item."""
        return tuple(item.group for item in self.items)

    @property
    def words(self) -> tuple[str, ...]:
        """Display label of every item."""
        return tuple(item.label for item in self.items)


def checked_template(template: str) -> str:
    """``template`` itself, if it has the placeholder exactly once, a bearable length and whole characters.

    Raises:
        InputError: otherwise.
    """
    found = template.count(PLACEHOLDER)
    if found != 1:
        raise InputError(
            f"The prompt must contain {PLACEHOLDER} exactly once; “{shortened(template, 80)}” has it "
            f"{found} times. Try “{DEFAULT_TEMPLATE}”."
        )
    if len(template) > MAX_TEMPLATE_CHARACTERS:
        raise InputError(
            f"The prompt has {len(template)} characters; at most {MAX_TEMPLATE_CHARACTERS} are allowed. Shorten it."
        )
    if has_halves(template):
        raise InputError(f"The prompt has half of a character in it: {template[:30]!a}. Type it anew.")
    return template


@dataclass(frozen=True, slots=True)
class TokenizedWords:
    """The words of a list in their prompts, as one tokenizer splits them.

    items: of every word that has text tokens, in the order of the list.
    unspellable: {(category, word): what is wrong, as a sentence} of the others.
    """

    items: tuple[Item, ...]
    unspellable: dict[tuple[str, str], str]


def tokenized_words(words: WordList, template: str, tokenizer: TextTokenizer) -> TokenizedWords:
    """Put every word into the template and find its tokens.

    The word's tokens are those that touch its characters, so a space before the word belongs to
    it where the tokenizer says so (`` word`` is the form of running text).

    Raises:
        InputError: a broken list or template.
    """
    items: list[Item] = []
    unspellable: dict[tuple[str, str], str] = {}
    for category, word, start, text, encoding in _encoded(validated(words), template, tokenizer):
        try:
            first, last = target_tokens(encoding, word, start, tokenizer)
        except InputError as exc:
            unspellable[category, word] = str(exc)
            continue
        pieces = tuple(tokenizer.piece(token) for token in encoding.ids[first:last])
        items.append(Item(word, category, text, encoding.ids, (first, last), pieces, (start, start + len(word))))
    return TokenizedWords(tuple(items), unspellable)


def word_items(words: WordList, template: str, pooling: Pooling, tokenizer: TextTokenizer) -> InputSet:
    """The words in their prompts, all of which must have tokens: see :func:`pooled_words`.

    Raises:
        InputError: a broken list or template, an unknown ``pooling``, a word without tokens, or too little left.
    """
    return pooled_words(tokenized_words(words, template, tokenizer), pooling)


def pooled_words(words: TokenizedWords, pooling: Pooling) -> InputSet:
    """All words of a list as one set.

    Raises:
        InputError: a word without tokens, an unknown ``pooling``, or too little left after dropping.
    """
    for sentence in words.unspellable.values():
        raise InputError(sentence)
    return pooled(words.items, pooling)


def _encoded(words: WordList, template: str, tokenizer: TextTokenizer) -> Iterator[tuple[str, str, int, str, Encoding]]:
    """(category, word, first character of the word, prompt, its tokens) of every word."""
    before, _, after = checked_template(template).partition(PLACEHOLDER)
    labelled = list(words.labelled_words())
    texts = [before + word + after for _, word in labelled]
    for (category, word), text, encoding in zip(labelled, texts, tokenizer.encode(texts), strict=True):
        yield category.name, word, len(before), text, encoding


def pooled(items: Sequence[Item], pooling: Pooling) -> InputSet:
    """The items as one set, with what is to happen to targets of several tokens.

    Raises:
        InputError: an unknown ``pooling``, or too little left after dropping.
    """
    if pooling not in get_args(Pooling):
        raise InputError(f"pooling must be one of {get_args(Pooling)}; got {pooling!r}")
    if pooling != "drop":
        return InputSet(tuple(items), (), pooling)
    of_one_token = tuple(item for item in items if len(item.pieces) == 1)
    dropped = tuple(item for item in items if len(item.pieces) > 1)
    _check_what_is_left(of_one_token, dropped)
    return InputSet(of_one_token, dropped, "last")


def target_tokens(encoding: Encoding, word: str, start: int, tokenizer: TextTokenizer) -> tuple[int, int]:
    """[first, last) token positions of the word that begins at the character ``start``.

    Raises:
        InputError: if the tokenizer makes nothing of it, or something that is not text.
    """
    try:
        first, last = encoding.covering(start, start + len(word))
    except IndexError as exc:
        raise InputError(f"The tokenizer makes no token of “{word}”. Remove it.") from exc
    for token in encoding.ids[first:last]:
        if token in tokenizer.special:
            raise InputError(
                f"This model's tokenizer has no text tokens for “{word}”: it makes {tokenizer.piece(token)} of it. "
                "Remove it, or choose another model."
            )
    return first, last


def _check_what_is_left(left: tuple[Item, ...], dropped: tuple[Item, ...]) -> None:
    sizes = Counter(item.group for item in left)
    emptied = [item.group for item in dropped if item.group not in sizes]
    if emptied:
        raise InputError(
            f"Every word of “{emptied[0]}” has several tokens, so leaving such words out empties it. "
            "Use their last piece or the mean of pieces, or give it shorter words."
        )
    if max(sizes.values(), default=0) >= 2:
        return
    labels = list(dict.fromkeys(item.label for item in dropped))
    gone = ", ".join(labels[:5]) + (" …" if len(labels) > 5 else "")
    raise InputError(
        f"Leaving out words of several tokens ({gone}) leaves no category with two words "
        "(or group with two sentences). Use their last piece or the mean of pieces."
    )
