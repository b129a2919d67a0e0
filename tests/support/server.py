"""A dashboard server of its own, started as a user starts it, on a port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FREED: list[int] = []
"""Ports of servers that have ended. A browser keeps files by their address: it need not fetch all of them again."""


@dataclass(slots=True)
class Running:
    """A server that is there; ``address`` ends with a slash."""

    address: str


class Server(Running):
    """Runs from construction to :meth:`stop`, with further environment variables.

    ``start`` is what stands behind ``python -m``; ``log`` a file for all that it prints.
    """

    def __init__(self, start: tuple[str, ...] = ("pages.ui",), log: Path | None = None, /, **environment: str) -> None:
        self._port = _free_port()
        super().__init__(f"http://localhost:{self._port}/")
        command = [sys.executable, "-m", *start, "--server.headless=true"]
        with (log or Path(os.devnull)).open("w") as printed:
            self.process = subprocess.Popen(
                [*command, f"--server.port={self._port}"],
                cwd=ROOT,
                stdout=printed,
                stderr=printed if log else None,
                env={**os.environ, **environment},
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self.address + "_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise TimeoutError(self.address)

    def stop(self) -> None:
        """End the server and wait until it has gone."""
        self.process.terminate()
        self.process.wait(20)
        _FREED.append(self._port)


def _free_port() -> int:
    """One of those that were freed, unless others have taken them meanwhile; or else any."""
    for port in (*_FREED, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of the one before may linger
            probe.bind(("127.0.0.1", port))
            _FREED[:] = [freed for freed in _FREED if freed != port]
            return int(probe.getsockname()[1])
    raise OSError("No port is free.")
