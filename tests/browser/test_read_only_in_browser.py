"""A code folder in which nothing can be written, as in a container with a read-only root."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import MARKS, first_caption, go, visit
from tests.support.server import ROOT, Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [*MARKS, pytest.mark.usefixtures("prepared")]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Of a copy of the code, with a file where its static files would lie: nobody can make a folder there."""
    for part in ("pages", "catsel_core", ".streamlit"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    shutil.copy(ROOT / "app.py", tmp_path)
    (tmp_path / "static").touch()
    running = Server(("streamlit", "run", str(tmp_path / "app.py")))
    yield running
    running.stop()


def test_charts_are_drawn_with_plotly_from_memory(page: "Page", server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{server.address}across_layers")  # the first page of all on this server
    assert page.get_by_test_id("stSidebar").get_by_role("link", name="Contexts").count() == 1
    go(page, "One layer")
    assert first_caption(page).startswith("At L")
    scripts = [address for address in asked if address.endswith(".gz")]
    assert scripts
    assert all("/media/" in address for address in scripts)
