"""CSV, read and written in one way: separators and columns are found, errors name the row, and no cell is a formula.

Spreadsheet programs run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, also behind a tab or a
carriage return. Such a cell is written with an apostrophe before it, and so is one in which apostrophes stand before
such a character; reading takes one apostrophe off again. What was written comes back exactly: ``-ing``, ``'tis``,
``'=x``. (Source: OWASP, "CSV Injection".)
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import shortened

MAX_FILE_BYTES = 1_000_000
"""Larger files are refused before they are read: no list of words or sentences comes near."""

_MOST_QUOTED = 100  # characters of a row in a message: it stays one line
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_WRITTEN_FORMULA = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: its number, where the header is row 1, and its cells as they stand in the file."""

    number: int
    cells: tuple[str, ...]

    def error(self, fault: str, way_out: str = "") -> InputError:
        """``Row 4 of the CSV has no word: ['b', ''].``, and the way out if there is one to name."""
        quoted = shortened(str(list(self.cells)), _MOST_QUOTED)
        return InputError(f"Row {self.number} of the CSV {fault}: {quoted}. {way_out}".rstrip())


@dataclass(frozen=True, slots=True)
class Table:
    """A file in cells.

    header: names of the columns as they are written.
    names: the same in small letters.
    """

    delimiter: str
    header: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def require(self, columns: Sequence[str]) -> None:
        """Nothing, if these columns are there, in any order and case.

        Raises:
            InputError: otherwise, with the columns that there are.
        """
        if set(columns) <= set(self.names):
            return
        wanted = f"{', '.join(columns[:-1])} and {columns[-1]}"
        found = shortened(", ".join(filter(None, self.names)), _MOST_QUOTED) or "nothing"
        raise InputError(f"The CSV needs a first row with the columns {wanted}; it has {found}.")

    def record(self, row: Row, filled: Iterable[str], way_out: str = "") -> dict[str, str]:
        """The row's cells by the names of their columns; cells beyond the header are not among them.

        Raises:
            InputError: if one of the columns ``filled`` has nothing in it; ``way_out`` is the message's end.
        """
        record = {name: tidy_cell(cell) for name, cell in zip(self.names, row.cells, strict=False)}
        for name in filled:
            if not record.get(name):
                raise row.error(f"has no {name}", way_out)
        return record


def read_table(text: str) -> Table:
    """The cells of CSV text; commas, semicolons or tabs separate, whichever is most frequent in the first line.

    Rows of empty cells are left out, but counted.

    Raises:
        InputError: if the text is no CSV, for example because a quotation mark is not closed.
    """
    delimiter = max(",;\t", key=re.split(r"[\r\n]", text, maxsplit=1)[0].count)
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as exc:
        raise InputError(f"The CSV cannot be read: {exc}. Look for an unclosed quotation mark.") from exc
    header = tuple(" ".join(tidy_cell(cell).split()) for cell in cells[0]) if cells else ()
    rows = tuple(Row(number, tuple(row)) for number, row in enumerate(cells[1:], start=2) if any(map(str.strip, row)))
    return Table(delimiter, header, tuple(map(str.lower, header)), rows)


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]], line_end: str = "\r\n") -> str:
    r"""CSV text with commas that :func:`read_table` reads back, but for white space around a cell.

    Args:
        header: names of the columns.
        rows: cells of every row; one that a spreadsheet would run as a formula gets an apostrophe before it.
        line_end: ``\n`` only if no cell has a carriage return in it: the cell would not be quoted.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(map(_harmless, row) for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def tidy_cell(cell: str) -> str:
    """What a cell says: without the white space around it and the apostrophe that keeps it from being a formula."""
    cell = cell.strip()
    return cell[1:].strip() if _WRITTEN_FORMULA.match(cell) else cell
