"""fit.js: a figure in the width and the colours of the page."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

WORDS = {"type": "category", "tickvals": list(range(6)), "ticktext": list("abcdef"), "tickfont": {"color": "red"}}
NUMBERS = {"tickvals": [0, 1], "ticktext": ["L0", "L1"]}


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "plotly_private.js", "labels.js", "fit.js")


def fitted(page: "Page", layout: dict[str, Any], **sizes: float) -> Any:
    """In a page of a theme of its own."""
    page.evaluate("() => { document.documentElement.style.cssText = '--st-text-color: #123456; --st-font: Serif'; }")
    return page.evaluate("([layout, sizes]) => fitted(layout, document.body, sizes)", [layout, sizes])


@pytest.mark.parametrize(
    ("width", "ratio", "height"),
    [(600, 0.6, 360), (300, 0.6, 250), (1400, 0.6, 400), (600, 0.92, 552), (1400, 0.92, 680)],
)
def test_height_follows_width_within_bounds(page: "Page", width: float, ratio: float, height: float) -> None:
    got = fitted(page, {}, width=width, ratio=ratio)
    assert (got["width"], got["height"]) == (width, height)


def test_lines_of_a_legend_come_on_top(page: "Page") -> None:
    assert fitted(page, {}, width=600, ratio=0.6, legendHeight=130)["height"] == 360 + 100
    assert fitted(page, {}, width=600, ratio=0.6, legendHeight=10)["height"] == 360


def test_the_theme_goes_where_a_figure_says_nothing(page: "Page") -> None:
    layout = {
        "xaxis": {"gridcolor": "red", "range": [0, 1]},
        "yaxis2": {},
        "legend": {"orientation": "h"},
        "title": "t",
    }
    got = fitted(page, layout, width=600, ratio=0.6)
    assert got["font"] == {"family": "Serif", "size": 13, "color": "#123456"}
    assert got["paper_bgcolor"] == got["plot_bgcolor"] == "#fff"
    assert got["xaxis"] == {"gridcolor": "red", "zerolinecolor": "#ddd", "linecolor": "#ddd", "range": [0, 1]}
    assert got["yaxis2"]["gridcolor"] == "#ddd"
    assert got["legend"] == {"orientation": "h", "maxheight": 10_000}
    assert got["title"] == "t"


def test_words_get_the_room_that_was_drawn_and_numbers_stay(page: "Page") -> None:
    layout = {"xaxis": WORDS, "yaxis": NUMBERS}
    got = fitted(page, layout, width=600, ratio=0.92, side=30)
    assert got["xaxis"]["ticktext"] == ["a", "c", "e"]
    assert got["yaxis"]["ticktext"] == ["L0", "L1"]
    assert fitted(page, layout, width=600, ratio=0.92)["xaxis"]["ticktext"] == list("abcdef")


_CHANGED = """([layout, drawings]) => {
    const taken = new Taken();
    return drawings.map(([side, legend]) => {
        const plot = { _fullLayout: { yaxis: { _length: side }, legend: { _height: legend } } };
        return taken.changed(plot, layout);
    });
}"""


def test_words_of_several_tokens_and_keys_of_categories_get_their_room(page: "Page") -> None:
    look = {"name": "category key", "font": {"size": 10}}
    keys = [{**look, "text": key, "x": at, "y": -1} for at, key in enumerate("ABCDEF")]
    layout = {"xaxis": WORDS, "meta": {"first": [3]}, "annotations": [*keys, {"text": "stays", "x": 0, "y": 0}]}
    got = fitted(page, layout, width=600, ratio=0.92, side=30)
    assert got["xaxis"]["ticktext"] == ["a", "d", "f"]
    assert [note["text"] for note in got["annotations"]] == ["A", "C", "E", "stays"]


def test_a_figure_is_drawn_once_more_when_its_room_has_changed(page: "Page") -> None:
    drawings = [[300, 30], [305, 30], [309, 30], [309, 33], [309, 60], [309, 30]]
    assert page.evaluate(_CHANGED, [{"xaxis": WORDS}, drawings]) == [True, False, True, False, True, True]


def test_the_room_of_numbers_does_not_matter_but_a_legend_does(page: "Page") -> None:
    assert page.evaluate(_CHANGED, [{"xaxis": NUMBERS}, [[300, 30], [100, 30], [100, 50]]]) == [False, False, True]


def test_a_caption_has_room_for_the_longest_reading(page: "Page") -> None:
    page.set_content("<figure style='width: 200px'><figcaption style='min-height: 3em'>short</figcaption></figure>")
    heights = page.evaluate(
        """(readings) => {
            const caption = document.querySelector("figcaption");
            reserve(caption, readings);
            const reserved = caption.offsetHeight;
            caption.style.minHeight = "0";
            const needed = readings.map((reading) => { caption.textContent = reading; return caption.offsetHeight; });
            return { reserved, needed, left: document.querySelectorAll("figcaption").length };
        }""",
        ["short", "a reading of many words " * 8, "one of some words " * 3],
    )
    assert heights["reserved"] == max(heights["needed"]) > min(heights["needed"])
    assert heights["left"] == 1
