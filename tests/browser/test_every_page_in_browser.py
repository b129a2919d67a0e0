"""Every page in one tab: its figure on every screen, nothing cut off or asked of others, WCAG in light and dark."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.axe import AXE, OF_COLORS, findings
from tests.support.browser import MARKS, go, newcomer, visit
from tests.support.layout import LAPTOP, LARGE, PHONE, TABLET, WINDOW, Size, assert_in_sight, box, cut_off, resize
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

NAMES = [
    "Overview",
    "Save and share",
    "Words",
    "One layer",
    "Across layers",
    "Single words",
    "Map",
    "Prompts",
    "Contexts",
    "Tornado",
    "Senses",
    "Models",
    "Compare",
    "Lessons",
    "Method",
]
WITHOUT_SLIDER = ("Save and share", "Words", "Models", "Lessons", "Method")
WITH_MATRIX = ("One layer", "Contexts", "Senses", "Compare")
LAYER_AXES = ("Across layers", "Prompts", "Tornado", "Senses")
"""Pages whose first figure has an axis of layers, not of every word."""
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 21, 28)"}

pytestmark = MARKS


@dataclass(slots=True)
class Tab:
    """A tab of the browser, the page that is open in it, what it has asked for, and what failed in it."""

    page: "Page"
    name: str = "Overview"
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def open(self, name: str) -> "Page":
        """The page of this name."""
        if name != self.name:
            self.page.emulate_media(color_scheme="light")
            resize(self.page, LAPTOP)
            go(self.page, name)
            self.name = name
        return self.page


@pytest.fixture(scope="module")
def tab(visitor: "BrowserContext", server: Running) -> Iterator[Tab]:
    made = Tab(newcomer(visitor))
    made.page.on("request", lambda request: made.asked.append(request.url))
    made.page.on("pageerror", lambda error: made.failed.append(str(error)))
    visit(made.page, server.address)
    assert made.asked
    yield made
    made.page.close()


def first_screen_of_a_laptop(page: "Page", name: str) -> None:
    assert_first_screen(page, LAPTOP, ticks=13 if name in LAYER_AXES else 9)


def first_screen_of_a_projector(page: "Page", name: str) -> None:
    assert_first_screen(page, LARGE, ticks=18 if name in LAYER_AXES else 12)


def assert_first_screen(page: "Page", size: Size, ticks: float) -> None:
    """Slider and figure are on it, and the labels of the axes at least so many pixels high."""
    resize(page, size)
    assert_in_sight(page, size)
    picture = page.locator(".catsel-chart .plot").first
    assert picture.evaluate("(plot) => plot.clientHeight") >= 240
    sizes = picture.locator(".xtick text, .ytick text").evaluate_all(
        "(ticks) => ticks.map((tick) => parseFloat(getComputedStyle(tick).fontSize))"
    )
    assert min(sizes, default=ticks) >= ticks  # a map has none


def sliders_above_a_matrix(page: "Page", _: str) -> None:
    """They stay in sight, and the matrix fits below them."""
    resize(page, LAPTOP)
    matrix = page.locator(".catsel-chart").filter(has_text="Similarity of every pair").first
    matrix.evaluate("(figure) => figure.scrollIntoView({ block: 'end' })")
    for slider in page.locator(".catsel-slider").all():
        assert box(slider)["top"] >= 0
        assert box(slider)["bottom"] <= box(matrix)["top"] + 1
    assert box(matrix.locator("figcaption"))["bottom"] <= LAPTOP["height"] + 1


def whole_in_a_window(page: "Page", _: str) -> None:
    assert_whole(page, WINDOW)


def whole_on_a_tablet(page: "Page", _: str) -> None:
    assert_whole(page, TABLET)
    assert box(page.get_by_test_id("stMain"))["width"] == TABLET["width"]  # the sidebar is folded away


def whole_on_a_phone(page: "Page", _: str) -> None:
    assert_whole(page, PHONE)
    assert box(page.get_by_test_id("stMain"))["width"] == PHONE["width"]


def assert_whole(page: "Page", size: Size) -> None:
    """Nothing is cut off, also further down, and the sliders stay."""
    resize(page, size)
    assert cut_off(page) == []
    main = page.get_by_test_id("stMain")
    assert main.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 1
    main.evaluate("(e) => e.scrollTo(0, 600)")
    for slider in page.locator(".catsel-slider").all():
        assert 0 <= box(slider)["top"] < 200


def axe_in_the_light(page: "Page", _: str) -> None:
    """Unfolded: the line of what is chosen is there all the same."""
    resize(page, LAPTOP)
    unfold_all(page)
    assert findings(page) == []


def axe_in_the_dark(page: "Page", _: str) -> None:
    """Of the rules, those about colours: the others find what they found in the light."""
    page.emulate_media(color_scheme="dark")
    resize(page, LAPTOP)
    unfold_all(page)
    assert ground_of(page) == GROUNDS["dark"]
    assert findings(page, OF_COLORS) == []
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(100)
    assert ground_of(page) == GROUNDS["light"]


def ground_of(page: "Page") -> str:
    """The colour behind everything."""
    color: str = page.locator(".stApp").evaluate("(app) => getComputedStyle(app).backgroundColor")
    return color


def unfold_all(page: "Page") -> None:
    """Open every line that controls are folded into."""
    for fold in page.locator(".st-key-fold details:not([open]) > summary").all():
        fold.click()
    page.wait_for_timeout(700)  # until it has opened: its edge moves


def pictures(page: "Page", name: str) -> None:
    """At every size, light and dark, for somebody to look at: only where a folder for them is named."""
    folder = Path(os.environ["CATSEL_SCREENSHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for size in (LAPTOP, LARGE, TABLET, PHONE):
            resize(page, size)
            page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png")


Check = Callable[["Page", str], None]


def checks_of(name: str) -> Iterator[Check]:
    if "CATSEL_SCREENSHOTS" in os.environ:
        yield pictures
    if name not in WITHOUT_SLIDER:
        yield from (first_screen_of_a_laptop, first_screen_of_a_projector)
    if name in WITH_MATRIX:
        yield sliders_above_a_matrix
    yield from (whole_in_a_window, whole_on_a_tablet, whole_on_a_phone)
    if AXE.is_file():  # `make check-scripts` brings it, with node and npm
        yield from (axe_in_the_light, axe_in_the_dark)


@pytest.mark.parametrize(("name", "check"), [(name, check) for name in NAMES for check in checks_of(name)])
def test_page(tab: Tab, server: Running, name: str, check: Check) -> None:
    page = tab.open(name)
    check(page, name)
    failed, tab.failed = tab.failed, []
    assert failed == []
    assert [url for url in tab.asked if not url.startswith((server.address, "data:", "blob:"))] == []
