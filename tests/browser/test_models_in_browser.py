"""Models and Compare in a real browser: a download from the hub, a folder, two tiny models side by side."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catsel_core.models.catalogue import GPT2
from tests.support.browser import (
    MARKS,
    chart,
    click_cell,
    count_messages,
    first_caption,
    messages_sent,
    settle,
    unfold,
    visit,
)
from tests.support.hub_server import Fault, HubServer
from tests.support.server import Server
from tests.support.tiny import gpt2_folder, llama_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = MARKS

PINNED = "607a30d783dfa663caf39e06633721c8d4cfcd7e"


@pytest.fixture(scope="module")
def hub() -> Iterator[HubServer]:
    running = HubServer()
    running.add(GPT2, gpt2_folder(), commit=PINNED)
    running.add("someone/tiny", gpt2_folder())
    yield running
    running.stop()


@pytest.fixture(scope="module")
def server(hub: HubServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(HF_HOME=str(tmp_path_factory.mktemp("home") / "hf"), HF_ENDPOINT=hub.address, HF_HUB_OFFLINE="0")
    yield running
    running.stop()


def open_models(page: "Page", server: Server) -> None:
    page.goto(server.address + "models")
    page.get_by_text("Another model").wait_for(timeout=60_000)
    page.get_by_text("licence MIT").first.wait_for(timeout=60_000)
    settle(page)


def use_folder(page: "Page", folder: Path) -> None:
    box = page.get_by_role("textbox", name="Name on the hub, or a folder")
    box.fill(str(folder))
    page.get_by_role("button", name="Look it up").click()
    page.get_by_test_id("stSidebar").get_by_text(f"Model: {folder.name}").wait_for(timeout=60_000)
    settle(page)


def test_any_model_of_the_hub_is_looked_up_before_it_is_downloaded(page: "Page", server: Server) -> None:
    open_models(page, server)
    box = page.get_by_role("textbox", name="Name on the hub, or a folder")
    box.fill("someone/nothing")
    page.get_by_role("button", name="Look it up").click()
    page.get_by_text("there is no model of this name").wait_for(timeout=60_000)
    box.fill("someone/tiny")
    page.get_by_role("button", name="Look it up").click()
    page.get_by_text(re.compile(r"revision cccccccccccc · download \d+ kB")).wait_for(timeout=60_000)
    page.get_by_role("button", name="Download").first.click()
    page.get_by_test_id("stSidebar").get_by_text("Model: tiny").wait_for(timeout=60_000)


def test_a_dead_network_leaves_the_page_in_use(page: "Page", tmp_path: Path) -> None:
    running = Server(HF_HOME=str(tmp_path / "hf"), HF_ENDPOINT="http://127.0.0.1:9", HF_HUB_OFFLINE="0")
    try:
        open_models(page, running)
        page.get_by_role("button", name="Download").first.click()
        page.get_by_text("there is no connection; check that this computer is online").wait_for(timeout=20_000)
        assert page.get_by_role("button", name="Download").first.is_enabled()
    finally:
        running.stop()


def test_models_limited_to_the_catalogue_offer_no_other(page: "Page") -> None:
    running = Server(CATSEL_CATALOGUE_ONLY="1", CATSEL_MAX_MODEL_GB="0")
    try:
        page.goto(running.address + "models")
        page.get_by_role("button", name="In use").wait_for(timeout=60_000)
        settle(page)
        assert page.get_by_role("textbox").count() == 0
        assert page.get_by_role("button", name="Download").count() == 0
    finally:
        running.stop()


def test_two_tiny_models_side_by_side(page: "Page", server: Server) -> None:
    open_models(page, server)
    use_folder(page, llama_folder())
    use_folder(page, gpt2_folder())
    page.get_by_test_id("stSidebar").get_by_role("link", name="Compare").click()
    page.wait_for_selector(".catsel-neighbours tbody tr", timeout=120_000)
    settle(page)
    unfold(page)
    pick_model(page, "Side B", "tiny-llama")
    page.wait_for_function(
        "() => document.querySelector('.catsel-chart .plot')?.textContent.includes('tiny-llama')", timeout=60_000
    )
    settle(page)
    count_messages(page)
    likeness = chart(page, "How alike the layers are")
    click_cell(page, likeness, 1, 3)
    page.wait_for_function("() => document.querySelectorAll('.catsel-slider .name')[1].textContent === 'L2'")
    assert page.locator(".catsel-slider .name").all_inner_texts() == ["L0", "L2"]
    assert likeness.locator("figcaption").inner_text().startswith("A L0, B L2: CKA, debiased ")
    assert framed_cell(likeness) == [1, 3]
    matrices = [chart(page, f"{letter} · Similarity of every pair of words") for letter in "AB"]
    assert "At L0 (hidden state 1)" in matrices[0].locator("figcaption").inner_text()
    assert "At L2 (hidden state 3)" in matrices[1].locator("figcaption").inner_text()
    words = page.locator(".catsel-neighbours")
    assert words.locator("p").inner_text().startswith("A at L0, B at L2: the 12 of 34 words")
    assert words.locator("tbody tr").count() == 12
    page.locator(".catsel-slider select").nth(1).select_option("same depth")
    page.locator(".catsel-slider input").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelectorAll('.catsel-slider .name')[1].textContent === 'L1'")
    assert page.locator(".catsel-slider .name").all_inner_texts() == ["L1", "L1"]
    assert messages_sent(page) == 0


def test_the_books_model_is_downloaded_and_used_from_then_on(
    page: "Page", server: Server, hub: HubServer, browser: "Browser"
) -> None:
    open_models(page, server)
    shown = page.get_by_test_id("stMain").inner_text()
    for fact in ("the book's model", "12 layers", "width 768", "download 550 MB", "memory 498 MB", "licence MIT"):
        assert fact in shown
    gpt2 = page.get_by_role("button", name="Download").nth(1)  # behind the bundled model's own, unquantised
    hub.faults = [Fault("api", times=1, status=500)]
    gpt2.click()
    page.get_by_text("the hub has a problem (status 500)").wait_for(timeout=60_000)
    gpt2.click()
    page.get_by_text("is here, and in use from now on").wait_for(timeout=60_000)
    page.get_by_test_id("stSidebar").get_by_text("Model: GPT-2").wait_for()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Words", exact=True).click()
    page.wait_for_function("() => document.querySelector('figcaption')?.textContent.includes('L2')", timeout=60_000)
    assert "at L2 (after the final norm)." in first_caption(page)
    newcomer = browser.new_context()
    other = newcomer.new_page()
    visit(other, server.address + "words")
    assert other.get_by_test_id("stSidebar").get_by_text("Model: GPT-2").count() == 1
    newcomer.close()


def framed_cell(chart: "Locator") -> list[int]:
    """Row and column of the cell in whose middle the frame stands."""
    found: list[int] = chart.locator(".plot").evaluate(
        """(plot) => {
            const { xaxis, yaxis } = plot._fullLayout;
            const [box, frame] = [plot, plot.querySelector(".picked")].map((e) => e.getBoundingClientRect());
            const x = (frame.left + frame.right) / 2 - box.left - xaxis._offset;
            const y = (frame.top + frame.bottom) / 2 - box.top - yaxis._offset;
            return [Math.round(yaxis.p2l(y)), Math.round(xaxis.p2l(x))];
        }"""
    )
    return found


def pick_model(page: "Page", side: str, name: str) -> None:
    box = page.get_by_test_id("stColumn").filter(has_text=side)
    box.get_by_test_id("stSelectbox").locator("input").click()
    page.get_by_role("option", name=name).click()
