"""Servers that all processes of a run of tests visit: started by the first that asks, ended when the run ends."""

import json
import os
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from catsel_core.settings import cache_dir
from tests.support.server import Running, Server

_STARTED: list[Server] = []
"""By this process, which does not end them: others may still visit."""


def shared(name: str, environment: Callable[[], Mapping[str, str]]) -> Running:
    """The server of this name, started with further environment variables if it is not there yet."""
    place = _folder() / f"{name}.json"
    with FileLock(f"{place}.lock"):
        if not place.exists():
            server = Server(**environment())
            _STARTED.append(server)
            place.write_text(json.dumps({"address": server.address, "process": server.process.pid}))
    return Running(json.loads(place.read_text())["address"])


def shared_port(name: str) -> int:
    """A port that is free, the same one for all processes: for what a shared server asks, wherever that runs."""
    place = _folder() / f"{name}.port"
    with FileLock(f"{place}.lock"):
        if not place.exists():
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                place.write_text(str(probe.getsockname()[1]))
    return int(place.read_text())


def end_all() -> None:
    """End every server that was started in this run, by whichever process."""
    for place in _folder().glob("*.json"):
        with suppress(OSError):
            os.kill(json.loads(place.read_text())["process"], signal.SIGTERM)
    for server in _STARTED:
        server.process.wait(20)


def _folder() -> Path:
    folder = cache_dir() / "servers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
