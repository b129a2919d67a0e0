"""Plotly's file: made once, whole, by whoever comes first; in memory where it cannot be written."""

import gzip
import json
import threading
from importlib.resources import files
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.viewer import assets
from pages.ui.viewer.assets import plotly_file

ROOT = Path(__file__).resolve().parents[2]


def original() -> bytes:
    return (files("plotly") / "package_data" / "plotly.min.js").read_bytes()


def test_first_visitors_who_come_together_get_one_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    together = threading.Barrier(4)
    compress = assets.compressed_plotly
    found: list[str | None] = []

    def slowly() -> bytes:
        together.wait(20)  # all are past the look at whether the file is there
        return compress()

    monkeypatch.setattr(assets, "compressed_plotly", slowly)
    visitors = [threading.Thread(target=lambda: found.append(plotly_file())) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    (made,) = (tmp_path / "static").iterdir()
    assert found == [made.name] * 4
    assert gzip.decompress(made.read_bytes()) == original()


def test_a_failed_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")

    def full(_: Path, __: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert plotly_file() is None
    assert list((tmp_path / "static").iterdir()) == []


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place in which no folder can be made, for root either: a file stands there."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(assets, "STATIC", tmp_path / "file" / "static")


@pytest.mark.usefixtures("read_only")
def test_where_no_file_can_be_written_pages_work_all_the_same() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/models.py").run()
    assert not app.exception
    (script,) = (element.proto.body for element in app.sidebar if "loadPlotly(" in getattr(element.proto, "body", ""))
    address = json.loads(script.rpartition("loadPlotly(")[2].partition(")")[0])
    assert address.endswith(".gz")
    assert "/app/static/" not in address
    assert gzip.decompress(assets.compressed_plotly()) == original()
