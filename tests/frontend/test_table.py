"""table.js: what the browser saves for a spreadsheet."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import pytest

from catsel_core.figures.texts import shown
from tests.frontend.scripts import load, spec
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

TYPED = [
    "&amp;",
    "&amp;amp;",
    "&lt;b&gt;",
    "a<b>&c",
    "R&D",
    '"so", he said',
    "two\nlines",
    "one\rreturn",
    "&#39;",
    "été",
]
"""Words as somebody may type them, none of which begins like a formula."""


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "decode.js", "table.js")


def read(text: str) -> list[list[str]]:
    """What a spreadsheet reads."""
    return list(csv.reader(io.StringIO(text, newline="")))


def table(page: "Page", figure: go.Figure) -> Any:
    return page.evaluate("(spec) => tableOf(decoded(spec).data)", spec(figure))


def csv_of(page: "Page", rows: list[list[Any]]) -> str:
    text: str = page.evaluate("(rows) => csvText(rows)", rows)
    return text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_begins_like_a_formula_is_made_harmless(page: "Page", start: str) -> None:
    [[first, second, third]] = read(csv_of(page, [[f"{start}1+1", f"a{start}1", start]]))
    assert (first, second, third) == (f"'{start}1+1", f"a{start}1", f"'{start}")


def test_numbers_stay_numbers_and_what_is_none_is_empty(page: "Page") -> None:
    assert csv_of(page, [[-1.5, 0, None, "", 1e21]]) == "-1.5,0,,,1e+21\n"
    assert page.evaluate("() => csvText([[NaN, undefined, -0.25, true]])") == ",,-0.25,true\n"


def test_texts_are_read_as_they_were_typed(page: "Page") -> None:
    assert read(csv_of(page, [TYPED, TYPED[::-1]])) == [TYPED, TYPED[::-1]]


def test_what_figures_escape_comes_out_as_it_was_typed(page: "Page") -> None:
    for word in TYPED:
        assert page.evaluate("(text) => typed(text)", shown(word)) == word
    escaped = [3, None, "&amp;amp;", "&amp;lt;", "&quot;"]
    assert page.evaluate("(cells) => cells.map(typed)", escaped) == [3, None, "&amp;", "&lt;", "&quot;"]


def test_a_matrix_has_its_words_as_typed_on_both_sides(page: "Page") -> None:
    names = [shown(word) for word in TYPED[:3]]
    heat = {"type": "heatmap", "x": names, "y": names, "z": [[1, 0.5, 0.25], [0.5, 1, None], [0.25, 0, 1]]}
    bars = {"type": "scatter", "x": [0], "y": [0], "name": "legend"}
    assert table(page, go.Figure([heat, bars])) == [
        ["", *TYPED[:3]],
        [TYPED[0], 1, 0.5, 0.25],
        [TYPED[1], 0.5, 1, None],
        [TYPED[2], 0.25, 0, 1],
    ]


def test_a_mask_says_what_its_numbers_stand_for(page: "Page") -> None:
    meta = ["", "a &amp; b"]  # a comparison's name as it was typed: figures do not escape it here
    heat = {"type": "heatmap", "x": ["a", "b"], "y": ["a", "b"], "z": [[0, 1], [0, 0]], "meta": meta}
    assert table(page, go.Figure([heat])) == [["", "a", "b"], ["a", "", "a &amp; b"], ["b", "", ""]]


def test_points_are_listed_with_what_they_stand_for(page: "Page") -> None:
    series = {"type": "scatter", "name": shown("R&D"), "x": [0, 1], "y": [0.5, -1], "text": ["L0", "L1"]}
    places = {"type": "scatter", "x": [0.1], "y": [2], "customdata": ["the &amp;"], "text": "one for all"}
    layers = {"type": "scatter", "name": "by layer", "x": ["L0"], "y": [3], "customdata": [12]}
    unseen = {"type": "scatter", "x": [9], "y": [9], "hoverinfo": "skip"}
    assert table(page, go.Figure([series, places, layers, unseen])) == [
        ["series", "x", "y", "label"],
        ["R&D", 0, 0.5, "L0"],
        ["R&D", 1, -1, "L1"],
        ["", "the &amp;", 2, ""],
        ["by layer", "L0", 3, ""],
    ]


def test_a_file_is_saved_as_spreadsheets_expect_it(page: "Page", tmp_path: Path) -> None:
    with page.expect_download() as caught:
        page.evaluate("() => save('some.csv', [['é', 1]])")
    assert caught.value.suggested_filename == "some.csv"
    caught.value.save_as(tmp_path / "some.csv")
    assert (tmp_path / "some.csv").read_bytes() == "\ufeffé,1\n".encode()
