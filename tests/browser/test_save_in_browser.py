"""What one visitor has: there again after a restart, and opened by others from a link and from a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.support.browser import MARKS, chart, go, set_layer, settle, visit
from tests.support.server import Running, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS

PROMPT = "I like the word {word}"
LAYER = 2


@pytest.fixture
def pages(browser: "Browser") -> Iterator[list["Page"]]:
    """Tabs of two browsers."""
    made = [browser.new_context().new_page() for _ in range(2)]
    yield made
    for page in made:
        page.context.close()


@pytest.fixture
def again(home: Path) -> Iterator[Server]:
    """A server that was started anew, on the same disk: it has heard of nobody."""
    running = Server(HF_HOME=str(home), CATSEL_WARM_UP="0")
    yield running
    running.stop()


def shown(page: "Page") -> list[str]:
    """The layer, and what is read from the figures that are in sight."""
    settle(page)
    layer = page.locator(".catsel-slider .name").inner_text()
    page.get_by_text(f"At {layer}").first.wait_for()
    captions: list[str] = page.locator(".catsel-chart figcaption").all_inner_texts()
    return [layer, *captions[:2]]


def test_a_session_comes_back_and_is_handed_on(
    pages: list["Page"], quick: Running, again: Server, tmp_path: Path
) -> None:
    mine, theirs = pages
    visit(mine, quick.address + "words")
    prompt = mine.get_by_role("textbox", name="Prompt")
    prompt.fill(PROMPT)
    prompt.press("Enter")
    mine.get_by_test_id("stSidebar").get_by_text("I like the word").wait_for()
    go(mine, "One layer")
    set_layer(mine, LAYER)
    mine.wait_for_url(f"**/one_layer?layer={LAYER}")
    expected = shown(mine)
    link, path = handed_on(mine, tmp_path)
    visit(mine, f"{again.address}one_layer?layer={LAYER}")  # the reload after a restart: cookies do not know of ports
    assert shown(mine) == expected
    visit(theirs, link.replace(quick.address, again.address))
    assert opened(theirs) == expected
    theirs.locator("input[type=file]").set_input_files(path)
    assert opened(theirs) == expected


def hear_of_the_layer(page: "Page") -> None:
    """Wait until the server has been told of the layer, right after the page has come: no hand is as quick."""
    page.wait_for_timeout(700)
    settle(page)


def handed_on(page: "Page", folder: Path) -> tuple[str, Path]:
    """The link and the file that the page hands on."""
    go(page, "Save and share")
    link = page.get_by_role("textbox", name="Link").input_value()
    assert urlsplit(link).path == "/one_layer"
    hear_of_the_layer(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "space-furniture-fruit.catsel.json"
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return link, path


def opened(page: "Page") -> list[str]:
    """What a visitor is shown of what was just opened; then they go back to their own."""
    page.get_by_text("has taken the place of what was here").wait_for()
    go(page, "One layer")
    found = shown(page)
    assert PROMPT in page.locator(".catsel-chosen").inner_text()
    assert chart(page, "Similarity of every pair").is_visible()
    go(page, "Save and share")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("What was here before is back.").wait_for()
    settle(page)
    return found


def test_a_report_is_saved_and_a_page_is_printed_whole(page: "Page", quick: Running) -> None:
    visit(page, quick.address)
    go(page, "Save and share")
    page.get_by_role("button", name="Make the report").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the report").click()
    assert download.value.suggested_filename == "catsel-report-space-furniture-fruit.html"
    assert "Content-Security-Policy" in Path(download.value.path()).read_text(encoding="utf-8")[:200]
    go(page, "One layer")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert not page.get_by_role("button").all()
    assert page.locator("figcaption").count() == 5
    last = "() => [...document.querySelectorAll('figcaption')].at(-1).getBoundingClientRect().bottom"
    assert page.evaluate(last) <= page.evaluate("() => document.documentElement.scrollHeight")
