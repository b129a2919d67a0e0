"""What the first visitor waits for: a fresh server, a stored result, a browser that has seen nothing.

Run as ``python -m benchmarks.first_figure``; needs a Chromium. The page notes itself when its first chart has been
given to the screen (a mark of the browser's User Timing, in milliseconds from the navigation), and nobody looks at it
before: a browser under a debugger, as automation has it, finds out where each exception inside plotly.js came from,
which takes it half a second more than a visitor's.
"""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from playwright.sync_api import sync_playwright

from benchmarks.timing import Times
from tests.support.browser import CHROMIUM, FLAGS
from tests.support.server import Server

REPETITIONS = 7
START_SECONDS = 2  # of the browser, before the address is entered
UNWATCHED_SECONDS = 8  # several times what is expected; a figure that comes later is an error, not a number
_MARK = "performance.getEntriesByName('catsel-chart')[0]?.startTime"


def first_figures() -> Times:
    """Seconds from the navigation to the first figure on the screen, each on a server and in a browser of its own."""
    taken = [_first_figure() for _ in range(REPETITIONS + 1)]  # the first stores the result
    return Times(tuple(sorted(taken[1:])))


def _first_figure() -> float:
    server = Server()
    try:
        with _browser() as port:
            time.sleep(START_SECONDS)
            devtools = f"http://127.0.0.1:{port}"
            requests.put(f"{devtools}/json/new?{server.address}", timeout=10).raise_for_status()
            time.sleep(UNWATCHED_SECONDS)
            with sync_playwright() as playwright:
                context = playwright.chromium.connect_over_cdp(devtools).contexts[0]
                [page] = [page for page in context.pages if page.url.startswith(server.address)]
                milliseconds = page.evaluate(_MARK)
    finally:
        server.stop()
    if milliseconds is None:
        raise TimeoutError(f"no figure within {UNWATCHED_SECONDS} s")
    return float(milliseconds) / 1000


@contextmanager
def _browser() -> Iterator[str]:
    """The port of a browser with an empty profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless", "--no-first-run", "--window-size=1280,900", f"--user-data-dir={profile}"]
        command = [str(CHROMIUM), *options, *FLAGS, "--remote-debugging-port=0", "about:blank"]
        browser = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  # our own command
        try:
            yield _port(Path(profile) / "DevToolsActivePort")
        finally:
            browser.terminate()
            browser.wait(20)


def _port(file: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if file.exists() and (lines := file.read_text().split()):
            return lines[0]
        time.sleep(0.05)
    raise TimeoutError(file)


if __name__ == "__main__":
    print(first_figures())
