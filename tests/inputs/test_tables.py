"""Tables: cells come back exactly, none of them is a formula to a spreadsheet, and errors quote at most a line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.tables import read_table, write_table
from tests.support.core_fixtures import property_test
from tests.support.sentences import TIDY

ROWS = st.lists(st.tuples(TIDY, TIDY), max_size=5)
UNTIDY = st.tuples(TIDY | st.just("\t=x"), TIDY | st.just("\r=x"))


@property_test
@given(ROWS)
def test_cells_come_back(rows: list[tuple[str, str]]) -> None:
    table = read_table(write_table(("One", "Other"), rows))
    assert (table.delimiter, table.header, table.names) == (",", ("One", "Other"), ("one", "other"))
    assert [tuple(table.record(row, ("one", "other")).values()) for row in table.rows] == rows
    assert [row.number for row in table.rows] == list(range(2, len(rows) + 2))


@property_test
@given(st.lists(UNTIDY, max_size=5))
def test_no_written_cell_begins_like_a_formula(rows: list[tuple[str, str]]) -> None:
    cells = [cell for row in csv.reader(io.StringIO(write_table(("a", "b"), rows), newline="")) for cell in row]
    assert len(cells) == 2 + 2 * len(rows)
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *(("=1+1", "'=1+1"), ("-ing", "'-ing"), ("+", "'+"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", '"\'\rx"')),
        *(("'=x", "''=x"), ("''=x", "'''=x"), ("'tis", "'tis"), ("'", "'"), ("a=b", "a=b"), ("−1", "−1")),
    ],
)
def test_an_apostrophe_stands_before_formulas_only(cell: str, written: str) -> None:
    assert write_table(("a",), [(cell,)]) == f"a\r\n{written}\r\n"


def test_rows_of_empty_cells_count_as_rows() -> None:
    table = read_table("a;b\n\n;\n \nx;y\n")
    assert [(row.number, row.cells) for row in table.rows] == [(5, ("x", "y"))]
    assert str(table.rows[0].error("is odd")) == "Row 5 of the CSV is odd: ['x', 'y']."


@pytest.mark.parametrize("text", ["", "\n", "x,y\n"])
def test_missing_columns_are_named(text: str) -> None:
    has = "x, y" if "x" in text else "nothing"
    with pytest.raises(InputError, match=f"with the columns a, b and c; it has {has}"):
        read_table(text).require(("a", "b", "c"))


def test_errors_quote_at_most_a_line() -> None:
    long = "x" * 100_000
    table = read_table(f"a,{long}\n{long},y\n")
    with pytest.raises(InputError) as missing_column:
        table.require(("a", "b"))
    with pytest.raises(InputError) as missing_cell:
        table.record(table.rows[0], ("b",))
    with pytest.raises(InputError) as too_long:
        read_table(f"a\n{2 * long}")
    assert all(len(str(caught.value)) < 200 for caught in (missing_column, missing_cell, too_long))
