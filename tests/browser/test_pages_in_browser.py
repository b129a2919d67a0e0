"""The dashboard in a real headless Chromium, started as a user starts it: a fresh server for the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MARKS, count_messages, first_caption, messages_sent, visit
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = MARKS


@pytest.fixture
def page(visitor: "BrowserContext") -> Iterator["Page"]:
    page = visitor.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    yield page
    page.close()


def test_every_chart_that_is_drawn_leaves_a_mark_to_be_timed(page: "Page", server: Server) -> None:
    visit(page, server.address)
    charts = page.locator(".catsel-chart").count()
    assert charts == 2
    page.wait_for_function(f"() => performance.getEntriesByName('catsel-chart').length === {charts}")


def test_slider_keys_move_every_figure_without_the_server(page: "Page", server: Server) -> None:
    visit(page, server.address + "one_layer")
    count_messages(page)
    before = page.locator(".catsel-chart figcaption").all_inner_texts()
    assert before[0].startswith("At L3 (hidden state 4)")
    page.focus(".catsel-slider input")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.catsel-chart .plot').dataset.layer === '7'")
    after = page.locator(".catsel-chart figcaption").all_inner_texts()
    assert after[0].startswith("At L6 (hidden state 7)")
    assert after[1].startswith("At L6 (hidden state 7)")
    assert page.locator(".catsel-chart .plot").first.get_attribute("aria-label") == (
        f"Similarity of every pair of words. {after[0]}"
    )
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('.catsel-chart .plot').dataset.layer === '30'")
    assert "after the final norm" in page.locator(".catsel-slider").inner_text()
    assert messages_sent(page) == 0


_DRAWN = """async () => {
    const plotly = await window.catselPlotly;
    const numbers = (mark, name) => mark.getAttribute(name)?.match(/-?[\\d.]+/g)?.map(Number) ?? [];
    const all = (plot, marks, name) => [...plot.querySelectorAll(marks)].flatMap((mark) => numbers(mark, name));
    const seen = (plot) => ({
        pixels: [
            ...all(plot, ".points > path", "transform"), ...all(plot, ".js-line", "d"), ...all(plot, ".js-fill", "d"),
        ],
        ticks: [...plot.querySelectorAll(".xtick text, .ytick text")].map((tick) => tick.textContent).sort(),
    });
    const views = [...document.querySelectorAll(".catsel-chart")].map((root) => root.catselView);
    const moved = views.filter(({ spec }) => spec.frames?.length && !spec.frames[0].data[0].z);
    return Promise.all(moved.map(async (view) => {
        const { data, layout } = view.current();
        const anew = document.body.appendChild(document.createElement("div"));
        await plotly.newPlot(anew, data, view.fitted(layout));
        return [seen(view.plot), seen(anew)];
    }));
}"""


@pytest.mark.parametrize("path", ["one_layer", "across_layers", "tornado"])
def test_marks_moved_by_the_slider_lie_where_plotly_draws_them(page: "Page", server: Server, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 6000})  # only what is on the screen moves
    visit(page, server.address + path)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.catsel-chart .plot')].every(plot => plot.querySelector('.main-svg'))"
    )
    page.focus(".catsel-slider input")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.catsel-chart')].every(({ catselView: { spec, plot } }) =>"
        " !spec.frames?.length || plot.dataset.layer === '9')"
    )
    charts = page.evaluate(_DRAWN)
    assert charts
    for moved, anew in charts:
        assert moved["pixels"]
        assert moved["pixels"] == pytest.approx(anew["pixels"], abs=0.02)
        assert moved["ticks"] == anew["ticks"]


def test_layer_survives_a_change_of_page_and_a_click_picks_one(page: "Page", server: Server) -> None:
    visit(page, server.address + "across_layers")
    page.evaluate(
        "() => document.querySelectorAll('.catsel-chart .plot')[1].emit('plotly_click',"
        " { points: [{ customdata: 12 }] })"
    )
    page.wait_for_function("() => document.querySelector('.catsel-slider input').value === '12'")
    page.get_by_test_id("stSidebar").get_by_role("link", name="One layer").click()
    page.wait_for_function(
        "() => document.querySelector('figcaption')?.textContent.startsWith('At L11 (hidden state 12)')"
    )


def test_edited_word_gives_a_new_result(page: "Page", server: Server) -> None:
    visit(page, server.address + "words")
    before = first_caption(page)
    area = page.get_by_label("Words of furniture")
    area.fill("door, window, wall")
    area.press("Control+Enter")
    page.wait_for_function(
        "(old) => { const now = document.querySelector('figcaption').textContent; return now && now !== old; }",
        arg=before,
        timeout=120_000,
    )
    area.fill("door, door")
    area.press("Control+Enter")
    page.get_by_text("stands 2 times").wait_for()


def test_typed_template_is_used_and_a_broken_one_explained(page: "Page", server: Server) -> None:
    visit(page, server.address + "words")
    box = page.get_by_role("textbox", name="Prompt")
    sidebar = page.get_by_test_id("stSidebar")
    for template in ("I wonder about {word}", "no place for it"):
        box.click()
        box.fill(template)
        box.press("Enter")
        sidebar.get_by_text("I wonder about {word}").wait_for(timeout=120_000)
    page.get_by_text("exactly once; “no place for it” has it 0 times").wait_for()
    assert sidebar.get_by_text("I wonder about {word}").count() == 1


def test_words_typed_just_before_a_link_is_clicked_are_kept(page: "Page", server: Server) -> None:
    visit(page, server.address + "words")
    page.get_by_label("Words of fruit").fill("pear, plum, quince")
    link = page.get_by_test_id("stSidebar").get_by_role("link", name="Across layers")
    link.click(delay=60)  # a hand's press; with none at all Streamlit sends the change of page before the text
    page.get_by_test_id("stSidebar").get_by_text("fruit · 3").wait_for(timeout=30_000)


def test_downloads(page: "Page", server: Server, tmp_path: Path) -> None:
    visit(page, server.address + "one_layer")
    for kind in ("SVG", "PNG", "CSV"):
        with page.expect_download() as caught:
            page.locator(".catsel-chart").first.get_by_role("button", name=kind).click()
        name = caught.value.suggested_filename
        assert name == f"catsel-similarity-matrix-L3.{kind.lower()}"
        caught.value.save_as(tmp_path / name)
    assert (tmp_path / "catsel-similarity-matrix-L3.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "catsel-similarity-matrix-L3.svg").read_text(encoding="utf-8")
    rows = (tmp_path / "catsel-similarity-matrix-L3.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 35
    assert rows[1].startswith("galaxy (space),1,0.72")
