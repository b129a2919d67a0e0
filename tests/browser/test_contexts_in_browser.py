"""Contexts, Tornado and Senses in a real browser: passages behind a cell, one layer for all pages, books, stopping."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catsel_core.analyses.contexts import analyse_contexts
from catsel_core.hidden_states.chunks import chunks_of
from catsel_core.hidden_states.stored_activations import activations_key
from catsel_core.session import first_session
from catsel_core.settings import models_dir, results_dir
from tests.support import gutenberg_server
from tests.support.browser import (
    MARKS,
    chart,
    click_cell,
    count_messages,
    first_caption,
    go,
    messages_sent,
    newcomer,
    set_layer,
    settle,
    unfold,
    visit,
)
from tests.support.gutenberg_server import GutenbergServer
from tests.support.server import Running, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = MARKS

SENTENCES = (
    "The old miller carried his lantern down the stairs and looked long at the wheel. ",
    "Nobody in the village had ever seen such a storm rise over the quiet river. ",
    "A single lantern burned above the door while the river rose and the storm went on. ",
)
BOOK = (
    "The Project Gutenberg eBook of The Mill\r\n\r\nTitle: The Mill\r\n\r\n"
    "*** START OF THE PROJECT GUTENBERG EBOOK THE MILL ***\r\n\r\n"
    + "\r\n".join(SENTENCES[at % 3] for at in range(30))
    + "\r\n\r\n*** END OF THE PROJECT GUTENBERG EBOOK THE MILL ***\r\nLicence.\r\n"
).encode()


@pytest.fixture(scope="module")
def tab(visitor: "BrowserContext", server: Running) -> Iterator["Page"]:
    """A page that stays as the test before has left it."""
    page = newcomer(visitor)
    visit(page, server.address + "contexts")
    yield page
    page.close()


def test_a_click_on_a_cell_shows_both_passages(tab: "Page") -> None:
    go(tab, "Contexts")
    matrix = chart(tab, "Similarity of every pair of occurrences")
    assert not matrix.locator(".passages p").first.is_visible()
    click_cell(tab, matrix, 3, 100)
    first, second = matrix.locator(".passages p").all()
    assert first.locator("mark").inner_text().strip() == "blood"
    assert second.locator("mark").inner_text().strip() == "night"
    assert len(first.inner_text().split()) > 20
    said = matrix.locator("output").inner_text()
    assert said.startswith("cosine similarity 0.")
    assert said.endswith("at L3")
    tab.focus(".catsel-slider input")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.querySelector('.passages output').textContent.endsWith('at L4')")
    matrix.locator(".passages select").last.select_option("love 2")
    assert second.locator("mark").inner_text().strip() == "love"


def test_contexts_move_without_the_server(tab: "Page") -> None:
    go(tab, "Contexts")
    set_layer(tab, 4)
    count_messages(tab)
    tab.focus(".catsel-slider input")
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.querySelector('.catsel-chart .plot').dataset.layer === '9'")
    assert "L8 (hidden state 9)" in chart(tab, "How similar the pairs are").locator("figcaption").inner_text()
    assert messages_sent(tab) == 0


def test_a_layer_picked_in_the_tornado_is_the_layer_shown_elsewhere(tab: "Page") -> None:
    go(tab, "Tornado")
    panels = tab.locator(".catsel-chart.panel")
    assert panels.count() == 3
    click_cell(tab, panels.nth(1), 20, 0.7)  # the x axis is the similarity itself
    tab.wait_for_function("() => document.querySelector('.catsel-slider input').value === '20'")
    for panel in panels.all():
        assert "At L19 (hidden state 20)" in panel.locator("figcaption").inner_text()
    for name in ("Contexts", "Senses", "One layer"):
        tab.get_by_test_id("stSidebar").get_by_role("link", name=name).click()
        tab.wait_for_function(
            "() => document.querySelector('figcaption')?.textContent.includes('L19 (hidden state 20)')", timeout=120_000
        )


def choose_the_books_bins(tab: "Page") -> None:
    """On Tornado, at the embedding, where they hold no pair."""
    go(tab, "Tornado")
    unfold(tab)
    tab.get_by_text("The book's (0.4 to 1)").click()
    set_layer(tab, 0)
    tab.get_by_text("all of them lie outside the bins").first.wait_for(timeout=60_000)


def test_the_books_bins_say_what_lies_outside(tab: "Page") -> None:
    choose_the_books_bins(tab)
    assert tab.locator(".catsel-chart.panel figcaption").nth(1).inner_text().endswith("below).")


def test_a_move_to_a_layer_whose_means_lie_outside_draws_no_tornado_anew(tab: "Page") -> None:
    choose_the_books_bins(tab)
    tab.evaluate(
        "() => { window.drawn = 0; for (const plot of document.querySelectorAll('.catsel-chart.panel .plot'))"
        " plot.on('plotly_afterplot', () => { window.drawn += 1; }); }"
    )
    for layer in (4, 0):
        set_layer(tab, layer)
        at = "() => [...document.querySelectorAll('.panel .plot')].every(plot => plot.dataset.layer === '{}')"
        tab.wait_for_function(at.format(layer))
    assert tab.evaluate("drawn") == 0


def test_a_legend_of_many_lines_leaves_the_picture_its_height(page: "Page", server: Running) -> None:
    visit(page, server.address + "tornado")
    picture = chart(page, "How similar the pairs are").locator(".plot")
    sizes = "(plot) => ({ area: plot._fullLayout.yaxis._length, legend: plot._fullLayout.legend._height })"
    few, names = picture.evaluate(sizes), picture.evaluate("(plot) => plot.data.length")
    unfold(page)
    page.get_by_role("radio", name="Every pair").click()
    page.wait_for_function("() => document.querySelectorAll('.catsel-chart.panel').length === 6")
    settle(page)
    picture.scroll_into_view_if_needed()  # off the screen it waits
    page.wait_for_function("([plot, names]) => plot.data.length > names", arg=[picture.element_handle(), names])
    many = picture.evaluate(sizes)
    assert many["legend"] > 60  # three lines
    assert many["area"] > 2 * many["legend"]
    assert many["area"] == pytest.approx(few["area"], rel=0.1)


def test_a_book_that_cannot_be_had_is_explained_and_the_page_stays(
    page: "Page", quick: Running, gutenberg: GutenbergServer
) -> None:
    gutenberg.answers = [gutenberg_server.status(404)]
    visit(page, quick.address + "contexts")
    before = first_caption(page)
    unfold(page)
    page.get_by_test_id("stMain").get_by_text("Project Gutenberg").first.click()
    number = page.get_by_role("spinbutton", name="Number of the book")
    number.fill("17")
    number.press("Enter")
    page.get_by_text("Book 17 is not on this computer yet").wait_for()
    page.get_by_role("button", name="Fetch").click()
    page.get_by_role("alert").get_by_text("Book 17 could not be fetched").wait_for(timeout=30_000)
    assert first_caption(page) == before
    gutenberg.answers = [gutenberg_server.serve(BOOK)]
    page.get_by_role("button", name="Fetch").click()
    page.get_by_text("No word of “The Mill” occurs often enough to be suggested.").wait_for(timeout=30_000)
    words = page.get_by_role("textbox", name="Words to look for")
    words.fill("river, wheel")
    words.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.catsel-chart figcaption')?.textContent.includes('wheel')", timeout=120_000
    )
    page.locator(".catsel-chosen").get_by_text("The Mill").wait_for()
    assert gutenberg.paths[-1] == "/cache/epub/17/pg17.txt"
    words.fill("lantern, unicorn")
    words.press("Enter")
    page.get_by_text("“unicorn” does not occur in this text").wait_for()
    assert "wheel" in first_caption(page)


def stored(folder: Path) -> int:
    """Number of stored chunks."""
    return len(list(folder.glob("*.npz")))


def until_stored(page: "Page", folder: Path, count: int) -> None:
    """Wait for so many chunks."""
    while stored(folder) < count:
        page.wait_for_timeout(100)


def give_chunks(results: Path, count: int) -> None:
    """Put the first chunks of the windows that Contexts shows first into another store."""
    analysis = analyse_contexts(first_session().context_request({}))
    chunks = chunks_of(analysis.inputs.items, by_group=True)
    assert len(chunks) == 12
    results.mkdir()
    for chunk in chunks[:count]:
        key = activations_key(replace(analysis.inputs, items=chunk), analysis.model, "vectors")
        shutil.copy(results_dir() / f"{key}.npz", results)


def test_long_work_can_be_stopped_and_taken_up_again(
    browser: "Browser", gutenberg: GutenbergServer, tmp_path: Path
) -> None:
    (tmp_path / "models").symlink_to(models_dir(), target_is_directory=True)
    results = tmp_path / "results"
    give_chunks(results, 9)
    fresh = Server(CATSEL_CACHE=str(tmp_path), CATSEL_GUTENBERG=gutenberg.address)
    try:
        page = browser.new_page()
        page.goto(fresh.address + "contexts")
        main = page.get_by_test_id("stMain")
        main.get_by_text("The model has read 1").wait_for(timeout=60_000)
        main.get_by_role("button", name="Stop").click()
        main.get_by_text("of 240 windows. What was finished is kept.").wait_for(timeout=30_000)
        with_the_one_under_way = stored(results) + 1
        until_stored(page, results, 10)
        page.wait_for_timeout(3000)  # the model is in memory by now: another chunk would take less
        assert stored(results) <= with_the_one_under_way < 12
        main.get_by_role("button", name="Go on").click()
        page.wait_for_selector(".catsel-chart .main-svg", timeout=120_000)
        page.close()
    finally:
        fresh.stop()
        shutil.rmtree(results, ignore_errors=True)


def test_senses_of_one_word_and_the_sentences_behind_a_cell(tab: "Page") -> None:
    go(tab, "Senses")
    matrix = chart(tab, "Similarity of every pair of sentences")
    click_cell(tab, matrix, 0, 12)
    assert [mark.inner_text() for mark in matrix.locator("mark").all()] == ["bank", "bank"]
    assert matrix.locator(".picked").is_visible()
    tab.get_by_role("combobox", name="Sentences of").click()
    tab.get_by_role("option", name="pitch").click()
    only = chart(tab, "Similarity of every pair of sentences with “pitch”")
    only.wait_for(timeout=30_000)
    assert only.locator(".picked").count() == 0  # the frame goes with the matrix that its cell is of
    assert only.locator(".passages select").first.locator("option").count() == 16
    set_layer(tab, 0)
    tab.get_by_text("At Emb (hidden state 0) Δ is 0.000 over all words.").wait_for()
