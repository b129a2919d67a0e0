"""Word lists as text: CSV (columns ``category,word`` and, if wanted, ``color``), JSON, or ``name: words`` lines."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.word_lists import COLOR, PALETTE, Category, WordList, make_word_list, split_words

MAX_FILE_BYTES = 1_000_000
"""Larger files are refused before they are read: no word list comes near."""


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


def _parse_columns(rows: list[list[str]]) -> WordList:
    """A spreadsheet's cells with a category in each column, its name on top."""
    names = [" ".join(cell.split()) for cell in rows[0]]
    columns = [[word for row in rows[1:] if at < len(row) for word in split_words(row[at])] for at in range(len(names))]
    return make_word_list((name, words) for name, words in zip(names, columns, strict=True) if name or words)


def parse_csv(text: str) -> WordList:
    """A word list from CSV text with a header row; commas, semicolons or tabs separate.

    Raises:
        InputError: if the header lacks ``category`` or ``word``, or a row lacks one of them.
    """
    header, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as exc:
        raise InputError(f"The CSV cannot be read: {exc}. Look for an unclosed quotation mark.") from exc
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    if delimiter == "\t" and len(names) > 1 and not {"category", "word"} & set(names):
        return _parse_columns(rows)
    if "category" not in names or "word" not in names:
        shown = ", ".join(names) or "nothing"
        raise InputError(f"The CSV needs a first row with the columns category and word; it has {shown}.")
    return _from_rows(rows[1:], names)


def _from_rows(rows: list[list[str]], names: list[str]) -> WordList:
    words: dict[str, list[str]] = {}
    colors: dict[str, str] = {}
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(names, (" ".join(cell.split()) for cell in cells), strict=False))
        category, word = row.get("category", ""), row.get("word", "")
        if not category or not word:
            raise InputError(f"Row {number} of the CSV has no {'category' if not category else 'word'}: {cells}.")
        words.setdefault(category, []).extend(split_words(word))
        if row.get("color"):
            colors.setdefault(category, _checked_color(row["color"], category))
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
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"“{twice}” stands twice in the same place of the JSON. Rename one.")
    return made


def _are_entries(value: Any) -> bool:
    """Whether these are categories, as in :func:`to_json`, and not the words of a category called “categories”."""
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(entry, dict) for entry in value))


def _entry(position: int, entry: Any) -> tuple[str, list[str], str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise InputError(f"Category {position} of the JSON needs a name that is text.")
    words = entry.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(f"The words of “{entry['name']}” in the JSON must be a list of texts.")
    color = _checked_color(entry.get("color") or "", entry["name"])
    return entry["name"], [word for cell in words for word in split_words(cell)], color


def _checked_color(color: Any, category: str) -> str:
    if color == "" or (isinstance(color, str) and COLOR.fullmatch(color)):
        return str(color)
    raise InputError(f"Colour “{color}” of category “{category}” must look like #1f77b4.")


def to_csv(words: WordList) -> str:
    """CSV text with the columns category, word, color; :func:`parse_csv` reads it back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("category", "word", "color"))
    writer.writerows((category.name, word, category.color) for category, word in words.labelled_words())
    return out.getvalue()


def to_json(words: WordList) -> str:
    """JSON text of the list; :func:`parse_json` reads it back, empty categories included."""
    entries = [{"name": c.name, "color": c.color, "words": list(c.words)} for c in words.categories]
    return json.dumps({"categories": entries}, ensure_ascii=False, indent=2)
