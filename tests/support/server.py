"""A dashboard server of its own, started as a user starts it, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """Runs from construction to :meth:`stop`, with further environment variables; ``address`` ends with a slash.

    ``start`` is what stands behind ``python -m``.
    """

    def __init__(self, start: tuple[str, ...] = ("pages.ui",), /, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://localhost:{port}/"
        command = [sys.executable, "-m", *start, "--server.headless=true"]
        self.process = subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
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
                time.sleep(0.2)
        self.stop()
        raise TimeoutError(self.address)

    def stop(self) -> None:
        """End the server and wait until it has gone."""
        self.process.terminate()
        self.process.wait(20)
