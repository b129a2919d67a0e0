"""Sentences as files: CSV with the columns group, text and target, and the set that comes with catsel."""

import functools
from collections.abc import Iterable
from dataclasses import astuple
from importlib import resources

from catsel_core.inputs.encodings import decode
from catsel_core.inputs.sentences import FIELDS, Sentence, checked
from catsel_core.inputs.tables import MAX_FILE_BYTES, Row, Table, read_table, write_table


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
    table = read_table(decode(data, "sentence list", MAX_FILE_BYTES))
    table.require(FIELDS)
    return tuple(_sentence(table, row) for row in table.rows)


def _sentence(table: Table, row: Row) -> Sentence:
    if any(map(str.strip, row.cells[len(table.header) :])):
        fault = f"has {len(row.cells)} cells, the first row {len(table.header)}"
        raise row.error(fault, "Put a text that contains the separator between quotation marks.")
    record = table.record(row, FIELDS, "Fill it in or remove it.")
    return Sentence(*(record[name] for name in FIELDS))


def to_csv(sentences: Iterable[Sentence]) -> str:
    """CSV text with the columns group, text, target; :func:`parse_sentences` reads its UTF-8 back."""
    return write_table(FIELDS, map(astuple, sentences))
