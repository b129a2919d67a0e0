"""The pages in German: for a browser that asks for it, until its visitor chooses otherwise."""

from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from catsel_core.language import tr
from catsel_core.language.translation import FOLDER
from pages.ui.frame import SECTIONS
from tests.support.axe import AXE, findings
from tests.support.browser import MARKS, go, set_layer, settle, visit, wait_for_chart
from tests.support.languages import speaking
from tests.support.layout import LAPTOP, assert_in_sight, cut_off
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS

with speaking("de"):
    NAMES = [tr(label) for _, pages in SECTIONS for _, label, _ in pages]
WITHOUT_SLIDER = {"Speichern und teilen", "Wörter", "Modelle", "Lektionen", "Methode"}


def english() -> list[str]:
    """What is said in English in some words, and otherwise in German."""
    with (FOLDER / "de" / "LC_MESSAGES" / "catsel.po").open("rb") as file:
        messages = [each for each in read_po(file) if isinstance(each.id, str) and each.id != each.string]
    return [each.id for each in messages if isinstance(each.id, str) and each.id.count(" ") > 2 and "{" not in each.id]


def language_of(page: "Page") -> str:
    language: str = page.evaluate("document.documentElement.lang")
    return language


def test_every_page_is_german_and_whole(browser: "Browser", server: Running) -> None:
    context = browser.new_context(viewport=LAPTOP, locale="de-AT")
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    visit(page, server.address)
    said = english()
    assert len(said) > 300
    for name in NAMES:
        go(page, name)
        assert language_of(page) == "de"
        seen = page.inner_text("body")
        assert [message for message in said if message in seen] == [], name
        if name not in WITHOUT_SLIDER:
            assert_in_sight(page, LAPTOP)
        assert cut_off(page) == [], name
    assert failed == []
    if AXE.is_file():
        assert findings(page) == []
    context.close()


def test_what_is_chosen_by_hand_is_spoken_from_then_on(browser: "Browser", server: Running) -> None:
    context = browser.new_context(viewport=LAPTOP, locale="de-DE")
    page = context.new_page()
    visit(page, server.address + "one_layer")
    set_layer(page, 7)
    page.get_by_text("In L6 (Hidden State 7)").first.wait_for()
    page.get_by_role("button", name="Nächste Schicht").wait_for()
    page.get_by_role("radio", name="English").click()
    page.get_by_text("At L6 (hidden state 7)").first.wait_for()
    settle(page)
    assert language_of(page) == "en"
    page.get_by_role("button", name="Next layer").wait_for()
    page.reload()
    wait_for_chart(page)
    settle(page)
    assert language_of(page) == "en"
    assert page.get_by_text("At L6 (hidden state 7)").first.is_visible()
    context.close()
