"""Every page around its figure: slider and figure on one screen, and nothing cut off on any."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.browser import MARKS, settle, visit
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = MARKS

WITH_SLIDER = ["", "one_layer", "across_layers", "contexts", "tornado", "senses", "compare"]
LAPTOP, LARGE = {"width": 1366, "height": 768}, {"width": 1920, "height": 1080}
TABLET, PHONE = {"width": 820, "height": 1180}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def server(prepared: None) -> Iterator[Server]:
    running = Server(CATSEL_WARM_UP="0")
    yield running
    running.stop()


def box(thing: "Locator") -> Any:
    """Where it is in the window."""
    return thing.evaluate("(element) => element.getBoundingClientRect().toJSON()")


def opened(page: "Page", address: str, size: Any) -> None:
    page.set_viewport_size(size)
    visit(page, address)
    page.wait_for_timeout(300)  # charts take up what stands above them


def assert_in_sight(page: "Page", size: Any) -> None:
    """All sliders, and the first figure with its heading and its reading."""
    sliders = [box(slider) for slider in page.locator(".catsel-slider").all()]
    first = box(page.locator(".catsel-chart").first)
    assert sliders
    assert all(slider["top"] >= 0 and slider["bottom"] <= size["height"] for slider in sliders)
    assert max(slider["bottom"] for slider in sliders) <= first["top"]
    assert first["bottom"] <= size["height"]
    assert first["right"] <= size["width"]


@pytest.mark.parametrize("size", [LAPTOP, LARGE], ids=["laptop", "large"])
@pytest.mark.parametrize("path", WITH_SLIDER)
def test_slider_and_figure_are_on_the_first_screen(page: "Page", server: Server, path: str, size: Any) -> None:
    opened(page, server.address + path, size)
    assert_in_sight(page, size)
    picture = page.locator(".catsel-chart .plot").first
    assert picture.evaluate("(plot) => plot.clientHeight") >= 240
    sizes = picture.locator(".xtick text, .ytick text").evaluate_all(
        "(ticks) => ticks.map((tick) => parseFloat(getComputedStyle(tick).fontSize))"
    )
    assert min(sizes) >= (9 if size is LAPTOP else 12)
    if path in ("across_layers", "tornado", "senses"):  # axes of layers, not of every word
        assert min(sizes) >= (13 if size is LAPTOP else 18)


@pytest.mark.parametrize("path", ["one_layer", "contexts", "senses", "compare"])
def test_the_sliders_stay_in_sight_and_every_matrix_fits_below_them(page: "Page", server: Server, path: str) -> None:
    opened(page, server.address + path, LAPTOP)
    matrix = page.locator(".catsel-chart").filter(has_text="Similarity of every pair").first
    matrix.evaluate("(figure) => figure.scrollIntoView({ block: 'end' })")
    for slider in page.locator(".catsel-slider").all():
        assert box(slider)["top"] >= 0
        assert box(slider)["bottom"] <= box(matrix)["top"] + 1
    assert box(matrix.locator("figcaption"))["bottom"] <= LAPTOP["height"] + 1


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize(
    "path", ["", "words", "one_layer", "across_layers", "contexts", "tornado", "senses", "compare"]
)
def test_nothing_is_cut_off_on_narrow_screens(browser: "Browser", server: Server, path: str, size: Any) -> None:
    context = browser.new_context(viewport=size)
    page = context.new_page()
    opened(page, server.address + path, size)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 1
    assert box(main)["right"] - box(main)["left"] == size["width"]  # the sidebar is folded away
    cut = page.locator(".catsel-chart .title").evaluate_all(
        "(titles) => titles.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"
    )
    assert cut == []
    page.evaluate("() => document.querySelector('.stMain').scrollTo(0, 600)")
    for slider in page.locator(".catsel-slider").all():
        assert 0 <= box(slider)["top"] < 200
    context.close()


def test_a_sidebar_opened_by_hand_on_a_tablet_stays(browser: "Browser", server: Server) -> None:
    context = browser.new_context(viewport={"width": 820, "height": 1180})
    page = context.new_page()
    opened(page, server.address, TABLET)
    page.get_by_test_id("stExpandSidebarButton").click()
    link = page.get_by_test_id("stSidebar").get_by_role("link", name="One layer")
    link.wait_for()
    page.set_viewport_size({"width": 900, "height": 1180})
    page.wait_for_timeout(600)
    assert link.is_visible()
    context.close()


def test_what_is_chosen_is_read_in_the_folded_line(page: "Page", server: Server) -> None:
    opened(page, server.address + "contexts", LAPTOP)
    line = page.locator(".catsel-chosen")
    assert not page.get_by_role("textbox", name="Words to look for").is_visible()
    _, targets, window, used = line.inner_text().rsplit(" · ", 3)
    assert window == "50 tokens"
    assert used.endswith(" windows")
    first, *_, last = targets.split(", ")
    page.locator(".st-key-fold summary").click()
    words = page.get_by_role("textbox", name="Words to look for")
    words.fill(f"{first}, unicornucopia")
    words.press("Enter")
    said = page.get_by_text("“unicornucopia” does not occur in this text")
    said.wait_for()
    assert 0 < box(said)["top"] < box(line)["top"]  # in sight, above what is folded away
    assert words.is_visible()
    settle(page)
    words.fill(f"{first}, {last}")
    words.press("Enter")
    page.wait_for_function(
        "(words) => document.querySelector('.catsel-chosen').textContent.includes(words)", arg=f"· {first}, {last} ·"
    )
    assert words.is_visible()


def test_what_is_unfolded_leaves_the_figures_as_they_are(page: "Page", server: Server) -> None:
    opened(page, server.address + "contexts", LAPTOP)
    picture = page.locator(".catsel-chart .plot").first
    before = picture.evaluate("(plot) => plot._fullLayout.height")
    page.locator(".st-key-fold summary").click()
    page.wait_for_timeout(700)
    page.get_by_role("radio", name="Same for all layers").click()
    settle(page)
    assert picture.evaluate("(plot) => plot._fullLayout.height") == pytest.approx(before, abs=7)
