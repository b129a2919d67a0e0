"""What comes of narrow screens from the first on, and of the line that controls are folded into."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MARKS, go, newcomer, settle, unfold, visit
from tests.support.layout import LAPTOP, PHONE, TABLET, Size, box, cut_off, resize
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def narrow(browser: "Browser") -> Iterator["BrowserContext"]:
    """A browser in which nobody has opened or closed a sidebar."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture(scope="module")
def tablet(narrow: "BrowserContext", server: Running) -> "Page":
    """A page that was opened on a tablet held upright."""
    return begun(narrow, TABLET, server.address + "contexts")


@pytest.fixture(scope="module")
def phone(narrow: "BrowserContext", server: Running) -> "Page":
    """A page that was opened on a phone."""
    return begun(narrow, PHONE, server.address)


def begun(context: "BrowserContext", size: Size, address: str) -> "Page":
    """A page that was opened on a screen of this size."""
    page = newcomer(context)
    page.set_viewport_size(size)
    visit(page, address)
    return page


@pytest.fixture(scope="module")
def laptop(visitor: "BrowserContext", server: Running) -> Iterator["Page"]:
    """A page that was opened on a laptop, and stays as the test before has left it."""
    page = newcomer(visitor)
    visit(page, server.address + "contexts")
    resize(page, LAPTOP)
    yield page
    page.close()


@pytest.mark.parametrize(("opened", "size"), [("phone", PHONE), ("tablet", TABLET)])
def test_a_page_begun_on_a_narrow_screen_shows_its_figure(
    request: pytest.FixtureRequest, opened: str, size: Size
) -> None:
    page: Page = request.getfixturevalue(opened)
    resize(page, size)
    main = box(page.get_by_test_id("stMain"))
    assert main["right"] - main["left"] == size["width"]  # the sidebar is folded away
    slider, first = box(page.locator(".catsel-slider")), box(page.locator(".catsel-chart").first)
    assert 0 <= slider["top"] < slider["bottom"] <= first["top"] < 0.6 * size["height"]
    assert cut_off(page) == []


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("Senses", 400),
        ("Contexts", 412),
        ("One layer", 375),
        ("Contexts", 768),
        ("Compare", 1040),
        ("Contexts", 1024),
    ],
)
def test_a_page_begun_at_a_width_between_those_of_usual_screens_is_whole(phone: "Page", name: str, width: int) -> None:
    size: Size = {"width": width, "height": 1000}
    resize(phone, size)
    go(phone, name)  # its figures are drawn for the first time
    resize(phone, size)
    assert cut_off(phone) == []


def test_a_sidebar_opened_by_hand_on_a_tablet_stays(tablet: "Page") -> None:
    tablet.get_by_test_id("stExpandSidebarButton").click()
    link = tablet.get_by_test_id("stSidebar").get_by_role("link", name="One layer")
    link.wait_for()
    tablet.set_viewport_size({"width": 900, "height": 1180})
    tablet.wait_for_timeout(600)
    assert link.is_visible()


def test_what_is_unfolded_leaves_the_figures_as_they_are(laptop: "Page") -> None:
    picture = laptop.locator(".catsel-chart .plot").first
    assert not laptop.get_by_role("textbox", name="Words to look for").is_visible()
    before = picture.evaluate("(plot) => plot._fullLayout.height")
    laptop.locator(".st-key-fold summary").click()
    laptop.wait_for_timeout(700)
    laptop.get_by_role("radio", name="Same for all layers").click()
    settle(laptop)
    assert picture.evaluate("(plot) => plot._fullLayout.height") == pytest.approx(before, abs=7)


def test_what_is_chosen_is_read_in_the_folded_line(laptop: "Page") -> None:
    resize(laptop, LAPTOP)
    line = laptop.locator(".catsel-chosen")
    _, targets, window, used = line.inner_text().rsplit(" · ", 3)
    assert window == "50 tokens"
    assert used.endswith(" windows")
    first, *_, last = targets.split(", ")
    unfold(laptop)
    words = laptop.get_by_role("textbox", name="Words to look for")
    words.fill(f"{first}, unicornucopia")
    words.press("Enter")
    said = laptop.get_by_text("“unicornucopia” does not occur in this text")
    said.wait_for()
    assert 0 < box(said)["top"] < box(line)["top"]  # in sight, above what is folded away
    assert words.is_visible()
    settle(laptop)
    words.fill(f"{first}, {last}")
    words.press("Enter")
    laptop.wait_for_function(
        "(words) => document.querySelector('.catsel-chosen').textContent.includes(words)", arg=f"· {first}, {last} ·"
    )
    assert words.is_visible()
