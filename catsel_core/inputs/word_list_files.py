"""Word lists as text: CSV (columns ``category,word`` and, if wanted, ``color``), JSON, or ``name: words`` lines."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.tables import MAX_FILE_BYTES, Table, read_table, tidy_cell, write_table
from catsel_core.inputs.word_lists import COLOR, PALETTE, Category, WordList, make_word_list, split_words


def parse(data: bytes) -> WordList:
    """A word list from the bytes of a file: JSON by its first character, ``name: words`` lines by their colons, or CSV.

    Raises:
        InputError: if the file is too large or not text; with the line or key that cannot be read.
    """
    text = decode(data, "word list", MAX_FILE_BYTES)
    if text.lstrip().startswith(("{", "[")):
        return parse_json(text)
    lines = [line for line in text.splitlines() if line.strip()]
    return parse_lines(lines) if lines and all(":" in line for line in lines) else parse_csv(text)


def parse_lines(lines: Iterable[str]) -> WordList:
    """A word list from lines like ``fruit: apple, pear``."""
    merged: dict[str, list[str]] = {}
    for line in lines:
        name, _, words = line.partition(":")
        merged.setdefault(name.strip(), []).extend(split_words(words))
    return make_word_list(merged.items())


def parse_csv(text: str) -> WordList:
    """A word list from CSV text with a header row; commas, semicolons or tabs separate.

    Raises:
        InputError: if the header lacks ``category`` or ``word``, or a row lacks one of them.
    """
    table = read_table(text)
    if table.delimiter == "\t" and len(table.names) > 1 and not {"category", "word"} & set(table.names):
        return _from_columns(table)
    table.require(("category", "word"))
    return _from_rows(table)


def _from_columns(table: Table) -> WordList:
    """A spreadsheet's cells with a category in each column, its name on top."""
    words: list[list[str]] = [[] for _ in table.header]
    for row in table.rows:
        for column, cell in zip(words, row.cells, strict=False):
            column.extend(split_words(tidy_cell(cell)))
    named = zip(table.header, words, strict=True)
    return make_word_list((name, column) for name, column in named if name or column)


def _from_rows(table: Table) -> WordList:
    words: dict[str, list[str]] = {}
    colors: dict[str, str] = {}
    for row in table.rows:
        record = table.record(row, ("category", "word"))
        category = " ".join(record["category"].split())
        words.setdefault(category, []).extend(split_words(record["word"]))
        if record.get("color"):
            colors.setdefault(category, _checked_color(record["color"], category))
    palette = {name: PALETTE[index % len(PALETTE)] for index, name in enumerate(words)}
    return WordList(tuple(Category(n, tuple(w), colors.get(n, palette[n])) for n, w in words.items()))


def parse_json(text: str) -> WordList:
    """A word list from JSON: ``{"name": ["word", ...], ...}`` or the form of :func:`to_json`.

    Raises:
        InputError: if the text is not JSON of one of these forms.
    """
    try:
        loaded = json.loads(text, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError) as exc:
        raise InputError(f"The JSON cannot be read: {exc}.") from exc
    entries = loaded
    if isinstance(loaded, dict) and _are_entries(loaded.get("categories")):
        entries = loaded["categories"]
    if isinstance(entries, dict):
        entries = [{"name": name, "words": words} for name, words in entries.items()]
    if not isinstance(entries, list):
        raise InputError('The JSON must look like {"fruit": ["apple", "pear"], "space": ["moon", "star"]}.')
    parsed = [_entry(position, entry) for position, entry in enumerate(entries, start=1)]
    colors = [color or PALETTE[index % len(PALETTE)] for index, (_, _, color) in enumerate(parsed)]
    return make_word_list([(name, words) for name, words, _ in parsed], colors)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise InputError(f"“{shortened(twice)}” stands twice in the same place of the JSON. Rename one.")
    return made


def _are_entries(value: Any) -> bool:
    """Whether these are categories, as in :func:`to_json`, and not the words of a category called “categories”."""
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(entry, dict) for entry in value))


def _entry(position: int, entry: Any) -> tuple[str, list[str], str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise InputError(f"Category {position} of the JSON needs a name that is text.")
    words = entry.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(f"The words of “{shortened(entry['name'])}” in the JSON must be a list of texts.")
    color = _checked_color(entry.get("color") or "", entry["name"])
    return entry["name"], [word for cell in words for word in split_words(cell)], color


def _checked_color(color: Any, category: str) -> str:
    if color == "" or (isinstance(color, str) and COLOR.fullmatch(color)):
        return str(color)
    raise InputError(f"Colour “{shortened(str(color))}” of category “{shortened(category)}” must look like #1f77b4.")


def to_csv(words: WordList) -> str:
    """CSV text with the columns category, word, color; :func:`parse_csv` reads it back."""
    rows = ((category.name, word, category.color) for category, word in words.labelled_words())
    return write_table(("category", "word", "color"), rows, "\n")


def to_json(words: WordList) -> str:
    """JSON text of the list; :func:`parse_json` reads it back, empty categories included."""
    entries = [{"name": c.name, "color": c.color, "words": list(c.words)} for c in words.categories]
    return json.dumps({"categories": entries}, ensure_ascii=False, indent=2)
