"""passages.js: the two texts behind a cell."""

from typing import TYPE_CHECKING, Any

import pytest

from catsel_core.viewer.markup import chart_html
from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


def passage(name: str, before: str, target: str, after: str = "") -> dict[str, str]:
    return {"name": name, "before": before, "target": target, "after": after}


TEXTS = [
    passage("bank 1", "sat on the ", "bank", " of the river"),
    passage("bank 2", "The ", "bank", " was <b>closed</b>"),
    passage("bank 3", "“No ", "bank"),
]


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    page.set_content(chart_html())
    load(page, "tr.js", "parts.js", "passages.js")
    page.evaluate("() => { window.picks = 0; window.passages = new Passages(document.body, () => { picks += 1; }); }")
    page.evaluate("(list) => passages.fill(list)", TEXTS)


def state(page: "Page") -> Any:
    """[what is picked, its texts, the names chosen in the lists, whether the box is open]"""
    return page.evaluate(
        """() => [
            passages.cell, [...document.querySelectorAll(".passages p")].map((p) => p.textContent),
            [...document.querySelectorAll(".passages select")].map((select) => select.value), passages.box.open,
        ]"""
    )


def test_both_lists_offer_every_text_and_nothing_is_picked(page: "Page") -> None:
    assert page.locator(".passages select").first.locator("option").all_text_contents() == [
        "bank 1",
        "bank 2",
        "bank 3",
    ]
    assert page.locator(".passages select").nth(1).locator("option").count() == 3
    assert page.locator(".passages").is_visible()
    assert state(page)[0] is None
    assert page.evaluate("() => picks") == 0


def test_a_cell_shows_its_texts_with_the_target_marked(page: "Page") -> None:
    page.evaluate("() => passages.show(0, 1)")
    cell, texts, names, is_open = state(page)
    assert cell == [0, 1]
    assert texts == ["…sat on the bank of the river", "The bank was <b>closed</b>"]
    assert names == ["bank 1", "bank 2"]
    assert is_open
    assert page.locator(".passages mark").all_inner_texts() == ["bank", "bank"]
    assert page.locator(".passages p b").count() == 0  # a text, whatever is in it
    assert page.evaluate("() => picks") == 1


def test_a_quotation_begins_a_sentence_too(page: "Page") -> None:
    page.evaluate("() => passages.show(2, 2)")
    assert state(page)[1] == ["“No bank", "“No bank"]


@pytest.mark.parametrize("cell", [[0, 3], [-1, 0], [7, 7]])
def test_a_cell_without_texts_picks_nothing(page: "Page", cell: list[int]) -> None:
    page.evaluate("([row, column]) => passages.show(row, column)", cell)
    assert state(page)[0] is None
    assert page.evaluate("() => picks") == 0


def test_texts_are_picked_by_name(page: "Page") -> None:
    page.evaluate("() => passages.show(0, 1)")
    page.get_by_label("Second text").select_option("bank 3")
    assert state(page)[0] == [0, 2]
    assert state(page)[1][1] == "“No bank"


def test_opening_the_box_picks_the_first_pair(page: "Page") -> None:
    page.locator(".passages summary").click()
    page.wait_for_function("() => passages.cell")
    assert state(page)[0] == [0, 1]


def test_the_value_is_said_with_its_layer(page: "Page") -> None:
    page.evaluate("() => { passages.say([[1, 0.25]], 'L2'); passages.show(0, 1); }")
    assert page.locator(".passages output").inner_text() == ""
    page.evaluate("() => passages.say([new Float32Array([1, 0.25])], 'L2')")
    assert page.locator(".passages output").inner_text() == "cosine similarity 0.250 at L2"


def test_the_pick_stays_with_the_same_names_and_goes_with_others(page: "Page") -> None:
    page.evaluate("() => passages.show(0, 1)")
    page.evaluate("(list) => passages.fill(list)", [{**text, "before": "now "} for text in TEXTS])
    assert state(page)[0] == [0, 1]
    page.evaluate("(list) => passages.fill(list)", TEXTS[:2])
    assert state(page)[0] is None
    assert state(page)[3] is False
    page.evaluate("() => passages.fill([])")
    assert page.locator(".passages").is_hidden()
