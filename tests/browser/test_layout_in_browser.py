"""What comes of narrow screens from the first on, and of the line that controls are folded into."""

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MARKS, settle, visit
from tests.support.layout import LAPTOP, PHONE, TABLET, Size, box, cut_off, resize
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


@pytest.mark.parametrize(("path", "size"), [("", PHONE), ("contexts", TABLET)], ids=["phone", "tablet"])
def test_a_page_begun_on_a_narrow_screen_shows_its_figure(
    browser: "Browser", server: Server, path: str, size: Size
) -> None:
    context = browser.new_context(viewport=size)
    page = context.new_page()
    visit(page, server.address + path)
    resize(page, size)
    main = box(page.get_by_test_id("stMain"))
    assert main["right"] - main["left"] == size["width"]  # the sidebar is folded away
    slider, first = box(page.locator(".catsel-slider")), box(page.locator(".catsel-chart").first)
    assert 0 <= slider["top"] < slider["bottom"] <= first["top"] < 0.6 * size["height"]
    assert cut_off(page) == []
    context.close()


def test_a_sidebar_opened_by_hand_on_a_tablet_stays(browser: "Browser", server: Server) -> None:
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    visit(page, server.address)
    resize(page, TABLET)
    page.get_by_test_id("stExpandSidebarButton").click()
    link = page.get_by_test_id("stSidebar").get_by_role("link", name="One layer")
    link.wait_for()
    page.set_viewport_size({"width": 900, "height": 1180})
    page.wait_for_timeout(600)
    assert link.is_visible()
    context.close()


def test_what_is_chosen_is_read_in_the_folded_line(page: "Page", server: Server) -> None:
    visit(page, server.address + "contexts")
    resize(page, LAPTOP)
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
    visit(page, server.address + "contexts")
    resize(page, LAPTOP)
    picture = page.locator(".catsel-chart .plot").first
    before = picture.evaluate("(plot) => plot._fullLayout.height")
    page.locator(".st-key-fold summary").click()
    page.wait_for_timeout(700)
    page.get_by_role("radio", name="Same for all layers").click()
    settle(page)
    assert picture.evaluate("(plot) => plot._fullLayout.height") == pytest.approx(before, abs=7)
