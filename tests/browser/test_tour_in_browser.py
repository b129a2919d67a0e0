"""The tour of the overview: on a first visit, by keyboard, once, and never where an address asks for something."""

from typing import TYPE_CHECKING

from pages.ui.tour import STEPS
from tests.support.axe import AXE, STANDARD
from tests.support.browser import MARKS, settle
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


def is_open(page: "Page") -> bool:
    return page.locator("dialog.catsel-tour").count() == 1


def violations(page: "Page") -> list[str]:
    """What axe finds in the dialog, without the shade around what is pointed at: it hides colours."""
    if not AXE.is_file():
        return []
    page.add_script_tag(path=AXE)
    page.add_style_tag(content="dialog.catsel-tour .ring { display: none; }")
    found = page.evaluate("(rules) => axe.run('dialog', { runOnly: rules })", STANDARD)
    assert {"button-name", "target-size"} <= {rule["id"] for rule in found["passes"]}
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]]


def test_the_tour_goes_through_the_overview_by_keyboard(browser: "Browser", quick: Running) -> None:
    """Begun by itself on a first visit, and again by its button; for whom else: tests/frontend/test_tour.py."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(quick.address)
    page.wait_for_selector("dialog.catsel-tour", timeout=120_000)
    settle(page)
    for step in STEPS:
        assert page.locator("dialog h2").inner_text() == step.title
        ring, card = (page.locator(f"dialog .{name}").bounding_box() for name in ("ring", "card"))
        assert ring is not None
        assert ring["width"] > 30
        assert card is not None
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 1280
        assert page.evaluate("document.activeElement.className") == "next"
        page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")

    page.locator(".catsel-tour-again").focus()
    page.keyboard.press("Enter")
    assert is_open(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.className") == "catsel-tour-again"
    assert_a_term_leads_to_the_glossary(page)
    page.close()


def assert_a_term_leads_to_the_glossary(page: "Page") -> None:
    """In a tab of its own, where it stands first."""
    page.get_by_text("How is this computed?").first.click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="hidden state", exact=True).first.click()
    glossary = opened.value
    heading = glossary.locator("h3#hidden-state")
    heading.wait_for(timeout=60_000)
    assert glossary.url.endswith("/method?term=hidden-state")
    assert 0 <= heading.evaluate("(element) => element.getBoundingClientRect().top") <= 600
