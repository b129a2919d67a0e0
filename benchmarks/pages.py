"""What a visitor waits for: the first figure of a fresh server in a cold browser, and the figures of a new word list.

Run as ``python -m benchmarks.pages``; needs a Chromium. The clock of a new list runs in this process and stops when the
second animation frame after the change has been given to the screen.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from benchmarks import slider
from benchmarks.first_figure import first_figures
from benchmarks.timing import Times
from tests.support.browser import CHROMIUM, FLAGS, first_caption, visit
from tests.support.server import Server

LISTS = 9
NOUNS = ("door", "window", "wall", "roof", "stone", "brick", "wood", "glass", "iron", "steel", "paper", "cloth")
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def sections() -> list[str]:
    """Lines of the results; one that says why there are none if no browser is found."""
    if CHROMIUM is None:
        return ["No Chromium was found, so no page was measured."]
    return [
        "| what a visitor waits for | time | aim |",
        "|---|---|---|",
        f"| stored result, fresh server, cold browser: address to first figure | {first_figures()} | 3 s |",
        f"| new list of words: key press to its figure, model in memory | {_new_lists()} | 1 s |",
        "",
        *slider.sections(),
    ]


def _new_lists() -> Times:
    taken = []
    nonce = time.time_ns()  # in the prompt, so that no list has been stored by a run before this one
    with _page() as (page, server):
        visit(page, server.address + "words")
        prompt = page.get_by_role("textbox", name="Prompt")
        prompt.fill(f"Number {nonce} is {{word}}")
        prompt.press("Enter")
        page.get_by_test_id("stSidebar").get_by_text(str(nonce)).wait_for(timeout=120_000)
        page.wait_for_timeout(5000)  # the model is in memory and what was begun has ended
        area = page.get_by_label("Words of furniture")
        for number in range(LISTS):
            before = first_caption(page)
            area.fill(", ".join(NOUNS[: 3 + number]))
            start = time.perf_counter()
            area.press("Control+Enter")
            page.wait_for_function(
                "old => { const now = document.querySelector('figcaption').textContent; return now && now !== old; }",
                arg=before,
                timeout=120_000,
            )
            page.evaluate(PAINTED)
            taken.append(time.perf_counter() - start)
            page.wait_for_timeout(1500)
    return Times(tuple(sorted(taken[1:])))


@contextmanager
def _page() -> Iterator[tuple[Page, Server]]:
    """A page of a browser that has seen nothing, and a server that has shown nothing."""
    server = Server()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield browser.new_page(viewport={"width": 1280, "height": 900}), server
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    print("\n".join(sections()))
