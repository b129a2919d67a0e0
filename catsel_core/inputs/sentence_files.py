"""Sentences as files: tables and JSON with group, text and target, and the set that comes with catsel."""

import functools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from importlib import resources
from itertools import permutations
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.column_names import SENTENCE_COLUMNS, named_places, with_remarks
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.json_values import is_record, loaded_json, table_of
from catsel_core.inputs.quotations import listed
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.sentences import FIELDS, Sentence, checked
from catsel_core.inputs.tables import MAX_FILE_BYTES, Grid, Row, filled_down, read_grid, write_table
from catsel_core.language import mark, tr

Sentences = tuple[Sentence, ...]

_JSON_FORM = '[{"group": "bank/river", "text": "We sat on the bank.", "target": "bank"}, …]'
_MERGED = {
    "group": mark("empty cells read as the sense above"),
    "target": mark("empty cells read as the word above"),
}


@functools.lru_cache(maxsize=1)
def bundled_senses() -> Sentences:
    """Eight ambiguous English words in two senses each, eight sentences a sense.

    What stands before the target settles its sense. The two words right before it are the same in
    both senses of a word, equally often, so they do not give it away.
    """
    return checked(parse_sentences(resources.files("catsel_core.inputs").joinpath("senses.csv").read_bytes()).content)


def parse_sentences(data: bytes, encoding: str = "", has_header: bool | None = None) -> Reading[Sentences]:
    """Sentences from the bytes of a file, with what was guessed about it.

    Args:
        data: the file.
        encoding: its encoding, if it was chosen by hand.
        has_header: whether the first row has names of columns in it, if that was chosen by hand.

    Raises:
        InputError: if the file is too large or not text, or what :func:`parse_sentence_text` raises.
    """
    decoded = decode(data, mark("sentence list"), MAX_FILE_BYTES, encoding)
    return parse_sentence_text(decoded.text, has_header).after([decoded.remark])


def parse_sentence_text(text: str, has_header: bool | None = None) -> Reading[Sentences]:
    """Sentences from a table with the columns group, text and target under many names, or without names.

    Columns may come in any order and case, further ones are left out. White space around a cell is no part of it.
    JSON has records with the same names: in a list, in one under any name, or line by line.

    Raises:
        InputError: if a column is missing, or a row cannot be read (with its number).
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    if text.lstrip().startswith(("{", "[")):
        return _from_json(text)
    grid = read_grid(text)
    if has_header is not False:
        places = named_places(grid.names, SENTENCE_COLUMNS)
        if set(places) == set(FIELDS):
            return _with_names(grid, places)
    return _without_names(grid, has_header)


def _from_json(text: str) -> Reading[Sentences]:
    loaded = loaded_json(text)
    left: list[str] = []
    if isinstance(loaded, dict):
        loaded, left = _records_in(loaded)
    if _are_records(loaded):
        grid = table_of(loaded)
        places = named_places(grid.names, SENTENCE_COLUMNS)
        if set(places) == set(FIELDS):
            return _with_names(grid, places).after([tr("left out: {names}", names=listed(left))] if left else [])
    raise InputError(tr("The JSON must look like {form}.", form=_JSON_FORM))


def _records_in(loaded: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """The one list of records in an object or in catsel's own session, and what else there is; or a single record."""
    within = loaded.get("sentences")
    if "catsel_session" in loaded and isinstance(within, dict):
        return within.get("sentences"), []
    lists = [name for name, value in loaded.items() if _are_records(value)]
    if len(lists) != 1:
        return [loaded], []
    return loaded[lists[0]], [name for name in loaded if name != lists[0]]


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_record, value))


def _with_names(grid: Grid, places: Mapping[str, int]) -> Reading[Sentences]:
    columns = with_remarks(places, grid.names)
    rows, merged = grid.rows[1:], []
    for field, remark in _MERGED.items():
        filled = filled_down(rows, places[field])
        merged += [tr(remark)] if filled != rows else []
        rows = filled
    sentences = tuple(_sentence(row, places, len(grid.names)) for row in rows)
    return Reading(sentences, (*columns.remarks, *merged)).after([grid.comments])


def _without_names(grid: Grid, has_header: bool | None) -> Reading[Sentences]:
    """Three columns of which one is the text, since another one always stands in it."""
    rows = grid.rows[1:] if has_header else grid.rows
    cells = [row.tidy() for row in rows]
    fitting = [places for places in permutations(range(3)) if cells and all(_fits(row, places) for row in cells)]
    if len(fitting) != 1 or len(cells) < 2:
        has = listed(grid.names) or tr("nothing")
        raise InputError(
            tr("The CSV needs a first row with the columns group, text and target; it has {has}.", has=has)
        )
    places = dict(zip(FIELDS, fitting[0], strict=True))
    order = ", ".join(sorted(FIELDS, key=places.__getitem__))
    sentences = tuple(_sentence(row, places, 3) for row in rows)
    remark = tr("no header row, columns read as {order}", order=order)
    return Reading(sentences, (remark,), bool(has_header)).after([grid.comments])


def _fits(cells: Sequence[str], places: Sequence[int]) -> bool:
    """Whether the target stands in the text, and the group is no such word, with these places of FIELDS."""
    if len(cells) != 3 or not all(cells):
        return False
    group, text, target = (cells[at] for at in places)
    return target in text and len(target) < len(text) and len(group) < len(text)


def _sentence(row: Row, places: Mapping[str, int], width: int) -> Sentence:
    if row.width > width:
        message = mark(
            "Row {row} of the CSV has {width} cells, the first row {names}: {cells}. Put a text that contains the "
            "separator between quotation marks."
        )
        raise row.error(message, width=row.width, names=width)
    cells = row.tidy()
    found = {field: cells[at] if at < len(cells) else "" for field, at in places.items()}
    for field in FIELDS:
        if not found[field]:
            raise row.error(
                mark("Row {row} of the CSV has no {column}: {cells}. Fill it in or remove it."), column=field
            )
    return Sentence(*(found[field] for field in FIELDS))


def to_csv(sentences: Iterable[Sentence]) -> str:
    """CSV text with the columns group, text, target; :func:`parse_sentence_text` reads it back."""
    return write_table(FIELDS, map(astuple, sentences))
