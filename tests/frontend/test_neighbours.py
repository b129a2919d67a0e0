"""neighbours.js: the table of words whose neighbours differ, as Streamlit mounts it."""

from typing import TYPE_CHECKING

import numpy as np

from catsel_core.figures import packed
from catsel_core.viewer.markup import neighbours_html
from tests.frontend.scripts import mount, move
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


WORDS = ["R&amp;D", "=two", "three"]


def neighbours(page: "Page") -> None:
    change = np.array([[[0.1, 0.3, 0.2], [np.nan] * 3], [[0, 0, 0], [0.5, 0, 0.25]]], np.float32)
    nearest = np.array([[[1], [2], [0]], [[2], [0], [1]]])  # (layer, word, neighbour)
    data = {
        "words": WORDS,
        "colors": ["rgb(1, 2, 3)", "blue", "green"],
        "layers": [["L0", "L1"], ["L0", "L1"]],
        "change": packed(change),
        "nearest_a": packed(nearest),
        "nearest_b": packed(nearest[::-1]),
        "neighbours": 1,
    }
    mount(page, "neighbours", neighbours_html(), data)
    move(page, "layer", 0)
    move(page, "layer-b", 0)


def test_words_that_differ_most_come_first(page: "Page") -> None:
    neighbours(page)
    assert page.locator("tbody tr").all_inner_texts() == [
        "=two\t0.30\tthree\tR&amp;D",
        "three\t0.20\tR&amp;D\t=two",
        "R&amp;D\t0.10\t=two\tthree",
    ]
    assert page.locator("tbody b").count() == 6  # none is on both sides
    assert page.locator("tbody th").nth(2).evaluate("(cell) => cell.style.borderLeftColor") == "rgb(1, 2, 3)"
    assert page.locator("p").inner_text().startswith("A at L0, B at L0: the 3 of 3 words")
    move(page, "layer", 1)
    move(page, "layer-b", 1)
    assert page.locator("tbody th").all_inner_texts() == ["R&amp;D", "three", "=two"]


def test_neighbours_that_both_sides_have_are_plain(page: "Page") -> None:
    neighbours(page)
    move(page, "layer-b", 1)  # where nothing is defined
    assert page.locator("tbody tr").count() == 0
    assert "not defined" in page.locator("p").inner_text()
    move(page, "layer", 1)
    move(page, "layer-b", 0)
    assert page.locator("tbody b").count() == 0
    assert page.locator("tbody span").count() == 6


def test_a_word_is_saved_as_it_was_typed(page: "Page", tmp_path: "Path") -> None:
    neighbours(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").click()
    assert caught.value.suggested_filename == "catsel-neighbours-L0-L0.csv"
    caught.value.save_as(tmp_path / "table.csv")
    rows = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "word,change,nearest in A at L0,nearest in B at L0"
    assert [row.split(",")[0] for row in rows[1:]] == ["'=two", "three", "R&amp;D"]
    assert rows[1].endswith(",three,R&amp;D")
