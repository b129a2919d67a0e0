"""slider.js: the layer slider as Streamlit mounts it, of its own scripts and nothing else."""

from typing import TYPE_CHECKING, Any

from catsel_core.viewer.markup import slider_html
from catsel_core.viewer.scripts import FRONTEND
from tests.frontend.scripts import FRAME_LATER, LAYERS, layer_of, mount, move, show
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


def slider(page: "Page", **more: Any) -> None:
    data = {
        "layers": list(LAYERS),
        "note": "after the final norm",
        "bus": "layer",
        "label": "Layer",
        "mark": "",
        **more,
    }
    mount(page, "slider", slider_html(), data)


def test_a_slider_says_where_it_is_and_goes_no_further(page: "Page") -> None:
    slider(page)
    assert page.locator(".name").inner_text() == "L3"
    assert page.locator(".detail").inner_text() == "hidden state 4 of 4 · after the final norm"
    assert page.locator("input").get_attribute("aria-valuetext") == f"L3, {page.locator('.detail').inner_text()}"
    assert page.locator(".forth").is_disabled()
    page.locator(".back").click()
    page.evaluate(FRAME_LATER)
    assert page.locator(".detail").inner_text() == "hidden state 3 of 4"
    assert page.locator("input").input_value() == "3"
    page.locator("input").press("Home")
    page.evaluate(FRAME_LATER)
    assert page.locator(".name").inner_text() == "embeddings"
    assert page.locator(".back").is_disabled()


def test_its_letter_is_seen_and_nothing_moves_when_the_last_layer_is_said(page: "Page") -> None:
    page.set_viewport_size({"width": 1000, "height": 600})
    slider(page, mark="B", label="Layer of B")
    assert page.locator(".mark").inner_text() == "B"
    assert page.get_by_label("Layer of B").count() == 1
    page.add_style_tag(path=FRONTEND / "catsel.css")
    last = page.locator("input").bounding_box()
    move(page, "layer", 1)
    assert page.locator("input").bounding_box() == last


def test_it_plays_to_the_end_and_stops(page: "Page") -> None:
    page.clock.install()
    slider(page)
    page.locator(".play").click()
    assert page.locator(".play").get_attribute("aria-label") == "Pause"
    seen = []
    for _ in range(len(LAYERS)):
        seen.append(layer_of(page, "layer"))
        page.clock.run_for(460)
    assert seen == [0, 1, 2, 3, 4]
    assert page.locator(".play").get_attribute("aria-label") == "Play through the layers"


def test_a_slider_that_is_gone_neither_plays_nor_listens(page: "Page") -> None:
    page.clock.install()
    slider(page)
    move(page, "layer", 0)
    page.locator(".play").click()
    page.evaluate("() => leave()")
    page.clock.run_for(2000)
    assert layer_of(page, "layer") == 0
    page.evaluate("() => catselBuses.layer.pick(2)")
    page.clock.run_for(100)
    assert page.locator(".name").inner_text() == "embeddings"


def test_a_slider_follows_another_until_it_is_taken_by_hand(page: "Page") -> None:
    tables = {"best match": [4, 3, 2, 1, 0], "same depth": [0, 1, 2, 3, 4]}
    slider(page, bus="layer-b", follow={"bus": "layer", "tables": tables})
    assert page.locator("select option").all_text_contents() == ["best match", "same depth", "on its own"]
    assert layer_of(page, "layer-b") == 0
    move(page, "layer", 1)
    assert layer_of(page, "layer-b") == 3
    page.locator("select").select_option("same depth")
    assert layer_of(page, "layer-b") == 1
    page.locator(".forth").click()
    assert page.locator("select").input_value() == ""
    move(page, "layer", 4)
    assert layer_of(page, "layer-b") == 2
    data = {"layers": list(LAYERS), "note": "", "bus": "layer-b", "label": "B", "mark": "B"}
    show(page, {**data, "follow": {"bus": "layer", "tables": tables}})  # the page runs again
    assert page.locator("select").input_value() == ""
    assert layer_of(page, "layer-b") == 2


def test_a_step_begins_with_its_layer_once(page: "Page") -> None:
    slider(page, start={"name": "lesson/one", "layer": 1})
    page.evaluate(FRAME_LATER)
    assert layer_of(page, "layer") == 1
    move(page, "layer", 3)
    slider(page, start={"name": "lesson/one", "layer": 1})
    page.evaluate(FRAME_LATER)
    assert layer_of(page, "layer") == 3
    slider(page, start={"name": "lesson/two", "layer": 0})
    page.evaluate(FRAME_LATER)
    assert layer_of(page, "layer") == 0
