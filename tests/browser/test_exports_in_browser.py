"""Results that are taken along: a notebook and a zip, as a browser saves them."""

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.browser import MARKS
from tests.support.server import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = MARKS


def test_a_notebook_and_data_are_taken_along(browser: "Browser", quick: Running, tmp_path: Path) -> None:
    page = browser.new_context().new_page()
    page.goto(quick.address + "save")
    page.get_by_role("button", name="Make the data").click()
    saved: dict[str, Path] = {}
    for button, ending in (("Data as a zip", "zip"), ("Notebook", "ipynb")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == f"catsel-space-furniture-fruit-words-gpt2.{ending}"
        saved[ending] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[ending])
    with zipfile.ZipFile(saved["zip"]) as archive:
        result = json.loads(archive.read("words-result-gpt2.json"))
        assert archive.testzip() is None
    notebook = json.loads(saved["ipynb"].read_text(encoding="utf-8"))
    assert result["model"]["revision"] in json.dumps(notebook["cells"])
    page.context.close()
