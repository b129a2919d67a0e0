"""Target words as they are typed, and the forms in which each is written in a text."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from catsel_core.errors import InputError
from catsel_core.inputs.items import target_tokens
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.inputs.word_lists import MAX_WORD_CHARACTERS, split_words
from catsel_core.inputs.writing import composed
from catsel_core.language import tr

MAX_TARGETS = 8
"""Words that one search may be for; each has a colour of its own."""


def split_targets(text: str) -> tuple[str, ...]:
    """Target words of a typed text, separated by commas, semicolons or line ends, in NFC; spaces do not count."""
    return split_words(composed(text))


def checked_targets(targets: Sequence[str]) -> tuple[str, ...]:
    """``targets`` in Unicode's form NFC, if there are 1 to :data:`MAX_TARGETS` different ones.

    Raises:
        InputError: otherwise.
    """
    if not targets:
        raise InputError(tr("No target word is given. Type one to eight words, separated by commas."))
    if len(targets) > MAX_TARGETS:
        raise InputError(
            tr(
                "{count} target words are given; at most {most} fit. Remove some.",
                count=len(targets),
                most=MAX_TARGETS,
            )
        )
    for target in targets:
        _check_target(target)
    checked = tuple(map(composed, targets))
    for target, times in Counter(checked).items():
        if times > 1:
            raise InputError(tr("The target “{target}” is given twice. Keep one.", target=target))
    return checked


def _check_target(target: str) -> None:
    if len(target) > MAX_WORD_CHARACTERS:
        raise InputError(
            tr(
                "The target “{target}” has {length} characters; at most {most} are allowed.",
                target=shortened(target, 30),
                length=len(target),
                most=MAX_WORD_CHARACTERS,
            )
        )
    if not target.strip() or any(unicodedata.category(character) in ("Cc", "Cs") for character in target):
        raise InputError(tr("The target {target!a} is empty or no text. Type it anew.", target=target))


def check_forms_apart(targets: Sequence[str]) -> None:
    """Nothing, if no target is a form of another: the same but for the case of the first letter.

    Raises:
        InputError: otherwise; occurrences of forms would be counted for both.
    """
    seen: dict[str, str] = {}
    for target in targets:
        other = seen.setdefault(target[:1].lower() + target[1:], target)
        if other != target:
            raise InputError(
                tr(
                    "“{other}” and “{target}” are forms of one word. Keep one, or do not count other forms.",
                    other=other,
                    target=target,
                )
            )


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a word, as tokens of running text.

    text: as written, with the space before it if there is one.
    ids: token ids.
    pieces: the tokens as text.
    """

    text: str
    ids: tuple[int, ...]
    pieces: tuple[str, ...]


def forms_of(word: str, tokenizer: TextTokenizer) -> list[Form]:
    """The form of running text (behind a space) first, then those that are other tokens.

    Raises:
        InputError: if the vocabulary cannot spell the word.
    """
    capital = word[:1].upper() + word[1:]
    forms: dict[tuple[int, ...], Form] = {}
    for before, spelled in ((" ", word), ("\n", word), (" ", capital), ("\n", capital)):
        (encoding,) = tokenizer.encode([f"a{before}{spelled}"])
        try:
            first, last = target_tokens(encoding, spelled, 2, tokenizer)
        except InputError:
            if not forms:
                raise
            continue  # a form that the vocabulary cannot spell is in no text
        ids = encoding.ids[first:last]
        pieces = tuple(tokenizer.piece(token) for token in ids)
        forms.setdefault(ids, Form(before.strip("\n") + spelled, ids, pieces))
    return list(forms.values())
