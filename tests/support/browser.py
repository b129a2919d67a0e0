"""What the tests in a real browser share: finding it, opening a page, and touching charts."""

import os
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first is made for programs: a quarter quicker, and the same page."""

CHROMIUM = os.environ.get("CATSEL_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",  # letters as wide as in a browser with a window
]

NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found: install it or set CATSEL_CHROMIUM to its path"),
]
"""Marks of every file of tests in an empty page."""

MARKS = [pytest.mark.bundled, *NEEDS_CHROMIUM]
"""Marks of every file of tests that visit the dashboard."""


_FORGET_LAYERS = """try {
    for (const name of ["catsel.layer", "catsel.layer-b"]) localStorage.removeItem(name);
} catch { /* a page without an address has none */ }"""


def newcomer(context: "BrowserContext") -> "Page":
    """A tab of somebody whom no server knows yet, in a browser that has been here before."""
    context.clear_cookies()
    page = context.new_page()
    page.add_init_script(_FORGET_LAYERS)
    return page


def has_seen_the_tour(browser: "Browser") -> None:
    """Whoever comes in a context of this browser; those of ``browser.new_page()`` have not."""
    new_context = browser.new_context

    def acquainted(**options: Any) -> "BrowserContext":
        context = new_context(**options)
        context.add_init_script("try { localStorage.setItem('catsel.tour', 'seen'); } catch { }")
        return context

    browser.new_context = acquainted  # type: ignore[method-assign]


def visit(page: "Page", address: str) -> None:
    """Open an address and wait until its charts are drawn and nothing is being computed."""
    page.goto(address)
    drawn(page)


def drawn(page: "Page") -> None:
    """Wait until the charts of a page that is coming are drawn and nothing is being computed."""
    wait_for_chart(page)
    settle(page)
    wait_until_drawn(page)


def go(page: "Page", name: str) -> None:
    """Change to another page by the sidebar's link, as :func:`visit` but three times as fast: the tab stays."""
    link = page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True)
    if urlsplit(page.url).path.strip("/") == (link.get_attribute("href") or "").strip("/"):
        return
    before = page.title()
    link.evaluate("(link) => link.click()")  # on a narrow screen the sidebar is folded away
    page.wait_for_function("(before) => document.title !== before", arg=before)
    settle(page)
    wait_until_drawn(page)


def wait_until_drawn(page: "Page") -> None:
    """Wait until no chart on the screen is empty."""
    page.wait_for_function("() => document.querySelectorAll('.catsel-chart .plot:not(:has(.main-svg))').length === 0")


def wait_for_chart(page: "Page") -> None:
    """Wait until the first chart is drawn; if none comes, the failure says what the page shows instead."""
    from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

    try:
        page.wait_for_selector(".catsel-chart .main-svg", timeout=120_000)
    except PlaywrightTimeoutError as exc:
        raise AssertionError(f"No chart; the page shows:\n{page.inner_text('body')}") from exc


def settle(page: "Page") -> None:
    """Wait until the script has run to its end."""
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=120_000)
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')", timeout=120_000)


def unfold(page: "Page") -> None:
    """Open the line that the page's controls are folded into."""
    fold = page.locator(".st-key-fold details")
    if not fold.evaluate("(details) => details.open"):
        fold.locator("summary").click()
    page.wait_for_function("() => !document.querySelector('.st-key-fold details').getAnimations().length")


def set_layer(page: "Page", index: int) -> None:
    """Move the slider to a hidden state."""
    page.locator(".catsel-slider input").first.evaluate(
        "(input, index) => { input.value = String(index); input.dispatchEvent(new Event('input')); }", index
    )


def first_caption(page: "Page") -> str:
    """The reading of the first chart."""
    return page.locator(".catsel-chart figcaption").first.inner_text()


def chart(page: "Page", title: str) -> "Locator":
    """The chart with this heading."""
    return page.locator(".catsel-chart").filter(has_text=title).first


def click_cell(page: "Page", chart: "Locator", row: float, column: float) -> None:
    """Click into the middle of a cell, at the place where plotly draws it."""
    place = chart.locator(".plot").evaluate(
        """(plot, [row, column]) => {
            const { xaxis, yaxis } = plot._fullLayout;
            const box = plot.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.l2p(column), box.top + yaxis._offset + yaxis.l2p(row)];
        }""",
        [row, column],
    )
    page.mouse.click(*place)


def count_messages(page: "Page") -> None:
    """From now on, count what the page sends to the server: see :func:`messages_sent`."""
    page.wait_for_timeout(1500)
    page.evaluate(
        "() => { const send = WebSocket.prototype.send; window.sent = 0;"
        " WebSocket.prototype.send = function (...a) { window.sent += 1; return send.apply(this, a); }; }"
    )


def messages_sent(page: "Page") -> int:
    """Messages since :func:`count_messages`."""
    sent: int = page.evaluate("() => window.sent")
    return sent
