"""A page's address as the first thing that anybody asks of a server, before it has computed anything."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catsel_core.export.session_link import packed
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.models.catalogue import GPT2
from catsel_core.session import ModelChoice, first_session
from catsel_core.settings import models_dir
from tests.support.browser import MARKS, drawn, first_caption, settle, unfold, visit
from tests.support.eager import seen
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with models alone."""
    folder = tmp_path_factory.mktemp("fresh")
    (folder / "models").symlink_to(models_dir(), target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def fresh(home: Path, cache: Path) -> Iterator[Server]:
    """A server that has nothing stored."""
    running = Server(("tests.support.eager",), HF_HOME=str(home), CATSEL_CACHE=str(cache), CATSEL_WARM_UP="0")
    yield running
    running.stop()


def nobodys(template: str) -> str:
    """A link's session that no page has computed before: other words to the model, in other windows."""
    first = first_session()
    contexts = replace(first.contexts, windows=WindowChoice(30 + len(template)))
    session = replace(first, words=replace(first.words, template=template), contexts=contexts)
    code = packed(replace(session, model=ModelChoice(GPT2)))
    assert code is not None
    return code


_NEW_FIGURE = (
    "() => [...document.querySelectorAll('.catsel-chart')]"
    ".some(({ catselView }) => catselView && !window.figures.has(catselView.data.spec))"
)


@pytest.mark.parametrize(
    ("path", "choice", "template"),
    [
        ("words", None, ""),  # the first page of all
        ("tornado", "Every pair", ""),  # a second row of panels comes
        ("senses", "Same for all layers", ""),
        ("one_layer", "Same for all layers", "A {word}"),
        ("contexts", "Same for all layers", "Some {word}"),
        ("across_layers", None, "One {word}"),
        ("compare", "Same for all layers", "Every {word}"),
    ],
)
def test_deep_link_on_a_fresh_server_shows_the_full_page(
    page: "Page", fresh: Server, cache: Path, *, path: str, choice: str | None, template: str
) -> None:
    """And a choice then takes no chart away, although the page has shown above them how far the model is."""
    seen(cache).unlink(missing_ok=True)
    page.goto(fresh.address + path + (f"?session={nobodys(template)}" if template else ""))
    page.wait_for_selector("[data-testid=stProgress]", timeout=60_000)
    seen(cache).touch()
    drawn(page)
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
    """Its first page of all is another one than the overview."""
    running = Server(("streamlit", "run", "app.py"))
    try:
        visit(page, f"{running.address}one_layer")
        assert first_caption(page).startswith("At L3")
        assert page.get_by_test_id("stSidebar").get_by_role("link", name="Across layers").count() == 1
    finally:
        running.stop()
