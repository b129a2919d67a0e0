"""pip as it is set up here: what it is asked, what it must not do, and what its failures mean."""

import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.errors import FetchError
from catsel_core.system import pip_download, wheels
from catsel_core.system.wheels import fetch
from tests.support import package_index
from tests.support.package_index import VERSION, WHEEL, WHEEL_BYTES, PackageIndex


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PackageIndex]:
    """An index that offers the wheel that is pinned."""
    with package_index.offered(tmp_path, monkeypatch) as made:
        yield made


def refused() -> str:
    with pytest.raises(FetchError) as caught:
        fetch(WHEEL)
    return str(caught.value)


def test_an_index_without_the_wheel(index: PackageIndex) -> None:
    index.files.clear()
    assert refused() == pip_download.NO_SUCH_WHEEL


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, pip_download.REFUSED), (403, pip_download.REFUSED), (404, pip_download.NO_SUCH_WHEEL)],
)
def test_an_index_that_refuses(status: int, reason: str, index: PackageIndex) -> None:
    index.status = status
    assert refused() == reason


def test_an_index_with_a_fault(index: PackageIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_RETRIES", "0")
    index.status = 503
    assert refused() == pip_download.FAULT


def test_an_index_that_is_not_secure(index: PackageIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", index.address.replace("http://", "https://"))  # it knows no TLS
    monkeypatch.setenv("PIP_RETRIES", "0")
    assert refused() == pip_download.NOT_SECURE


def test_a_proxy_that_is_not_there(index: PackageIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.invalid/simple")
    assert refused() == pip_download.NO_PROXY


def test_no_network(index: PackageIndex) -> None:
    index.stop()
    assert refused() == pip_download.NO_CONNECTION
    assert WHEEL.files() is None


def test_a_source_archive_is_never_built(index: PackageIndex, tmp_path: Path) -> None:
    script = f"open({str(tmp_path / 'ran')!r}, 'w')\n".encode()
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        entry = tarfile.TarInfo(f"catsel_stand_in-{VERSION}/setup.py")
        entry.size = len(script)
        archive.addfile(entry, io.BytesIO(script))
    index.files = {f"catsel_stand_in-{VERSION}.tar.gz": made.getvalue()}
    assert refused() == pip_download.NO_SUCH_WHEEL
    assert not (tmp_path / "ran").exists()


def test_the_settings_of_pip_are_those_of_its_user(index: PackageIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = wheels.PINS.with_name("offered")
    folder.mkdir()
    (folder / f"catsel_stand_in-{VERSION}-py3-none-any.whl").write_bytes(WHEEL_BYTES)
    settings = wheels.PINS.with_name("pip.conf")
    settings.write_text(f"[global]\nno-index = true\nfind-links = {folder.as_uri()}\n", encoding="utf-8")
    monkeypatch.delenv("PIP_INDEX_URL")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("PIP_REQUIRE_VIRTUALENV", "1")
    fetch(WHEEL)
    assert WHEEL.files()
    assert index.asked == []


def test_python_brings_a_pip_for_those_who_have_none() -> None:
    command = [sys.executable, str(pip_download.pip_of_python() / "pip"), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.startswith("pip ")
    assert ".whl" in told
