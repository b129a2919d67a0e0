"""Tables of results: what a spreadsheet and what a notebook gets."""

import csv
import io

import numpy as np

from catsel_core.export.markdown import literal
from catsel_core.export.tables import BYTE_ORDER_MARK, Table, stacked

TABLE = Table(
    "some",
    "A row is a word.",
    {
        "word": ["=SUM(1)", "-ing", "<b>bold</b>"],
        "value": np.array([-0.1, np.nan, 0.3], np.float32),
        "exact": np.array([-1 / 3, np.inf, 2.0]),
        "count": [1, None, 3],
    },
)


def test_typed_words_are_no_formulas_and_numbers_stay_numbers() -> None:
    text = TABLE.to_csv()
    assert text.startswith(BYTE_ORDER_MARK + "word,")
    rows = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert rows == [
        ["word", "value", "exact", "count"],
        ["'=SUM(1)", "-0.1", repr(-1 / 3), "1"],
        ["'-ing", "", "", ""],
        ["<b>bold</b>", "0.3", "2.0", "3"],
    ]


def test_numbers_are_read_back_exactly() -> None:
    values = np.random.default_rng(1).normal(size=200).astype(np.float32)
    cells = Table("some", "", {"value": values}).cells("value")
    assert np.array_equal(np.array(cells, np.float32), values)
    assert max(len(str(cell)) for cell in cells) <= 14  # as float64 they would have up to twenty figures


def test_a_notebook_shows_it_without_reading_markup() -> None:
    shown = TABLE._repr_html_()
    assert "<td>&lt;b&gt;bold&lt;/b&gt;</td><td>0.3</td>" in shown
    assert "<td>-0.3333</td>" in shown
    assert repr(TABLE) == "<table some: 3 rows, 4 columns>"
    long = Table("long", "", {"n": list(range(1_234))})
    assert long._repr_html_().endswith("<p>The first 100 of 1,234 rows.</p>")


def test_tables_are_stacked_with_what_tells_them_apart() -> None:
    both = stacked("both", "", [({"side": "A"}, TABLE), ({"side": "B"}, TABLE)])
    assert len(both) == 6
    assert both.cells("side") == ["A"] * 3 + ["B"] * 3
    assert both.cells("value") == [-0.1, None, 0.3] * 2


def test_markdown_reads_nothing_in_a_typed_text() -> None:
    assert literal("**a** <b> [c](d) $e$ `f` &lt;") == r"\*\*a\*\* \<b\> \[c\]\(d\) \$e\$ \`f\` \&lt;"
    assert literal("שלום") == "\u2068שלום\u2069"
