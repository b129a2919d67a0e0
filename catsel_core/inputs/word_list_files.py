"""Word lists as text: read from tables, lines or JSON, and written as CSV and JSON."""

import json
import unicodedata

from catsel_core.inputs.column_names import WORD_COLUMNS
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.tables import MAX_FILE_BYTES, is_framed, read_grid, without_separator_line, write_table
from catsel_core.inputs.word_list_json import read_json
from catsel_core.inputs.word_list_outlines import read_outline
from catsel_core.inputs.word_list_tables import read_table
from catsel_core.inputs.word_lists import WordList, split_words
from catsel_core.language import mark


def parse(data: bytes, encoding: str = "", has_header: bool | None = None) -> Reading[WordList]:
    """A word list from the bytes of a file, with what was guessed about it.

    Args:
        data: the file.
        encoding: its encoding, if it was chosen by hand.
        has_header: whether the first row of a table has names in it, if that was chosen by hand.

    Raises:
        InputError: if the file is too large or not text, or what :func:`parse_text` raises.
    """
    decoded = decode(data, mark("word list"), MAX_FILE_BYTES, encoding)
    return parse_text(decoded.text, has_header).after([decoded.remark])


def parse_text(text: str, has_header: bool | None = None) -> Reading[WordList]:
    """A word list from text: JSON, a table with or without names of columns, ``name: words`` lines, or headings.

    Raises:
        InputError: if it cannot be read in one way only; the message says how it was read, and what to change.
    """
    text = without_separator_line(unicodedata.normalize("NFC", text.removeprefix("\ufeff")))
    if text.lstrip().startswith(("{", '["', "[{", "[[")) or _is_json_list(text):
        return read_json(text)
    is_table = _begins_with_names(text) or is_framed([line for line in text.splitlines() if line.strip()])
    outline = None if is_table else read_outline(text)
    return outline or read_table(read_grid(text), has_header)


def _is_json_list(text: str) -> bool:
    """Whether this is a list in brackets, and no heading in brackets with words below it."""
    first = text.lstrip().split("\n", maxsplit=1)[0].strip()
    return first.startswith("[") and not (first.endswith("]") and len(text.split()) > len(first.split()))


def _begins_with_names(text: str) -> bool:
    """Whether the first line that is no comment has names of columns in it."""
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    names = {name.strip(" \"'").casefold() for name in split_words(first.replace("|", ","))}
    known = [len(names & WORD_COLUMNS[what]) for what in ("category", "word")]
    return len(names) > 1 and sum(known) > 0 and not any(sign in first for sign in ":：=")


def to_csv(words: WordList) -> str:
    """CSV text with the columns category, word, color; :func:`parse_text` reads it back."""
    rows = ((category.name, word, category.color) for category, word in words.labelled_words())
    return write_table(("category", "word", "color"), rows, "\n")


def to_json(words: WordList) -> str:
    """JSON text of the list; :func:`parse_text` reads it back, empty categories included."""
    entries = [{"name": c.name, "color": c.color, "words": list(c.words)} for c in words.categories]
    return json.dumps({"categories": entries}, ensure_ascii=False, indent=2)
