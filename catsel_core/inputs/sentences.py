"""Sentences in groups: the same spelling in different meanings, each settled before the word in question.

A :class:`Sentence` is plain data. :func:`checked` refuses a list that cannot be used, :func:`findings`
says what is worth knowing about it, :func:`sentence_items` makes the items that a model reads.
"""

import csv
import functools
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from importlib import resources

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.items import InputSet, Item, Pooling, pooled, target_tokens
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.inputs.word_lists import MAX_WORD_CHARACTERS, in_word

MAX_SENTENCES = 400
"""Sentences that one list may hold: every pair of them is compared at every layer."""

MAX_SENTENCE_CHARACTERS = 600
"""Longer texts are paragraphs; the model would read them for long."""

MAX_FILE_BYTES = 1_000_000
"""Larger files are refused before they are read: the longest list is shorter."""

COLUMNS = ("group", "text", "target")
"""Columns of a CSV of sentences."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, the word in it that is looked at, and the group (the sense of that word) it belongs to."""

    group: str
    text: str
    target: str


@functools.lru_cache(maxsize=1)
def bundled_senses() -> tuple[Sentence, ...]:
    """Eight ambiguous English words in two senses each, eight sentences a sense.

    What stands before the target settles its sense. The two words right before it are the same in
    both senses of a word, equally often, so they do not give it away.
    """
    return checked(parse_sentences(resources.files("catsel_core.inputs").joinpath("senses.csv").read_bytes()))


