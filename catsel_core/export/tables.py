"""Tables of results: shown in notebooks, written as CSV that spreadsheets open."""

import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catsel_core.inputs.tables import Cell, write_table
from catsel_core.language import tr

BYTE_ORDER_MARK = "\ufeff"
"""Begins a CSV file, so that Excel reads it as Unicode."""

Columns = Mapping[str, NDArray[Any] | Sequence[Cell]]
"""Cells by the name of their column."""

_MOST_SHOWN = 100  # rows in a notebook


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table:
    """Columns of equal length.

    name: part of a file's name.
    about: in a sentence, what a row is.
    columns: cells by the name of their column; an array or a list.
    """

    name: str
    about: str
    columns: Columns

    def __len__(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())))

    def __repr__(self) -> str:
        """Its name and shape."""
        return f"<table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def cells(self, column: str) -> list[Cell]:
        """Of a column: numbers that are not defined as None, float32 with as many decimals as tell them apart."""
        values = self.columns[column]
        if not isinstance(values, np.ndarray):
            return list(values)
        exact = values.astype(str).astype(np.float64) if values.dtype == np.float32 else values
        return [_defined(value) for value in exact.tolist()]

    def to_csv(self) -> str:
        """As text for a file, with a byte order mark."""
        rows = zip(*map(self.cells, self.columns), strict=True)
        return BYTE_ORDER_MARK + write_table(tuple(self.columns), rows)

    def _repr_html_(self) -> str:
        """As Jupyter shows it, with four figures of every number and the first rows of a long table."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        rows = list(zip(*(map(_shown, self.cells(name)[:_MOST_SHOWN]) for name in self.columns), strict=True))
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        said = tr("The first {shown} of {all:,} rows.", shown=len(rows), all=len(self))
        more = f"<p>{html.escape(said)}</p>" if len(rows) < len(self) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def stacked(name: str, about: str, parts: Sequence[tuple[Mapping[str, Cell], Table]]) -> Table:
    """Tables of the same columns one below the other, each with columns before it that tell it apart.

    Args:
        name: of the new table.
        about: what a row of it is.
        parts: cells by column that every row of a part gets, and the part.
    """
    columns: dict[str, list[Cell]] = {}
    for told, part in parts:
        for column, value in told.items():
            columns.setdefault(column, []).extend([value] * len(part))
        for column in part.columns:
            columns.setdefault(column, []).extend(part.cells(column))
    return Table(name, about, columns)


def _defined(value: Any) -> Cell:
    cell: Cell = None if isinstance(value, float) and not math.isfinite(value) else value
    return cell


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    show: Callable[[Any], str] = "{:.4g}".format if isinstance(cell, float) else str
    return html.escape(show(cell))
