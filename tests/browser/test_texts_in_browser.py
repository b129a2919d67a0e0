"""Texts as visitors bring them, in a real browser: a file with its licence, writing without spaces, a short paste."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MARKS, chart, first_caption, newcomer, unfold, visit
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = MARKS

TALE = "The miller walked to the river with a _lantern_. The river was high, and so was the storm. " * 12
LICENCE = "This electronic work may be shared under the terms of this agreement.\n" * 20
BOOK = (
    "The Project Gutenberg Etext of A Tale\n\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\n"
    f"{TALE}\n\nEnd of The Project Gutenberg Etext of A Tale\n{LICENCE}"
)
CHINESE = "小猫在院子里睡觉，我看见小猫醒了。她喜欢小猫，我也喜欢小猫。那只小猫很小。\n小猫跑了。\n" * 5


def look_for(page: "Page", words: str) -> None:
    field = page.get_by_role("textbox", name="Words to look for")
    field.fill(words)
    field.press("Enter")


@pytest.fixture(scope="module")
def tab(visitor: "BrowserContext", quick: Running) -> Iterator["Page"]:
    """A page where the visitor brings texts of their own; it stays as the test before has left it."""
    page = newcomer(visitor)
    visit(page, quick.address + "contexts")
    unfold(page)
    page.get_by_test_id("stMain").get_by_text("Your own").first.click()
    page.get_by_text("or paste one").wait_for()
    yield page
    page.close()


def paste(page: "Page", content: str) -> None:
    area = page.get_by_role("textbox", name="or paste one")
    area.fill(content)
    area.press("Control+Enter")
    page.get_by_role("button", name="Use the pasted text").click()


def test_a_book_with_its_licence_is_the_book_and_its_italics_are_words(tab: "Page") -> None:
    file = {"name": "tale.txt", "mimeType": "text/plain", "buffer": BOOK.encode()}
    tab.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    tab.get_by_text("No word of “tale.txt” occurs often enough to be suggested.").wait_for(timeout=60_000)
    look_for(tab, "lantern, miller")
    tab.get_by_text("header and licence left out").wait_for(timeout=60_000)
    tab.get_by_text("Marks of emphasis, as in “_lantern_”, are left out (12 places).").wait_for()
    look_for(tab, "lantern, electronic")
    tab.get_by_text("“electronic” does not occur in this text").wait_for(timeout=60_000)
    tab.get_by_text("Keep Gutenberg's header and licence").click()
    tab.get_by_text("“electronic” does not occur in this text").wait_for(state="detached", timeout=60_000)
    tab.wait_for_function(
        "() => document.querySelector('.catsel-chart figcaption')?.textContent.includes('electronic')", timeout=120_000
    )


def test_words_without_spaces_are_found_and_drawn(tab: "Page") -> None:
    paste(tab, CHINESE)
    tab.get_by_text("a word is found wherever its characters stand").wait_for(timeout=60_000)
    matrix = chart(tab, "Similarity of every pair of occurrences")
    tab.wait_for_function(
        "() => document.querySelector('.catsel-chart figcaption')?.textContent.includes('小猫')", timeout=120_000
    )
    assert matrix.locator(".passages select").first.locator("option").first.text_content() == "小猫 1"


def test_a_paste_that_is_too_short_is_said_and_the_last_result_stays(tab: "Page") -> None:
    before = first_caption(tab)
    paste(tab, "It was a dark and stormy night.")
    tab.get_by_role("alert").get_by_text("too few for 50 tokens before a word").wait_for(timeout=60_000)
    tab.get_by_text("Your text, pasted: 31 characters").wait_for()
    assert first_caption(tab) == before
