"""A page's address as the first thing that anybody asks of a server, before it has computed anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catsel_core.settings import models_dir
from tests.support.browser import MARKS, first_caption, settle, unfold, visit
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def fresh(request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of which only pages with other results have been asked."""
    cache = tmp_path_factory.mktemp(request.param)
    (cache / "models").symlink_to(models_dir(), target_is_directory=True)
    running = Server(HF_HOME=str(home), CATSEL_CACHE=str(cache), CATSEL_WARM_UP="0")
    yield running
    running.stop()


_WATCH_FOR_PROGRESS = """
    new MutationObserver(() => { window.waited ||= Boolean(document.querySelector('[data-testid=stProgress]')); })
        .observe(document, { childList: true, subtree: true });
"""

_NEW_FIGURE = (
    "() => [...document.querySelectorAll('.catsel-chart')]"
    ".some(({ catselView }) => catselView && !window.figures.has(catselView.data.spec))"
)


@pytest.mark.parametrize(
    ("fresh", "path", "choice"),
    [
        ("first", "words", None),
        ("first", "tornado", "Every pair"),  # a second row of panels comes
        ("first", "senses", "Same for all layers"),
        ("second", "one_layer", "Same for all layers"),
        ("second", "contexts", "Same for all layers"),
        ("third", "across_layers", None),
        ("third", "compare", "Same for all layers"),
    ],
    indirect=["fresh"],
)
def test_deep_link_on_a_fresh_server_shows_the_full_page(
    page: "Page", fresh: Server, path: str, choice: str | None
) -> None:
    """And a choice then takes no chart away, although the page has shown above them how far the model is."""
    page.add_init_script(_WATCH_FOR_PROGRESS)
    visit(page, fresh.address + path)
    assert page.evaluate("waited")
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_test_id("stSidebar").get_by_role("link", name="Across layers").count() == 1
    if choice:
        page.evaluate(
            "() => { window.charts = [...document.querySelectorAll('.catsel-chart')];"
            " window.figures = new Set(charts.map(({ catselView }) => catselView.data.spec)); }"
        )
        if path == "tornado":
            unfold(page)
        page.get_by_role("radio", name=choice).click()
        page.wait_for_function(_NEW_FIGURE)
        settle(page)
        assert page.evaluate("charts.every((chart) => chart.isConnected)")


def test_streamlit_itself_starts_it_as_well(page: "Page", prepared: None) -> None:
    running = Server(("streamlit", "run", "app.py"))
    try:
        visit(page, running.address)
        assert first_caption(page).startswith("At L3")
    finally:
        running.stop()
