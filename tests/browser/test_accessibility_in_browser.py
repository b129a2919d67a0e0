"""Every page, light and dark, before the rules of WCAG 2.2 A and AA as axe-core checks them."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest

from pages.ui.viewer.browser import FRONTEND
from tests.support.browser import MARKS, settle, visit
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
PATHS = ["", "words", "one_layer", "across_layers", "contexts", "tornado", "senses", "models", "compare"]
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

pytestmark = [
    *MARKS,
    pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: `make check-scripts` brings it, with node and npm"),
]


@pytest.fixture(scope="module")
def server(prepared: None) -> Iterator[Server]:
    running = Server(CATSEL_WARM_UP="0")
    yield running
    running.stop()


@pytest.fixture(scope="module", params=THEMES)
def page(request: pytest.FixtureRequest, browser: "Browser") -> Iterator["Page"]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(page: "Page", server: Server, path: str) -> None:
    open_page(page, server.address + path)
    assert findings(page) == []
    for fold in page.locator(".st-key-fold summary").all():
        fold.click()
    page.wait_for_timeout(700)  # until it has opened: its edge moves
    assert findings(page) == []


def open_page(page: "Page", address: str) -> None:
    if address.endswith("models"):  # without a chart
        page.goto(address)
        page.get_by_role("button", name="In use").wait_for(timeout=60_000)
        settle(page)
    else:
        visit(page, address)


def findings(page: "Page") -> list[str]:
    """What is wrong, and where."""
    page.add_script_tag(path=AXE)
    found: dict[str, list[dict[str, Any]]] = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", STANDARD)
    assert {"color-contrast", "target-size", "button-name"} <= {rule["id"] for rule in found["passes"]}
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
