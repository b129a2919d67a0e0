"""Views of words that move in the browser: shuffles, single words, the map, orders of the matrix."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import (
    MARKS,
    chart,
    count_messages,
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
    page.set_viewport_size({"width": 1280, "height": 1600})
    visit(page, server.address)
    yield page
    page.close()


def caption(page: "Page", title: str) -> str:
    text: str = chart(page, title).locator("figcaption").inner_text()
    return text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Single words", "The words that fit least"),
        ("Single words", "over the layers"),
        ("Map", "Map of the words"),
        ("One layer", "Which hidden units make the similarity"),
        ("Prompts", "How well the prompts agree"),
    ],
)
def test_it_moves_with_the_slider_and_without_the_server(tab: "Page", name: str, title: str) -> None:
    go(tab, name)
    set_layer(tab, 3)
    tab.wait_for_function("() => document.querySelector('.catsel-chart .plot').dataset.layer === '3'")
    assert caption(tab, title).startswith("At L2 (hidden state 3)")
    count_messages(tab)
    set_layer(tab, 9)
    chart(tab, title).locator(".plot[data-layer='9']").wait_for()
    assert caption(tab, title).startswith("At L8 (hidden state 9)")
    assert messages_sent(tab) == 0


def test_points_glide_to_where_plotly_draws_them(tab: "Page") -> None:
    go(tab, "Map")
    set_layer(tab, 5)
    tab.wait_for_timeout(800)  # until they have glided
    places = """() => [...document.querySelectorAll(".catsel-chart .points > path")]
        .map((mark) => mark.getAttribute("transform"))"""
    before = tab.evaluate(places)
    set_layer(tab, 6)
    tab.wait_for_timeout(120)
    under_way = tab.evaluate(places)
    tab.wait_for_timeout(800)
    after = tab.evaluate(places)
    assert len(before) == len(after) >= 34
    assert before != under_way != after
    tab.evaluate("() => document.querySelector('.catsel-chart').catselView.draw()")
    assert tab.evaluate(places) == after


def test_a_chosen_word_is_joined_to_its_nearest(tab: "Page") -> None:
    go(tab, "Map")
    tab.get_by_role("combobox", name="Nearest words of").click()
    tab.get_by_role("option", name="moon (space)").click()
    tab.get_by_text("Truly nearest to “moon”").wait_for()
    settle(tab)
    assert chart(tab, "Map of the words").locator(".js-line").count() >= 1


def test_shuffles_build_the_distribution_up_and_end_with_all(tab: "Page") -> None:
    go(tab, "Across layers")
    tab.get_by_role("radio", name="Careful").click()
    tab.get_by_text("Shuffle the labels").first.wait_for(timeout=30_000)
    settle(tab)
    wait_until_drawn(tab)
    view = chart(tab, "Shuffle the labels")
    view.scroll_into_view_if_needed()
    outline = """(figure) => figure.querySelector(".js-line").getAttribute("d")"""
    whole = view.evaluate(outline)
    count_messages(tab)
    button = view.get_by_role("button", name="▶ Shuffle")
    button.click()
    tab.wait_for_timeout(700)
    building = view.get_by_role("button", name="■")
    assert " of 2,000" in building.inner_text()
    first = view.evaluate(outline)
    assert first != whole
    tab.wait_for_timeout(1500)
    assert view.evaluate(outline) not in (first, whole)
    building.click()
    assert view.evaluate(outline) == whole
    assert messages_sent(tab) == 0
    tab.get_by_role("radio", name="Book").click()
    settle(tab)


def test_a_word_is_found_in_the_matrix_at_every_layer_and_in_every_order(tab: "Page") -> None:
    go(tab, "One layer")
    matrix = chart(tab, "Similarity of every pair of words")
    field = matrix.get_by_role("searchbox", name="Find a word")
    field.fill("moon")
    frames = matrix.locator(".picked.found")
    assert frames.count() == 2
    places = """(figure) => [...figure.querySelectorAll(".picked.found")].map((e) => e.style.cssText)"""
    typed = matrix.evaluate(places)
    tab.get_by_role("combobox", name="Order").click()
    tab.get_by_role("option", name="Clustered, each layer its own").click()
    tab.get_by_text("adjusted Rand").first.wait_for(timeout=30_000)
    settle(tab)
    wait_until_drawn(tab)
    count_messages(tab)
    words = """(figure) => [...figure.querySelectorAll(".ytick text")].map((e) => e.textContent)"""
    orders = []
    for layer in (2, 12):
        set_layer(tab, layer)
        matrix.locator(f".plot[data-layer='{layer}']").wait_for()
        orders.append((matrix.evaluate(words), matrix.evaluate(places)))
    assert orders[0][0] != orders[1][0]
    assert typed not in (orders[0][1], orders[1][1])
    assert messages_sent(tab) == 0
    field.fill("zebra")
    assert frames.count() == 0
    assert field.get_attribute("aria-invalid") == "true"
    nothing = chart(tab, "Similarity of every pair of words").locator(".nothing")
    assert nothing.inner_text() == "no such word: try a part of it"
    field.fill("")
    assert not nothing.is_visible()
    tab.get_by_role("combobox", name="Order").click()
    tab.get_by_role("option", name="As typed").click()
    settle(tab)


def test_a_chart_is_presented_by_keyboard(tab: "Page") -> None:
    go(tab, "One layer")
    tab.set_viewport_size({"width": 1280, "height": 720})
    set_layer(tab, 4)
    matrix = chart(tab, "Similarity of every pair of words")
    plot, caption = matrix.locator(".plot"), matrix.locator("figcaption")
    width, size = plot.evaluate("(plot) => [plot.clientWidth, plot._fullLayout.font.size]")
    matrix.get_by_role("button", name="Present").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => document.fullscreenElement !== null")
    tab.wait_for_timeout(700)
    wide, large = plot.evaluate("(plot) => [plot.clientWidth, plot._fullLayout.font.size]")
    assert wide > 1.4 * width
    assert large > 1.25 * size
    assert caption.evaluate("(e) => e.getBoundingClientRect().bottom - innerHeight") <= 1
    for key, layer in (("ArrowRight", "L4"), ("PageUp", "L3"), ("End", "L29"), ("Home", "Emb"), ("PageDown", "L0")):
        tab.keyboard.press(key)
        caption.get_by_text(f"At {layer} ").wait_for()
        assert matrix.locator(".stage .name").inner_text() == layer
    tab.keyboard.press("Escape")
    tab.wait_for_function("() => document.fullscreenElement === null && !document.querySelector('.stage, .presented')")
    tab.wait_for_function("([plot, size]) => plot._fullLayout.font.size === size", arg=[plot.element_handle(), size])
    assert tab.locator(".catsel-slider .name").inner_text() == "L0"
    tab.keyboard.press("ArrowRight")
    assert tab.locator(".catsel-slider .name").inner_text() == "L0"  # the keys are the page's again
    set_layer(tab, 4)


def test_a_chart_covers_the_page_where_the_browser_has_no_full_screen(tab: "Page") -> None:
    go(tab, "One layer")
    matrix = chart(tab, "Similarity of every pair of words")
    matrix.evaluate("(root) => { root.requestFullscreen = undefined; }")
    matrix.get_by_role("button", name="Present").click()
    tab.wait_for_timeout(300)
    box = matrix.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1280)
    tab.keyboard.press("Escape")
    tab.wait_for_function("() => !document.querySelector('.presented')")
