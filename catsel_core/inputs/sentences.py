"""Sentences in groups: the same spelling in different meanings, each settled before the word in question.

A :class:`Sentence` is plain data. :func:`checked` refuses a list that cannot be used, :func:`findings`
says what is worth knowing about it, :func:`sentence_items` makes the items that a model reads. Files of
sentences, and those that come with catsel, are in ``sentence_files``.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from catsel_core.errors import InputError
from catsel_core.inputs.items import InputSet, Item, Pooling, pooled, target_tokens
from catsel_core.inputs.quotations import and_more, listed, quoted, shortened
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.inputs.word_lists import MAX_WORD_CHARACTERS, in_word
from catsel_core.language import mark, tr

MAX_SENTENCES = 400
"""Sentences that one list may hold: every pair of them is compared at every layer."""

MAX_SENTENCE_CHARACTERS = 600
"""Longer texts are paragraphs; the model would read them for long."""

_MOST_ROWS = 20  # that a note names
_WITHOUT_SPACES = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", ""}

FIELDS = ("group", "text", "target")
"""What a sentence consists of, in the order of a :class:`Sentence`."""

_NAMES = (mark("sense"), mark("text"), mark("word"))
"""What they are called where a visitor reads of them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, the word in it that is looked at, and the group (the sense of that word) it belongs to."""

    group: str
    text: str
    target: str


def checked(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences themselves with their letters composed (NFC), if they can be used.

    Raises:
        InputError: with the first reason why they cannot.
    """
    if len(sentences) > MAX_SENTENCES:
        surplus = len(sentences) - MAX_SENTENCES
        raise InputError(
            tr(
                "There are {count} sentences; at most {most} can be compared. Remove {surplus}.",
                count=len(sentences),
                most=MAX_SENTENCES,
                surplus=surplus,
            )
        )
    composed = tuple(Sentence(*(_composed(value) for value in astuple(sentence))) for sentence in sentences)
    for message in _errors(composed):
        raise InputError(message)
    return composed


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def findings(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """What is worth knowing about sentences that are :func:`checked`; none of it keeps them from being used."""
    kinds = (_inside_words, _lonely_groups, _leading_targets, _shared_texts, _targets_of_one_group)
    return tuple(note for kind in kinds for note in kind(sentences))


def target_span(sentence: Sentence) -> tuple[int, int]:
    """Characters [start, stop) of the target: where it stands last as a whole word, else where it stands last.

    A whole word has no letter, digit or underscore on either side; in writing without spaces there may be none.

    Raises:
        InputError: if the target is not in the text.
    """
    text, target = sentence.text, sentence.target
    last = text.rfind(target)
    if last < 0 or not target:
        raise InputError(
            tr(
                "“{target}” is not in the text “{text}”. Write it exactly as it stands there.",
                target=shortened(target),
                text=shortened(text),
            )
        )
    start = last
    while start >= 0 and not _is_whole(text, start, start + len(target)):
        start = text.rfind(target, 0, start + len(target) - 1)  # the one before; the two may overlap
    start = last if start < 0 else start
    return start, start + len(target)


def _is_whole(text: str, start: int, stop: int) -> bool:
    return not (in_word(text[max(0, start - 1) : start]) or in_word(text[stop : stop + 1]))


def sentence_items(sentences: Sequence[Sentence], pooling: Pooling, tokenizer: TextTokenizer) -> InputSet:
    """Find the target's tokens in every sentence; the sentences are put in order of their word, then of their group.

    Words come in order of their first sentence, and so do the groups of a word; a group stays together even
    if it has several words. The target's tokens are those that touch its characters.

    Raises:
        InputError: what :func:`checked` raises, an unknown ``pooling``, or too little left after dropping.
    """
    ordered = _in_order(checked(sentences))
    items: list[Item] = []
    for sentence, encoding in zip(ordered, tokenizer.encode([s.text for s in ordered]), strict=True):
        span = target_span(sentence)
        target = target_tokens(encoding, sentence.target, span[0], tokenizer)
        split = tuple(tokenizer.piece(token) for token in encoding.ids[slice(*target)])
        items.append(Item(sentence.target, sentence.group, sentence.text, encoding.ids, target, split, span))
    return pooled(items, pooling)


def _errors(sentences: Sequence[Sentence]) -> Iterator[str]:
    if not sentences:
        yield tr("There are no sentences. Add two senses with a few sentences each.")
    first: dict[Sentence, int] = {}
    for number, sentence in enumerate(sentences, start=1):
        yield from _faults(number, sentence)
        other = first.setdefault(sentence, number)
        if other != number:
            group, text, target = map(shortened, astuple(sentence))
            yield tr(
                "Sentence {number} repeats sentence {other}: “{target}” of “{group}” in “{text}”. Remove one.",
                number=number,
                other=other,
                target=target,
                group=group,
                text=text,
            )
    sizes = Counter(sentence.group for sentence in sentences)
    if len(sizes) == 1:
        only = shortened(next(iter(sizes)))
        yield tr(
            "At least two senses are needed to compare; all sentences are in “{only}”. Add another.",
            only=only,
        )
    if max(sizes.values(), default=0) < 2:
        yield tr("No sense has two sentences, so there is no pair within a sense. Give one a second sentence.")


def _faults(number: int, sentence: Sentence) -> Iterator[str]:
    """What is wrong with one sentence by itself."""
    fields = dict(zip(_NAMES, astuple(sentence), strict=True))
    yield from _empty_fields(number, fields)
    yield from _long_fields(number, fields)
    for name, value in fields.items():
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\r\n" for c in value):
            yield tr(
                "The {name} of sentence {number} has characters that are no text: {beginning!a}. Type it anew.",
                name=tr(name),
                number=number,
                beginning=value[:30],
            )
    if sentence.target not in sentence.text:
        yield tr(
            "“{target}” is not in sentence {number} (“{text}”). Write the word exactly as it stands there, capitals "
            "included.",
            target=shortened(sentence.target),
            number=number,
            text=shortened(sentence.text),
        )


def _empty_fields(number: int, fields: Mapping[str, str]) -> Iterator[str]:
    filled = ", ".join(quoted(shortened(value)) for value in fields.values() if value.strip())
    known = f" ({filled})" if filled else ""
    for name, value in fields.items():
        if not value.strip():
            yield tr(
                "Sentence {number} has no {name}{known}. Fill it in or remove the sentence.",
                number=number,
                name=tr(name),
                known=known,
            )


def _long_fields(number: int, fields: Mapping[str, str]) -> Iterator[str]:
    text, group = fields["text"], fields["sense"]
    if len(text) > MAX_SENTENCE_CHARACTERS:
        yield tr(
            "Sentence {number} (“{text}”) has {length} characters; at most {most} are allowed. Shorten it.",
            number=number,
            text=shortened(text),
            length=len(text),
            most=MAX_SENTENCE_CHARACTERS,
        )
    if len(group) > MAX_WORD_CHARACTERS:
        yield tr(
            "The sense of sentence {number} (“{sense}”) has {length} characters; at most {most} are allowed. Shorten "
            "it.",
            number=number,
            sense=shortened(group),
            length=len(group),
            most=MAX_WORD_CHARACTERS,
        )


def _inside_words(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Targets that stand in longer words only, sentence by sentence."""
    inside = []
    for number, sentence in enumerate(sentences, start=1):
        word = _longer_word(sentence)
        if word:
            inside.append(tr("“{word}” in sentence {number}", word=shortened(word), number=number))
    if inside:
        named = ", ".join(inside[:_MOST_ROWS])
        yield tr(
            "A target that stands only inside a longer word is compared as that part of it: {named}. Give the whole "
            "word if that is meant.",
            named=and_more(named, len(inside) - _MOST_ROWS) if len(inside) > _MOST_ROWS else named,
        )


def _longer_word(sentence: Sentence) -> str:
    """The longer word in which the target stands; empty if it is a whole word, or in writing without spaces."""
    text, (start, stop) = sentence.text, target_span(sentence)
    first, last = start, stop
    while first > 0 and in_word(text[first - 1]):
        first -= 1
    while last < len(text) and in_word(text[last]):
        last += 1
    outside = text[first:start] + text[stop:last]
    return text[first:last] if any(map(_is_spaced, outside)) else ""


def _is_spaced(letter: str) -> bool:
    """Whether this is a letter of a script that writes spaces between words."""
    return unicodedata.name(letter, "").split(" ", maxsplit=1)[0] not in _WITHOUT_SPACES


def _lonely_groups(sentences: Sequence[Sentence]) -> Iterator[str]:
    sizes = Counter(sentence.group for sentence in sentences)
    lonely = [group for group, size in sizes.items() if size == 1]
    if lonely:
        yield tr(
            "A sense with one sentence adds no pair within a sense; it still counts across senses: {senses}.",
            senses=listed(lonely),
        )


def _leading_targets(sentences: Sequence[Sentence]) -> Iterator[str]:
    leading = [s for s in sentences if not any(map(in_word, s.text[: target_span(s)[0]]))]
    if leading:
        starts = [shortened(sentence.text) for sentence in leading]
        yield tr(
            "A word that comes first in its sentence has no context before it, and is often a different token than the "
            "same word after a space: {sentences}.",
            sentences=listed(starts),
        )


def _shared_texts(sentences: Sequence[Sentence]) -> Iterator[str]:
    groups: dict[str, dict[str, None]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.text, {})[sentence.group] = None
    shared = [(text, names) for text, names in groups.items() if len(names) > 1]
    if shared:
        text, names = shared[0]
        named = tr("“{text}” (in {senses})", text=shortened(text), senses=listed(names))
        yield tr(
            "A sentence with several senses makes pairs that share their context, whatever the senses mean: {named}.",
            named=and_more(named, len(shared) - 1) if len(shared) > 1 else named,
        )


def _targets_of_one_group(sentences: Sequence[Sentence]) -> Iterator[str]:
    groups: dict[str, set[str]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.target, set()).add(sentence.group)
    single = [target for target, names in groups.items() if len(names) == 1]
    if single:
        yield tr(
            "A word with sentences in one sense only has no other sense to be compared with: {words}.",
            words=listed(single),
        )


def _in_order(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sorted by the place of the group's word among all words, then by the place of the group among all groups."""
    word_of: dict[str, str] = {}
    for sentence in sentences:
        word_of.setdefault(sentence.group, sentence.target)
    word_place = {word: place for place, word in enumerate(dict.fromkeys(word_of.values()))}
    group_place = {group: place for place, group in enumerate(word_of)}
    return sorted(sentences, key=lambda s: (word_place[word_of[s.group]], group_place[s.group]))
