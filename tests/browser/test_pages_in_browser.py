"""The dashboard in a real headless Chromium, started as a user starts it: a fresh server for the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.axe import AXE, findings
from tests.support.browser import (
    MARKS,
    count_messages,
    first_caption,
    go,
    messages_sent,
    newcomer,
    set_layer,
    settle,
    visit,
    wait_until_drawn,
)
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def tab(visitor: "BrowserContext", server: Running) -> Iterator["Page"]:
    """A page that stays as the test before has left it."""
    page = newcomer(visitor)
    page.set_viewport_size({"width": 1280, "height": 900})
    visit(page, server.address)
    yield page
    page.close()


def test_every_chart_that_is_drawn_leaves_a_mark_to_be_timed(tab: "Page") -> None:
    charts = tab.locator(".catsel-chart").count()
    assert charts == 2
    tab.wait_for_function(f"() => performance.getEntriesByName('catsel-chart').length === {charts}")


def test_slider_keys_move_every_figure_without_the_server(tab: "Page") -> None:
    go(tab, "One layer")
    count_messages(tab)
    before = tab.locator(".catsel-chart figcaption").all_inner_texts()
    assert before[0].startswith("At L3 (hidden state 4)")
    tab.focus(".catsel-slider input")
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.querySelector('.catsel-chart .plot').dataset.layer === '7'")
    after = tab.locator(".catsel-chart figcaption").all_inner_texts()
    assert after[0].startswith("At L6 (hidden state 7)")
    assert after[1].startswith("At L6 (hidden state 7)")
    assert tab.locator(".catsel-chart .plot").first.get_attribute("aria-label") == (
        f"Similarity of every pair of words. {after[0]}"
    )
    tab.keyboard.press("End")
    tab.wait_for_function("() => document.querySelector('.catsel-chart .plot').dataset.layer === '30'")
    assert "after the final norm" in tab.locator(".catsel-slider").inner_text()
    assert messages_sent(tab) == 0


_DRAWN = """async () => {
    const plotly = await window.catselPlotly;
    const numbers = (mark, name) => mark.getAttribute(name)?.match(/-?[\\d.]+/g)?.map(Number) ?? [];
    const all = (plot, marks, name) => [...plot.querySelectorAll(marks)].flatMap((mark) => numbers(mark, name));
    const seen = (plot) => ({
        pixels: [
            ...all(plot, ".points > path", "transform"), ...all(plot, ".js-line", "d"), ...all(plot, ".js-fill", "d"),
            ...all(plot, ".bars .point path", "d"),
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


@pytest.mark.parametrize("name", ["One layer", "Across layers", "Tornado"])
def test_marks_moved_by_the_slider_lie_where_plotly_draws_them(tab: "Page", name: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 6000})  # only what is on the screen moves
    go(tab, name)
    set_layer(tab, 4)
    tab.wait_for_function(
        "() => [...document.querySelectorAll('.catsel-chart .plot')].every(plot => plot.querySelector('.main-svg'))"
    )
    tab.focus(".catsel-slider input")
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function(
        "() => [...document.querySelectorAll('.catsel-chart')].every(({ catselView: { spec, plot } }) =>"
        " !spec.frames?.length || plot.dataset.layer === '9')"
    )
    charts = tab.evaluate(_DRAWN)
    assert charts
    for moved, anew in charts:
        assert moved["pixels"]
        assert moved["pixels"] == pytest.approx(anew["pixels"], abs=0.02)
        assert moved["ticks"] == anew["ticks"]


def test_layer_survives_a_change_of_page_and_a_click_picks_one(tab: "Page") -> None:
    go(tab, "Across layers")
    tab.evaluate(
        "() => document.querySelectorAll('.catsel-chart .plot')[1].emit('plotly_click',"
        " { points: [{ customdata: 12 }] })"
    )
    tab.wait_for_function("() => document.querySelector('.catsel-slider input').value === '12'")
    tab.get_by_test_id("stSidebar").get_by_role("link", name="One layer").click()
    tab.wait_for_function(
        "() => document.querySelector('figcaption')?.textContent.startsWith('At L11 (hidden state 12)')"
    )


def test_downloads(tab: "Page", tmp_path: Path) -> None:
    go(tab, "One layer")
    set_layer(tab, 4)
    for kind in ("SVG", "PNG", "CSV"):
        with tab.expect_download() as caught:
            tab.locator(".catsel-chart").first.get_by_role("button", name=kind).click()
        name = caught.value.suggested_filename
        assert name == f"catsel-similarity-matrix-space-furniture-fruit-L3.{kind.lower()}"
        caught.value.save_as(tmp_path / name)
    stem = "catsel-similarity-matrix-space-furniture-fruit-L3"
    assert (tmp_path / f"{stem}.png").read_bytes().startswith(b"\x89PNG")
    picture = (tmp_path / f"{stem}.svg").read_text(encoding="utf-8")
    assert "“The next word is {word}” · last piece · cosine" in picture
    assert 'font-family:"Source Sans"' in picture
    assert "base64,d09GMg" in picture  # the beginning of a font's file
    rows = (tmp_path / f"{stem}.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 35
    assert rows[1].startswith("galaxy (space),1,0.72")


def test_words_typed_just_before_a_link_is_clicked_are_kept(tab: "Page") -> None:
    go(tab, "Words")
    tab.get_by_label("Words of fruit").fill("pear, plum, quince")
    link = tab.get_by_test_id("stSidebar").get_by_role("link", name="Across layers")
    link.click(delay=60)  # a hand's press
    tab.wait_for_url("**/across_layers*")
    tab.get_by_test_id("stSidebar").get_by_text("fruit · 3").wait_for(timeout=30_000)


def test_typed_template_is_used_and_a_broken_one_explained(tab: "Page") -> None:
    go(tab, "Words")
    box = tab.get_by_role("textbox", name="Prompt")
    sidebar = tab.get_by_test_id("stSidebar")
    for template in ("I wonder about {word}", "no place for it"):
        box.click()
        box.fill(template)
        box.press("Enter")
        sidebar.get_by_text("I wonder about {word}").wait_for(timeout=120_000)
    tab.get_by_text("exactly once; “no place for it” has it 0 times").wait_for()
    assert sidebar.get_by_text("I wonder about {word}").count() == 1


def test_edited_word_gives_a_new_result(tab: "Page") -> None:
    go(tab, "Words")
    before = first_caption(tab)
    area = tab.get_by_label("Words of furniture")
    area.fill("door, window, wall")
    area.press("Control+Enter")
    tab.wait_for_function(
        "(old) => { const now = document.querySelector('figcaption').textContent; return now && now !== old; }",
        arg=before,
        timeout=120_000,
    )
    area.fill("door, door")
    area.press("Control+Enter")
    tab.get_by_text("stands 2 times").wait_for()


def test_careful_profiles_move_without_the_server_and_can_be_read_by_all(tab: "Page") -> None:
    go(tab, "Across layers")
    tab.get_by_role("radio", name="Careful").click()
    tab.get_by_text("Category-balanced Δ").first.wait_for(timeout=30_000)
    settle(tab)
    wait_until_drawn(tab)
    if AXE.is_file():
        assert findings(tab) == []
    count_messages(tab)
    set_layer(tab, 12)
    tab.wait_for_function("() => document.querySelectorAll('.plot[data-layer=\"12\"]').length >= 4")
    assert messages_sent(tab) == 0
    tab.get_by_role("radio", name="Book").click()
    tab.get_by_text("t values").first.wait_for(timeout=30_000)
    settle(tab)
