"""An imitation of the model hub on this machine, serving folders from disk, with the ways in which it can fail.

``hub.faults = [Fault(...)]`` disturbs the requests that come from now on.
"""

import hashlib
import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

COMMIT = "c" * 40
LARGE = (".safetensors", ".bin", ".pt", ".gguf")


@dataclass
class Model:
    """A folder that is offered at one commit; ``hidden`` files are announced and not there."""

    folder: Path
    commit: str = COMMIT
    branch: str = "main"
    gated: bool = False
    listed: dict[str, Any] = field(default_factory=dict)
    """What the listing says instead of the truth."""


@dataclass
class Fault:
    """Something that happens to requests whose path contains ``where``, ``times`` times.

    status: answer with it and nothing else (and ``headers``).
    body: answer with this instead.
    cut: close the connection after so many bytes of a body.
    stall: fall silent after so many bytes; −1 says nothing at all.
    flip: change the first byte of a body.
    whole: take no notice of a range.
    """

    where: str = ""
    times: int = 1_000_000
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: int | None = None
    stall: int | None = None
    flip: bool = False
    whole: bool = False


class HubServer:
    """Runs from construction to :meth:`stop`; ``requests`` are (path, Range) so far, ``sent`` counts body bytes."""

    def __init__(self) -> None:
        self.models: dict[str, Model] = {}
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.tokens: list[tuple[str, str]] = []
        self.sent = 0
        self.stopped = threading.Event()
        self._listener = _Listener(self)
        self.address = f"http://127.0.0.1:{self._listener.server_port}"
        self.cdn = f"http://localhost:{self._listener.server_port}"  # large files come from another host
        self._thread = threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def add(self, name: str, folder: Path, **options: Any) -> Model:
        """Offer a folder as ``org/name``."""
        self.models[name] = Model(folder, **options)
        return self.models[name]

    def files_asked_for(self) -> list[str]:
        """Names of the files that were asked for, in order."""
        return [path.rpartition("/")[2] for path, _ in self.requests if "/resolve/" in path]

    def stop(self) -> None:
        """End the server and every answer under way."""
        if not self.stopped.is_set():
            self.stopped.set()
            self._listener.shutdown()
            self._listener.server_close()
            self._thread.join()


def described(path: Path) -> dict[str, Any]:
    """A file as the hub lists it: git's own hash, and for large files their SHA-256 too."""
    data = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    entry: dict[str, Any] = {"rfilename": path.name, "size": len(data), "blobId": blob}
    if path.name.endswith(LARGE):
        entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 135}
    return entry


class _Listener(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them

    def __init__(self, hub: HubServer) -> None:
        self.hub = hub
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener

    def do_GET(self) -> None:
        hub = self.server.hub
        hub.requests.append((self.path, self.headers.get("Range", "")))
        hub.tokens.append((self.path, self.headers.get("Authorization", "")))
        with suppress(ConnectionError):
            self.answer(hub, self.fault(hub))

    def fault(self, hub: HubServer) -> Fault:
        for fault in hub.faults:
            if fault.where in self.path and fault.times > 0:
                fault.times -= 1
                return fault
        return Fault()

    def answer(self, hub: HubServer, fault: Fault) -> None:
        if fault.stall == -1:
            hub.stopped.wait(30)
        elif fault.status:
            self.head(fault.status, {"Content-Length": "0", **fault.headers})
        elif fault.body is not None:
            self.head(200, {"Content-Length": str(len(fault.body))})
            self.send(fault.body, fault)
        else:
            self.route(hub, fault)

    def route(self, hub: HubServer, fault: Fault) -> None:
        path = unquote(urlsplit(self.path).path).strip("/")
        if path.startswith("api/models/"):
            name, _, revision = path.removeprefix("api/models/").partition("/revision/")
            self.listing(hub.models.get(name), revision or "main")
        elif path.startswith("cdn/"):
            name, _, file = path.removeprefix("cdn/").rpartition("/")
            self.file(hub.models[name].folder / file, fault)
        else:
            name, _, rest = path.partition("/resolve/")
            self.resolve(hub.models.get(name), name, rest, fault)

    def refuse(self, status: int, code: str) -> None:
        self.head(status, {"Content-Length": "0", "X-Error-Code": code})

    def listing(self, model: Model | None, revision: str) -> None:
        if model is None:
            self.refuse(401, "RepoNotFound")
        elif revision not in (model.branch, model.commit):
            self.refuse(404, "RevisionNotFound")
        else:
            blobs = "blobs" in parse_qs(urlsplit(self.path).query)
            files = [described(path) for path in sorted(model.folder.iterdir())]
            siblings = files if blobs else [{"rfilename": file["rfilename"]} for file in files]
            answer = {"id": "x", "sha": model.commit, "gated": model.gated, "siblings": siblings, **model.listed}
            data = json.dumps(answer).encode()
            self.head(200, {"Content-Length": str(len(data)), "Content-Type": "application/json"})
            self.send(data, Fault())

    def resolve(self, model: Model | None, name: str, rest: str, fault: Fault) -> None:
        revision, _, file = rest.partition("/")
        if model is None:
            self.refuse(401, "RepoNotFound")
        elif model.gated:
            self.refuse(403, "GatedRepo")
        elif revision not in (model.branch, model.commit) or not (model.folder / file).is_file():
            self.refuse(404, "EntryNotFound")
        elif file.endswith(LARGE):  # the hub sends large files from elsewhere
            self.head(302, {"Content-Length": "0", "Location": f"{self.server.hub.cdn}/cdn/{name}/{file}"})
        else:
            self.file(model.folder / file, fault)

    def file(self, path: Path, fault: Fault) -> None:
        data = path.read_bytes()
        asked = self.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and not fault.whole else 0
        if start and start >= len(data):
            self.head(416, {"Content-Length": "0", "Content-Range": f"bytes */{len(data)}"})
            return
        span = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        self.head(206 if start else 200, {"Content-Length": str(len(data) - start), **span})
        self.send(data[start:], fault)

    def head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, data: bytes, fault: Fault) -> None:
        if fault.flip:
            data = bytes([data[0] ^ 1]) + data[1:]
        most = fault.cut if fault.cut is not None else fault.stall
        part = data if most is None else data[:most]
        self.wfile.write(part)
        self.wfile.flush()
        self.server.hub.sent += len(part)
        if fault.stall is not None:
            self.server.hub.stopped.wait(30)

    def log_message(self, format: str, *args: object) -> None:
        pass
