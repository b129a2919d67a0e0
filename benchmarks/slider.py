"""Milliseconds from a key press on the layer slider to the painted figures, and messages to the server.

    python -m benchmarks.slider [page ...]

Needs a Chromium (CATSEL_CHROMIUM or ``chromium`` on the path). A move ends when the second animation frame
after the key event has been handled, that is, when the frame with the new figures has been given to the screen.
"""

import statistics
import sys
from collections.abc import Sequence

from playwright.sync_api import sync_playwright

from tests.support.browser import CHROMIUM, FLAGS
from tests.support.server import Server

MOVES = 60
PAGES = ("one_layer", "across_layers", "tornado", "contexts", "senses")

_WATCH = """() => {
    window.moves = [];
    window.sent = 0;
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (...args) { window.sent += 1; return send.apply(this, args); };
    document.querySelector('.catsel-slider input').addEventListener('keydown', () => {
        const pressed = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.moves.push(performance.now() - pressed);
            channel.port2.postMessage(null);
        }));
    }, true);
}"""


HEAD = ["| layer key press to painted figures | median | 95th percentile | longest | messages to the server | aim |"]
HEAD += ["|---|---|---|---|---|---|"]


def row(address: str, name: str) -> str:
    """One line for one page, of MOVES moves after ten that do not count."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address + name)
        page.wait_for_selector(".catsel-chart .main-svg", timeout=120_000)
        page.wait_for_timeout(15_000)  # the model is being loaded in the background meanwhile
        page.evaluate(_WATCH)
        page.focus(".catsel-slider input")
        for move in range(MOVES + 10):
            page.keyboard.press("ArrowRight" if move % 40 < 20 else "ArrowLeft")
            page.wait_for_timeout(120)
        times = sorted(page.evaluate("() => window.moves")[10:])
        sent = page.evaluate("() => window.sent")
        browser.close()
    cells = [f"{taken:.0f} ms" for taken in (statistics.median(times), times[int(0.95 * len(times))], times[-1])]
    return f"| {name.replace('_', ' ')} | {' | '.join(cells)} | {sent} | 60 ms, 95 of 100; 0 |"


def sections(names: Sequence[str] = PAGES) -> list[str]:
    """Lines of the results."""
    server = Server()
    try:
        return [*HEAD, *(row(server.address, name) for name in names)]
    finally:
        server.stop()


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("No Chromium found: install it or set CATSEL_CHROMIUM to its path.")
    print("\n".join(sections(sys.argv[1:] or PAGES)))
