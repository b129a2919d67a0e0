"""What one visitor saves, another opens: the same words, prompt and numbers."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.browser import MARKS, chart, go, settle, visit
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


def captions(page: "Page") -> list[str]:
    go(page, "One layer")
    settle(page)
    texts: list[str] = page.locator(".catsel-chart figcaption").all_inner_texts()
    return texts


def test_a_file_of_one_visitor_is_opened_by_another(browser: "Browser", quick: Server, tmp_path: Path) -> None:
    mine, theirs = (browser.new_context().new_page() for _ in range(2))
    visit(mine, quick.address + "words")
    prompt = mine.get_by_role("textbox", name="Prompt")
    prompt.fill("I like the word {word}")
    prompt.press("Enter")
    mine.get_by_test_id("stSidebar").get_by_text("I like the word").wait_for()
    expected = captions(mine)
    go(mine, "Save and open")
    with mine.expect_download() as download:
        mine.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "space-furniture-fruit.catsel.json"
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    visit(theirs, quick.address)
    before = captions(theirs)
    assert before != expected
    go(theirs, "Save and open")
    theirs.locator("input[type=file]").set_input_files(path)
    theirs.get_by_text("has taken the place of what was here").wait_for()
    assert captions(theirs) == expected
    assert "I like the word {word}" in theirs.locator(".catsel-chosen").inner_text()
    assert chart(theirs, "Similarity of every pair").is_visible()
    go(theirs, "Save and open")
    theirs.get_by_role("button", name="Undo").click()
    theirs.get_by_text("What was here before is back.").wait_for()
    assert captions(theirs) == before
    for page in (mine, theirs):
        page.context.close()


def test_a_report_is_saved_and_a_page_is_printed_whole(browser: "Browser", quick: Server) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    visit(page, quick.address)
    go(page, "Save and open")
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
    page.context.close()
