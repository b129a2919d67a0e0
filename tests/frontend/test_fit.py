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
    load(page, "plotly_private.js", "labels.js", "taken.js", "printing.js", "fit.js")


def fitted(page: "Page", layout: dict[str, Any], **sizes: float) -> Any:
    """In a page of a theme of its own."""
    page.evaluate("() => { document.documentElement.style.cssText = '--st-text-color: #123456; --st-font: Serif'; }")
    return page.evaluate("([layout, sizes]) => fitted(layout, themeOf(document.body), sizes)", [layout, sizes])


@pytest.mark.parametrize(("width", "size"), [(360, 13), (1366, 13), (1643, 15.7), (1920, 18.4), (4000, 22)])
def test_type_grows_from_a_laptop_to_a_projector(page: "Page", width: float, size: float) -> None:
    assert page.evaluate("typeSize", width) == size


def test_sizes_that_a_figure_names_grow_likewise(page: "Page") -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    annotations = [{"text": "a", "font": {"size": 11, "color": "red"}, "x": 3}]
    layout: dict[str, Any] = {
        "coloraxis": {"colorbar": {"tickfont": {"size": 11}}},
        "annotations": annotations,
        "xaxis": NUMBERS,
    }
    layout["margin"] = {"l": 58, "b": 46}
    got = fitted(page, layout, width=600, ratio=0.6)
    times = got["font"]["size"] / 13
    assert times == pytest.approx(18.4 / 13)
    assert got["coloraxis"]["colorbar"]["tickfont"]["size"] == pytest.approx(11 * times)
    [note] = got["annotations"]
    assert note == {**annotations[0], "font": {"size": pytest.approx(11 * times), "color": "red"}}
    assert got["xaxis"]["tickvals"] == NUMBERS["tickvals"]
    assert got["margin"] == {"l": 82, "b": 65}