def parse_sentences(data: bytes) -> tuple[Sentence, ...]:
    """Sentences from CSV with the columns group, text and target; commas, semicolons or tabs separate.

    Columns may come in any order and case, further ones are ignored. White space around a cell is no part of it.

    Raises:
        InputError: if the bytes are not text, a column is missing, or a row cannot be read (with its number).
    """
    text = decode(data, "sentence list", MAX_FILE_BYTES)
    header = next(iter(text.splitlines()), "")
    delimiter = max(",;\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as exc:
        raise InputError(f"The CSV cannot be read: {exc}. Look for an unclosed quotation mark.") from exc
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        shown = ", ".join(filter(None, names)) or "nothing"
        raise InputError(f"The CSV needs a first row with the columns group, text and target; it has {shown}.")
    filled = ((number, cells) for number, cells in enumerate(rows[1:], start=2) if any(map(str.strip, cells)))
    return tuple(_from_cells(number, cells, names) for number, cells in filled)


def to_csv(sentences: Iterable[Sentence]) -> str:
    """CSV text with the columns group, text, target; :func:`parse_sentences` reads its UTF-8 back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # with both characters in it, line ends inside cells are quoted
    writer.writerow(COLUMNS)
    writer.writerows(astuple(sentence) for sentence in sentences)
    return out.getvalue()


def checked(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences themselves, if they can be used.

    Raises:
        InputError: with the first reason why they cannot.
    """
    for message in _errors(sentences):
        raise InputError(message)
    return tuple(sentences)


def findings(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """What is worth knowing about sentences that are :func:`checked`; none of it keeps them from being used."""
    return (*_lonely_groups(sentences), *_leading_targets(sentences), *_shared_texts(sentences), *_single(sentences))


def target_span(sentence: Sentence) -> tuple[int, int]:
    """Characters [start, stop) of the target: where it stands last as a whole word, else where it stands last.

    A whole word has no letter, digit or underscore on either side; in writing without spaces there may be none.

    Raises:
        InputError: if the target is not in the text.
    """
    text, target = sentence.text, sentence.target
    starts = [at for at in range(len(text) - len(target) + 1) if text.startswith(target, at)]
    if not starts or not target:
        raise InputError(f"“{target}” is not in the text “{_start(text)}”. Write it exactly as it stands there.")
    whole = [at for at in starts if not (in_word(text[:at][-1:]) or in_word(text[at + len(target) :][:1]))]
    start = (whole or starts)[-1]
    return start, start + len(target)


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


def _from_cells(number: int, cells: list[str], names: list[str]) -> Sentence:
    if any(map(str.strip, cells[len(names) :])):
        raise InputError(
            f"Row {number} of the CSV has {len(cells)} cells, the first row {len(names)}: {_start(str(cells))}. "
            "Put a text that contains the separator between quotation marks."
        )
    row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    for name in COLUMNS:
        if not row.get(name):
            raise InputError(f"Row {number} of the CSV has no {name}: {_start(str(cells))}. Fill it in or remove it.")
    return Sentence(row["group"], row["text"], row["target"])


def _errors(sentences: Sequence[Sentence]) -> Iterator[str]:
    if not sentences:
        yield "There are no sentences. Add two groups with a few sentences each."
    if len(sentences) > MAX_SENTENCES:
        surplus = len(sentences) - MAX_SENTENCES
        yield f"There are {len(sentences)} sentences; at most {MAX_SENTENCES} can be compared. Remove {surplus}."
    first: dict[Sentence, int] = {}
    for number, sentence in enumerate(sentences, start=1):
        yield from _faults(number, sentence)
        if first.setdefault(sentence, number) != number:
            yield (
                f"Sentence {number} repeats sentence {first[sentence]}: “{sentence.target}” of “{sentence.group}” "
                f"in “{_start(sentence.text)}”. Remove one."
            )
    sizes = Counter(sentence.group for sentence in sentences)
    if len(sizes) == 1:
        yield f"At least two groups are needed to compare; all sentences are in “{next(iter(sizes))}”. Add a group."
    if max(sizes.values(), default=0) < 2:
        yield "No group has two sentences, so there is no within-group pair. Give one group a second sentence."


def _faults(number: int, sentence: Sentence) -> Iterator[str]:
    group, text, target = astuple(sentence)
    for name, value in zip(COLUMNS, (group, text, target), strict=True):
        if not value.strip():
            known = ", ".join(f"“{_start(other)}”" for other in (group, text, target) if other.strip())
            yield f"Sentence {number} has no {name}{known and f' ({known})'}. Fill it in or remove the sentence."
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\r\n" for c in value):
            yield f"The {name} of sentence {number} has characters that are no text: {value[:30]!a}. Type it anew."
    if len(text) > MAX_SENTENCE_CHARACTERS:
        yield (
            f"Sentence {number} (“{_start(text)}”) has {len(text)} characters; "
            f"at most {MAX_SENTENCE_CHARACTERS} are allowed. Shorten it."
        )
    if len(group) > MAX_WORD_CHARACTERS:
        yield (
            f"The group of sentence {number} (“{_start(group)}”) has {len(group)} characters; "
            f"at most {MAX_WORD_CHARACTERS} are allowed. Shorten it."
        )
    if target not in text:
        yield (
            f"“{target}” is not in sentence {number} (“{_start(text)}”). "
            "Write the target exactly as it stands there, capitals included."
        )


def _lonely_groups(sentences: Sequence[Sentence]) -> Iterator[str]:
    sizes = Counter(sentence.group for sentence in sentences)
    lonely = [group for group, size in sizes.items() if size == 1]
    if lonely:
        yield f"A group with one sentence adds no within-group pair; it still counts across groups: {_listed(lonely)}."


def _leading_targets(sentences: Sequence[Sentence]) -> Iterator[str]:
    leading = [s for s in sentences if not any(map(in_word, s.text[: target_span(s)[0]]))]
    if leading:
        starts = [_start(sentence.text) for sentence in leading]
        yield (
            "A target that stands first in its sentence has no context before it, and is often another token "
            f"than the same word after a space: {_listed(starts)}."
        )


def _shared_texts(sentences: Sequence[Sentence]) -> Iterator[str]:
    groups: dict[str, dict[str, None]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.text, {})[sentence.group] = None
    shared = [f"{_start(text)}” (in {_listed(names)})" for text, names in groups.items() if len(names) > 1]
    if shared:
        more = f" and {len(shared) - 1} more" if len(shared) > 1 else ""
        yield (
            "A text in several groups makes pairs that share their context, whatever the groups mean: "
            f"“{shared[0]}{more}."
        )


def _single(sentences: Sequence[Sentence]) -> Iterator[str]:
    groups: dict[str, set[str]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.target, set()).add(sentence.group)
    single = [target for target, names in groups.items() if len(names) == 1]
    if single:
        yield f"A target with sentences of one group only has no other sense to be compared with: {_listed(single)}."


def _in_order(sentences: Sequence[Sentence]) -> list[Sentence]:
    word_of: dict[str, str] = {}
    for sentence in sentences:
        word_of.setdefault(sentence.group, sentence.target)
    words, groups = list(dict.fromkeys(word_of.values())), list(word_of)
    return sorted(sentences, key=lambda s: (words.index(word_of[s.group]), groups.index(s.group)))


def _start(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"


def _listed(names: Iterable[str]) -> str:
    shown = [f"“{name}”" for name in names]
    return ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")
