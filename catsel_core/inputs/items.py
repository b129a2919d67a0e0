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
from catsel_core.language import tr

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
            tr(
                "The prompt must contain {placeholder} exactly once; “{template}” has it {found} times. Try “{usual}”.",
                placeholder=PLACEHOLDER,
                template=shortened(template, 80),
                found=found,
                usual=DEFAULT_TEMPLATE,
            )
        )
    if len(template) > MAX_TEMPLATE_CHARACTERS:
        raise InputError(
            tr(
                "The prompt has {length} characters; at most {most} are allowed. Shorten it.",
                length=len(template),
                most=MAX_TEMPLATE_CHARACTERS,
            )
        )
    if has_halves(template):
        raise InputError(
            tr("The prompt has half of a character in it: {beginning!a}. Type it anew.", beginning=template[:30])
        )
    return template


@dataclass(frozen=True, slots=True)
class TokenizedWords:
    """The words of a list in their prompts, as one tokenizer splits them.

    items: of every word that has text tokens, in the order of the list.
    unspellable: {(category, word): the token without text that is made of it, empty if there is none} of the others.
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
        target = _target(encoding, word, start, tokenizer)
        if isinstance(target, str):
            unspellable[category, word] = target
            continue
        first, last = target
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
    for (_, word), token in words.unspellable.items():
        raise InputError(_why_unspellable(word, token))
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
    target = _target(encoding, word, start, tokenizer)
    if isinstance(target, str):
        raise InputError(_why_unspellable(word, target))
    return target


def _target(encoding: Encoding, word: str, start: int, tokenizer: TextTokenizer) -> tuple[int, int] | str:
    """[first, last) token positions of the word; else the token without text that is made of it, empty if none is."""
    try:
        first, last = encoding.covering(start, start + len(word))
    except IndexError:
        return ""
    no_text = next((token for token in encoding.ids[first:last] if token in tokenizer.special), None)
    return (first, last) if no_text is None else tokenizer.piece(no_text)


def _why_unspellable(word: str, token: str) -> str:
    if not token:
        return tr("The tokenizer makes no token of “{word}”. Remove it.", word=word)
    return tr(
        "This model's tokenizer has no text tokens for “{word}”: it makes {token} of it. Remove it, or choose another "
        "model.",
        word=word,
        token=token,
    )


def _check_what_is_left(left: tuple[Item, ...], dropped: tuple[Item, ...]) -> None:
    sizes = Counter(item.group for item in left)
    emptied = [item.group for item in dropped if item.group not in sizes]
    if emptied:
        raise InputError(
            tr(
                "Every word of “{group}” has several tokens, so leaving such words out empties it. Use their last "
                "piece or the mean of pieces, or give it shorter words.",
                group=emptied[0],
            )
        )
    if max(sizes.values(), default=0) >= 2:
        return
    labels = list(dict.fromkeys(item.label for item in dropped))
    gone = ", ".join(labels[:5]) + (" …" if len(labels) > 5 else "")
    raise InputError(
        tr(
            "Leaving out words of several tokens ({gone}) leaves no category with two words (or group with two "
            "sentences). Use their last piece or the mean of pieces.",
            gone=gone,
        )
    )
