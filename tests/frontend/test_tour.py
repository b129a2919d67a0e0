"""tour.js: whom it is shown to, and where its card stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from pages.ui.tour import texts
from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

OVERVIEW = "http://catsel.test/"
FIGURE = '<div class="catsel-slider"><input></div><div class="catsel-chart"><p class="main-svg">Here it is</p></div>'


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """In a browser of its own: a clock that another test has set stays for all of its context."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def arrive(page: "Page", address: str, *, seen: bool = False) -> None:
    """Somebody's first page, on which the first figure is there."""
    page.route(
        "http://catsel.test/**", lambda route: route.fulfill(body=f"<body>{FIGURE}</body>", content_type="text/html")
    )
    page.goto(address)
    page.evaluate(f"() => localStorage.{'setItem' if seen else 'removeItem'}('catsel.tour', 'seen')")
    load(page, "parts.js", "tour.js")


def begun(page: "Page") -> bool:
    """Whether the tour begins when the page offers it."""
    page.evaluate("(texts) => offerTour(texts)", texts())
    return page.locator("dialog").count() == 1


def test_a_first_visit_of_the_overview_has_the_tour_once(page: "Page") -> None:
    arrive(page, OVERVIEW)
    assert begun(page)
    assert begun(page)  # the page was run again meanwhile: there is still one
    page.get_by_role("button", name="Skip").click()
    page.wait_for_selector("dialog", state="detached")
    assert not begun(page)


@pytest.mark.parametrize("address", [f"{OVERVIEW}?layer=3", f"{OVERVIEW}?session=x#y"])
def test_an_address_that_asks_for_something_is_no_first_visit(page: "Page", address: str) -> None:
    arrive(page, address)
    assert not begun(page)


def test_who_has_seen_it_or_comes_from_another_page_is_left_alone(page: "Page") -> None:
    arrive(page, OVERVIEW, seen=True)
    assert not begun(page)
    arrive(page, f"{OVERVIEW}words")
    page.evaluate("() => history.pushState(null, '', '/')")
    assert not begun(page)


def test_it_waits_for_the_first_figure_and_is_given_up_where_the_visitor_goes_on(page: "Page") -> None:
    arrive(page, OVERVIEW)
    page.evaluate("() => document.body.replaceChildren()")
    assert not begun(page)
    page.evaluate("(figure) => { document.body.innerHTML = figure; }", FIGURE)
    page.wait_for_selector("dialog")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.evaluate("() => { localStorage.removeItem('catsel.tour'); document.body.replaceChildren(); }")
    assert not begun(page)
    page.evaluate("(figure) => { history.pushState(null, '', '/words'); document.body.innerHTML = figure; }", FIGURE)
    page.wait_for_function("() => !window.catselTour.waiting")
    assert page.locator("dialog").count() == 0


ROOM = {"width": 1000, "height": 800}
CARD = {"width": 300, "height": 200}


@pytest.mark.parametrize(
    ("box", "place"),
    [
        ((100, 50, 900, 90), {"left": 100, "top": 104}),  # below
        ((900, 50, 990, 90), {"left": 686, "top": 104}),  # below, and within the page
        ((100, 300, 900, 780), {"left": 100, "top": 86}),  # above
        ((0, 0, 250, 800), {"left": 264, "top": 42}),  # right of a sidebar
        ((600, 0, 1000, 800), {"left": 286, "top": 42}),  # left
        ((0, 0, 1000, 800), {"left": 350, "top": 586}),  # over what fills the page, at its bottom
    ],
)
def test_the_card_stands_beside_what_it_speaks_of(page: "Page", box: tuple[int, ...], place: dict[str, Any]) -> None:
    arrive(page, OVERVIEW)
    sides = dict(zip(("left", "top", "right", "bottom"), box, strict=True))
    assert page.evaluate("([box, card, room]) => besideBox(box, card, room)", [sides, CARD, ROOM]) == place
