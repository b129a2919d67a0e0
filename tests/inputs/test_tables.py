"""Tables: cells come back exactly, none of them is a formula to a spreadsheet, and errors quote at most a line."""

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.tables import read_grid, write_table
from tests.support.core_fixtures import property_test
from tests.support.sentences import TIDY
from tests.support.steps import steps

ROWS = st.lists(st.tuples(TIDY, TIDY), max_size=5)
UNTIDY = st.tuples(TIDY | st.just("\t=x"), TIDY | st.just("\r=x"))


def cells_of(text: str) -> list[tuple[str, ...]]:
    return [row.tidy() for row in read_grid(text).rows]


@property_test
@given(ROWS)
def test_cells_come_back(rows: list[tuple[str, str]]) -> None:
    grid = read_grid(write_table(("One", "Other"), rows))
    assert grid.names == ("one", "other")
    assert [row.tidy() for row in grid.rows[1:]] == rows
    assert [row.number for row in grid.rows] == list(range(1, len(rows) + 2))


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
    grid = read_grid("a;b\n\n;\n \nx;y\n")
    assert [(row.number, row.cells) for row in grid.rows] == [(1, ("a", "b")), (5, ("x", "y"))]
    assert str(grid.rows[1].error("Row {row} of the CSV is odd: {cells}.")) == "Row 5 of the CSV is odd: ['x', 'y']."


@pytest.mark.parametrize("between", [",", ";", "\t", "|", "，", "；", "、", "،", "؛"])
def test_what_separates_is_found_in_any_writing(between: str) -> None:
    assert cells_of(f"a{between}b\nc{between}d e\n") == [("a", "b"), ("c", "d e")]


def test_what_stands_equally_often_in_every_line_separates() -> None:
    assert cells_of("fruit;apple, pear, fig\ntool;saw\n") == [("fruit", "apple, pear, fig"), ("tool", "saw")]
    assert cells_of('a,b\n"x; y; z",u\n') == [("a", "b"), ("x; y; z", "u")]
    assert cells_of("a,b;c,d\nx\n") == [("a", "b;c", "d"), ("x",)]


def test_comments_at_the_beginning_are_left_out_and_counted() -> None:
    grid = read_grid("# mine, 2023\n#\n\na,b\n#1,c\n")
    assert ([row.number for row in grid.rows], grid.n_comments) == ([4, 5], 2)
    assert grid.comments == "2 comment lines left out"
    assert read_grid("a,b\n").comments == ""
    assert read_grid("#a,b\n#c,d\n").n_comments == 0


def test_a_table_of_markdown_is_a_table() -> None:
    assert cells_of("| a | b |\n|---|:--|\n| x | y z |\n") == [("a", "b"), ("x", "y z")]


@pytest.mark.parametrize("cell", ['"Stop," she said', '"', 'say "x"', '"so"-called', '"open'])
def test_between_tabs_a_quotation_mark_may_be_just_that(cell: str) -> None:
    assert cells_of(f"a\tb\n{cell}\tx\n") == [("a", "b"), (cell, "x")]


def test_between_tabs_quoted_cells_may_have_several_lines() -> None:
    assert cells_of('a\tb\n"x\ny"\tz\n') == [("a", "b"), ("x\ny", "z")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,b\nx,"y\n', "a quotation mark is opened and never closed"),
        ('a,b\n"Stop," she said,y\n', 'Line 2 of the CSV cannot be read because of its quotation marks: "Stop," she'),
        (f"a\n{'x' * 200_000}", "a cell near line 2 is too long"),
    ],
)
def test_what_cannot_be_taken_apart_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_grid(text)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 200


def test_errors_quote_at_most_a_line() -> None:
    long = "x\ny" * 30_000
    row = read_grid(f'a,b\n"{long}","{long}"\n').rows[1]
    message = str(row.error("Row {row} of the CSV is odd: {cells}."))
    assert len(message) < 200
    assert "\n" not in message


@pytest.mark.parametrize("text", ["|" + "-" * 2000, "a" + " " * 2000, ",\t;" * 700, '"' * 1999 + "\n"])
def test_twice_the_text_is_twice_the_work(text: str) -> None:
    def work(text: str) -> None:
        with contextlib.suppress(InputError):
            read_grid(text)

    assert steps(lambda: work(f"{text}\n{text}")) < 3 * steps(lambda: work(text)) + 1000
