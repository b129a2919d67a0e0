"""What is typed survives whatever comes next: a tap, a click without press time, the keyboard, the browser's Back."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MARKS, first_caption, go, settle, unfold, visit
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def touched(browser: "Browser", quick: Running) -> Iterator["Page"]:
    """A page on a tablet, which stays as the test before has left it."""
    tablet = browser.new_context(viewport={"width": 1180, "height": 820}, has_touch=True)
    page = tablet.new_page()
    visit(page, quick.address)
    yield page
    tablet.close()


FRUIT = ["pear", "plum", "quince", "fig", "grape", "peach", "olive", "date"]


def link(page: "Page", name: str) -> "Locator":
    return page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True)


def tap(page: "Page", name: str) -> None:
    link(page, name).tap()


def click_at_once(page: "Page", name: str) -> None:
    link(page, name).click(delay=0)


def press_enter(page: "Page", name: str) -> None:
    link(page, name).focus()
    page.keyboard.press("Enter")


def click_slowly(page: "Page", name: str) -> None:
    link(page, name).click(delay=60)


Leave = Callable[["Page", str], None]
WAYS: list[Leave] = [tap, click_at_once, press_enter, click_slowly]


@pytest.mark.parametrize("leave", WAYS)
def test_words_and_prompt_are_taken(touched: "Page", leave: Leave) -> None:
    count = 3 + WAYS.index(leave)
    go(touched, "Words")
    touched.get_by_label("Words of fruit").fill(", ".join(FRUIT[:count]))
    leave(touched, "Models")
    touched.wait_for_url("**/models")
    sidebar = touched.get_by_test_id("stSidebar")
    link(touched, "Words").tap()
    sidebar.get_by_text(f"fruit · {count}").wait_for(timeout=30_000)
    settle(touched)
    touched.get_by_role("textbox", name="Prompt").fill(f"I wonder {count} times about {{word}}")
    leave(touched, "One layer")
    touched.wait_for_url("**/one_layer")
    sidebar.get_by_text(f"I wonder {count} times about {{word}}").wait_for(timeout=30_000)
    sidebar.get_by_text(f"fruit · {count}").wait_for()


@pytest.mark.parametrize("leave", WAYS)
def test_words_to_look_for_and_a_pasted_text_are_taken(touched: "Page", leave: Leave) -> None:
    text, words = f"A text of mine, taken by a {leave.__name__}.", ["night", "love"][:: (-1) ** WAYS.index(leave)]
    go(touched, "Contexts")
    unfold(touched)
    touched.get_by_role("textbox", name="Words to look for").fill(", ".join(words))
    leave(touched, "Tornado")
    touched.wait_for_url("**/tornado")
    touched.wait_for_function(
        "(words) => document.querySelector('[data-testid=stSidebar]').textContent.includes(words)", arg="".join(words)
    )
    link(touched, "Contexts").tap()
    touched.wait_for_url("**/contexts")
    touched.locator(".st-key-fold details").wait_for()
    settle(touched)
    unfold(touched)
    choice = touched.get_by_role("radiogroup", name="Text", exact=True)
    choice.get_by_text("Your own").click()
    touched.get_by_label("or paste one").fill(text)
    leave(touched, "Models")
    touched.wait_for_url("**/models")
    link(touched, "Contexts").tap()
    touched.wait_for_url("**/contexts")
    pasted = touched.get_by_label("or paste one")
    pasted.wait_for(state="attached")
    assert pasted.input_value() == text
    unfold(touched)
    choice.get_by_text("Built in").click()
    pasted.wait_for(state="detached")
    settle(touched)


def test_the_browsers_back_takes_what_was_typed_along(touched: "Page") -> None:
    go(touched, "One layer")
    link(touched, "Words").tap()
    area = touched.get_by_label("Words of fruit")
    area.wait_for()
    settle(touched)
    area.press("Control+A")
    area.press_sequentially("pear, plum")
    touched.go_back(wait_until="commit")
    touched.wait_for_url("**/one_layer*")
    touched.get_by_test_id("stSidebar").get_by_text("fruit · 2").wait_for(timeout=30_000)
    settle(touched)
    touched.go_forward()
    touched.wait_for_url("**/words*")
    area.wait_for()
    assert area.input_value() == "pear, plum"


@pytest.mark.parametrize("leave", [tap, click_at_once])
def test_a_cell_of_a_table_is_taken(touched: "Page", leave: Leave) -> None:
    word = f"nebula{WAYS.index(leave)}"
    go(touched, "Words")
    touched.get_by_role("radio", name="As a table").click()
    settle(touched)
    canvas = touched.get_by_test_id("stDataFrame").locator("canvas").first
    box = canvas.bounding_box()
    assert box is not None
    touched.mouse.dblclick(box["x"] + box["width"] * 0.75, box["y"] + 55)
    touched.locator("#portal textarea").fill(word)
    leave(touched, "Across layers")
    touched.wait_for_url("**/across_layers")
    settle(touched)
    link(touched, "Words").tap()
    touched.get_by_role("radio", name="By category").click()
    area = touched.get_by_label("Words of space")
    area.wait_for()
    assert area.input_value().startswith(f"{word}, ")


def test_a_move_of_the_slider_leaves_what_was_typed(touched: "Page") -> None:
    go(touched, "Contexts")
    before = first_caption(touched)
    unfold(touched)
    words = touched.get_by_role("textbox", name="Words to look for")
    words.fill("love, night, blood")
    touched.locator(".catsel-slider input").first.focus()
    touched.keyboard.press("ArrowLeft")
    touched.get_by_test_id("stSidebar").get_by_text("blood", exact=True).wait_for(timeout=60_000)
    assert words.input_value() == "love, night, blood"
    touched.wait_for_function(
        "(old) => document.querySelector('.catsel-chart figcaption')?.textContent !== old", arg=before
    )
