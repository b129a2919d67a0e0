"""CSV, read and written in one way: separators are found, errors name the row, and no cell is a formula.

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
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import shortened
from catsel_core.language import tr, tr_count

MAX_FILE_BYTES = 1_000_000
"""Larger files are refused before they are read: no list of words or sentences comes near."""

_MOST_QUOTED = 100  # characters of a row in a message: it stays one line
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_WRITTEN_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_DELIMITERS = "\t;|,，；、،؛"  # in this order where several would do
_QUOTED = re.compile(r'"[^"]*"')
_LINE_END = re.compile(r"\r\n?|\n")
_SEPARATOR_LINE = re.compile(r"\A\s*sep=[^\w\s]?[ \t]*(?:\r\n?|\n)", re.IGNORECASE)
_RULE = frozenset("|:- \t")  # what stands between the header and the rows of a Markdown table


Cell = str | int | float | None
"""What may stand in a table that is written."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: its number in the file, from 1, and its cells as they stand there."""

    number: int
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many cells there are up to the last one with something in it."""
        return max((at for at, cell in enumerate(self.cells, start=1) if cell.strip()), default=0)

    def tidy(self) -> tuple[str, ...]:
        """What the cells say, up to the last one that says something."""
        return tuple(map(tidy_cell, self.cells[: self.width]))

    def error(self, message: str, **values: Any) -> InputError:
        """What is wrong with this row, and what stands in it.

        Args:
            message: marked for translation; ``{row}`` is the row's number, ``{cells}`` what stands in it.
            values: others that are in the message.
        """
        cells = shortened(str([shortened(cell, _MOST_QUOTED) for cell in self.cells[:_MOST_QUOTED]]), _MOST_QUOTED)
        return InputError(tr(message, row=self.number, cells=cells, **values))


@dataclass(frozen=True, slots=True)
class Grid:
    """A file in cells, of which nobody has said yet whether the first row names the columns.

    rows: those with something in them.
    n_comments: lines before them that begin with ``#`` and were left out.
    """

    rows: tuple[Row, ...]
    n_comments: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The first row in small letters, as names of columns."""
        return tuple(" ".join(cell.split()).casefold() for cell in self.rows[0].tidy()) if self.rows else ()

    @property
    def comments(self) -> str:
        """A remark on the comments that were left out; empty if there were none."""
        return comments_left_out(self.n_comments) if self.n_comments else ""


def comments_left_out(count: int) -> str:
    """A remark on lines that only say something about a file."""
    return tr_count("{count} comment line left out", "{count} comment lines left out", count)


def filled_down(rows: Sequence[Row], at: int) -> tuple[Row, ...]:
    """Rows in which column ``at`` has in its empty cells what stands above; those that came, unless they look merged.

    A spreadsheet writes cells that are merged once, at the head of their group, and leaves the others empty: then no
    two cells say the same. Where they do, or where but one is empty, that is a mistake.
    """
    column = [row.cells[at].strip() if at < len(row.cells) else "" for row in rows]
    said = [cell for cell in column if cell]
    if not said or not column[0] or len(column) - len(said) < 2 or len(set(said)) < len(said):
        return tuple(rows)
    filled: list[Row] = []
    for row, cell in zip(rows, column, strict=True):
        above = filled[-1].cells[at] if filled else ""
        filled.append(row if cell else Row(row.number, (*row.cells[:at], above, *row.cells[at + 1 :])))
    return tuple(filled)


def counted(number: int, what: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def read_grid(text: str) -> Grid:
    """The cells of CSV text, of a Markdown table, or of cells copied from a spreadsheet.

    What separates stands equally often in every line, or else most often in the first one. Rows of empty cells are
    left out, but counted; so are lines at the beginning that are comments.

    Raises:
        InputError: if the text is no CSV, because of its quotation marks.
    """
    text = without_separator_line(text)
    lines = [line for line in _LINE_END.split(text) if line.strip()]
    framed = is_framed(lines)
    if framed:
        text = "\n".join(_unframed(line.strip()) for line in lines if not _is_rule(line))
    elif any(map(_is_rule, lines)):  # a Markdown table without the outer lines
        text = "\n".join(line for line in lines if not _is_rule(line))
    first = next((at for at, line in enumerate(lines) if not line.lstrip().startswith("#")), len(lines))
    delimiter = "|" if framed else _delimiter(lines[first:])
    rows = [
        Row(at, tuple(cells)) for at, cells in enumerate(_cells(text, delimiter), start=1) if any(map(str.strip, cells))
    ]
    n_comments = next((at for at, row in enumerate(rows) if not row.cells[0].lstrip().startswith("#")), 0)
    return Grid(tuple(rows[n_comments:]), n_comments)


def is_framed(lines: Sequence[str]) -> bool:
    """Whether these are lines of a Markdown table, each with a stroke before it."""
    return bool(lines) and all(line.lstrip().startswith("|") for line in lines)


def _unframed(line: str) -> str:
    return line[1:-1] if line.endswith("|") and len(line) > 1 else line[1:]


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and set(line) <= _RULE


def without_separator_line(text: str) -> str:
    """``text`` without a first line such as ``sep=;``, which tells Excel what stands between cells."""
    return _SEPARATOR_LINE.sub("", text, count=1)


def _delimiter(lines: Sequence[str]) -> str:
    bare = [_QUOTED.sub("", line) for line in lines]
    first = bare[0] if bare else ""
    present = [delimiter for delimiter in _DELIMITERS if delimiter in first]
    for delimiter in present:
        if len({line.count(delimiter) for line in bare}) == 1:
            return delimiter
    return max(present, key=first.count, default=",")


def _cells(text: str, delimiter: str) -> list[list[str]]:
    """Of every row; in cells that are separated by tabs a quotation mark may be just that."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        cells = list(reader)
        if delimiter != "\t" or not any("\t" in cell for row in cells for cell in row):
            return cells
    except csv.Error as exc:
        if delimiter != "\t":
            raise _quotation_error(text, reader.line_num, str(exc)) from exc
    return [line.split("\t") for line in _LINE_END.split(text)]


def _quotation_error(text: str, line: int, reason: str) -> InputError:
    if "field larger" in reason:
        return InputError(
            tr("The CSV cannot be read: a cell near line {line} is too long, or a quotation mark is open.", line=line)
        )
    if "end of data" in reason:
        return InputError(
            tr("The CSV cannot be read: a quotation mark is opened and never closed. Close or remove it.")
        )
    return InputError(
        tr(
            "Line {line} of the CSV cannot be read because of its quotation marks: {quoted}. Double those inside a "
            'cell, as in "so-called ""facts""".',
            line=line,
            quoted=shortened(_LINE_END.split(text)[line - 1].strip(), _MOST_QUOTED),
        )
    )


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], line_end: str = "\r\n") -> str:
    r"""CSV text with commas that :func:`read_grid` reads back, but for white space around a cell.

    Args:
        header: names of the columns.
        rows: cells of every row; a text that a spreadsheet would run as a formula gets an apostrophe before it, but not
            a number. None is an empty cell.
        line_end: ``\n`` only if no cell has a carriage return in it: the cell would not be quoted.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(map(_harmless, row) for row in rows)
    return out.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def tidy_cell(cell: str) -> str:
    """What a cell says: without the white space around it and the apostrophe that keeps it from being a formula."""
    cell = cell.strip()
    return cell[1:].strip() if _WRITTEN_FORMULA.match(cell) else cell