@pytest.mark.parametrize(
    ("width", "ratio", "room", "height"),
    [
        (600, 0.6, 700, 360),
        (300, 0.6, 700, 250),
        (1400, 0.6, 900, 400),  # a profile is flat
        (600, 0.6, 310, 310),
        (600, 0.6, 100, 250),  # it stays readable
        (600, 0.92, 700, 552),
        (1400, 0.92, 700, 700),  # a matrix takes the room that there is
        (1400, 0.92, 430, 430),
        (1400, 0.92, 100, 300),
        (290, 0.92, 700, 267),
    ],
)
def test_height_follows_width_as_far_as_there_is_room(
    page: "Page", width: float, ratio: float, room: float, height: float
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    got = fitted(page, {}, width=width, ratio=ratio, room=room)
    assert (got["width"], got["height"]) == (width, height)


_PAGE = """<body style="margin: 0"><div class="stMain" style="height: 700px; overflow: auto">
  <div style="height: 90px"></div>
  <div class="st-key-fold"><details><div data-testid="stExpanderDetails" style="height: 200px"></div></details></div>
  <div style="position: sticky; top: 40px"><div class="st-key-layers" style="height: 50px"></div></div>
  {between}
  <figure style="margin: 0"><div class="head" style="height: 30px"></div><div class="plot" style="height: 300px"></div>
    <figcaption style="height: 40px"></figcaption></figure>
  <div style="height: 2000px"></div></div></body>"""

_ROOM = "() => roomBelow(document.querySelector('.plot'), document.querySelector('figcaption'))"


def room(page: "Page", between: str = "") -> Any:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.set_content(_PAGE.replace("{between}", between))
    page.add_style_tag(content="details { font-size: 0; }")
    return page.evaluate(_ROOM)


def test_on_the_first_screen_the_room_is_what_is_left_below(page: "Page") -> None:
    closed = room(page)
    assert closed == pytest.approx(700 - 90 - 50 - 30 - 40 - 12, abs=8)
    page.evaluate("() => document.querySelector('.stMain').scrollTo(0, 60)")
    assert page.evaluate(_ROOM) == closed
    page.evaluate("() => { document.querySelector('details').open = true; }")
    assert page.evaluate(_ROOM) == pytest.approx(closed, abs=2)  # what is unfolded does not count


def test_further_down_the_room_is_what_the_bar_leaves(page: "Page") -> None:
    below = room(page, '<div style="height: 500px"></div>')
    assert below == 700 - 40 - 50 - 30 - 40 - 12
    page.evaluate("() => document.querySelector('.stMain').scrollTo(0, 400)")
    assert page.evaluate(_ROOM) == below


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
    assert got["hoverlabel"]["font"] == {"family": "Serif", "size": 13}
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


def test_a_legend_above_leaves_room_for_a_note_right_above_the_picture(page: "Page") -> None:
    note = {"text": "final norm", "x": 3, "y": 1, "yref": "paper", "font": {"size": 11}}
    legend = {"orientation": "h", "y": 1.02}
    got = fitted(page, {"legend": legend, "annotations": [note]}, width=328, ratio=0.6, side=164)
    assert 164 * (got["legend"]["y"] - 1) == pytest.approx(1.6 * 11)
    high = fitted(page, {"legend": legend, "annotations": [note]}, width=328, ratio=0.6, side=2000)
    assert high["legend"]["y"] == 1.02
    assert fitted(page, {"legend": legend}, width=328, ratio=0.6)["legend"]["y"] == 1.02
    assert fitted(page, {"legend": {"y": 0}, "annotations": [note]}, width=328, ratio=0.6)["legend"]["y"] == 0


def test_a_chart_that_became_narrower_expects_more_lines_of_its_legend(page: "Page") -> None:
    heights = page.evaluate(
        "() => { const taken = new Taken(); taken.narrowed(2); const none = taken.legendHeight;"
        " taken.legendHeight = 50; taken.narrowed(2); return [none ?? null, taken.legendHeight]; }"
    )
    assert heights == [None, 120]


_LOOSE = {"template": "none", "margin": {"l": 8, "r": 12, "t": 28, "b": 8}, "legend": {"yref": "container"}}


def matrix_of(words: list[str], **more: Any) -> dict[str, Any]:
    """The layout of a matrix of these words."""
    axis = {"type": "category", "tickvals": words, "ticktext": words, "categoryarray": words, "automargin": True}
    return {**_LOOSE, "xaxis": axis, "yaxis": {**axis, "scaleanchor": "x"}, **more}


def test_words_beside_a_matrix_get_their_margin_before_they_are_drawn(page: "Page") -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    words = ["ab", "light/not hea…"]
    got = fitted(page, matrix_of(words), width=400, ratio=0.9, side=300, legendHeight=90)
    size = got["yaxis"]["tickfont"]["size"]
    wide = page.evaluate(
        "([text, size]) => { const word = document.body.appendChild(document.createElement('span'));"
        " word.style.cssText = `position: absolute; white-space: pre; font: ${size}px Serif`; word.textContent = text;"
        " return word.getBoundingClientRect().width; }",
        [words[1], size],
    )
    assert got["margin"]["l"] == pytest.approx(8 + wide + 6, abs=1.5)
    assert got["margin"]["b"] == pytest.approx(8 + wide + 6 + 90, abs=1.5)  # the legend lies below
    assert (got["margin"]["r"], got["margin"]["t"]) == (12, 28)
    assert not got["xaxis"]["automargin"]
    assert not got["yaxis"]["automargin"]


def test_words_that_do_not_show_need_no_margin_and_other_charts_keep_plotlys(page: "Page") -> None:
    bare = matrix_of(["abcdef"], legend={"y": 1.02})
    bare["xaxis"] = {**bare["xaxis"], "showticklabels": False}
    assert fitted(page, bare, width=400, ratio=0.9, side=300)["margin"]["b"] == 8 + 6
    loose = {**matrix_of(["abcdef"]), "yaxis": NUMBERS}
    got = fitted(page, loose, width=400, ratio=0.9, side=300)
    assert got["margin"] == {"l": 8, "r": 12, "t": 28, "b": 8}
    assert got["xaxis"]["automargin"]


def test_a_legend_below_has_room_before_its_lines_are_known(page: "Page") -> None:
    heights = page.evaluate(
        """(below) => {
            const taken = new Taken();
            const heights = [];
            for (const [legend, entries] of [[{ y: 1 }, 9], [below, 16], [below, 16], [below, 3]]) {
                taken.expected({ legend }, entries);
                heights.push(taken.legendHeight ?? null);
                taken.legendHeight &&= 50; // as it was drawn then
            }
            return heights;
        }""",
        {"yref": "container"},
    )
    assert heights == [None, 330, 50, 70]
