"""A report that is opened from the disk, without a network: it moves, it can be read by all, and it prints."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catsel_core.export.report import Report, report_html
from tests.frontend.scripts import FRAME_LATER
from tests.support.axe import AXE, OF_COLORS, findings
from tests.support.browser import NEEDS_CHROMIUM, wait_until_drawn
from tests.support.reports import OWN, SESSION, analysed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = NEEDS_CHROMIUM

SHEET = 680
"""Pixels between the margins of A4."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    analyses = analysed("words"), analysed("compare")
    path.write_text(report_html(Report(SESSION, OWN, analyses, "2026-11-30", layer=1)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(browser: "Browser", file: Path) -> Iterator["Page"]:
    """The report in a browser without a network; whatever is asked for, and whatever goes wrong, is noted."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    noted: list[str] = []
    opened.on("request", lambda request: noted.append(request.url))
    opened.on("pageerror", lambda error: noted.append(str(error)))
    opened.on("console", lambda message: noted.append(message.text))
    opened.goto(file.as_uri())
    wait_until_drawn(opened)
    yield opened
    assert noted == [file.as_uri()]
    context.close()


def following(page: "Page") -> "Locator":
    """Readings of the figures that say something else at every layer; side B has a layer of its own."""
    figures = page.locator(".catsel-chart").filter(has=page.locator(".title", has_not_text="B · "))
    return figures.locator("figcaption").filter(has_text=re.compile(r"^(At|A) L\d( \(|, B)"))


def sliders(page: "Page") -> list[str]:
    values: list[str] = page.evaluate("() => [...document.querySelectorAll('[type=range]')].map(({ value }) => value)")
    return values


def test_all_figures_follow_a_slider_that_is_moved_by_the_keyboard(page: "Page") -> None:
    assert sliders(page)[:2] == ["1", "1"]
    captions = following(page)
    before = captions.all_text_contents()
    assert len(before) >= 4
    assert all(re.match("At L0|A L0", text) for text in before)
    slider = page.get_by_role("slider", name="Layer", exact=True).first
    slider.press("ArrowRight")
    page.evaluate(FRAME_LATER)
    assert slider.get_attribute("aria-valuetext") == "L1, hidden state 2 of 3"
    for place in range(len(before)):
        captions.nth(place).scroll_into_view_if_needed()  # off the screen a chart waits
        captions.nth(place).filter(has_text=re.compile("At L1|A L1")).wait_for()
    assert sliders(page)[:2] == ["2", "2"]
    assert "A at L1, B at " in page.locator(".catsel-neighbours > p").inner_text()


def test_the_session_is_saved_from_it(page: "Page") -> None:
    from catsel_core.export.session_file import opened

    with page.expect_download() as download:
        page.get_by_role("button", name="Save the session").click()
    assert download.value.suggested_filename.endswith(".catsel.json")
    assert opened(Path(download.value.path()).read_bytes())[0] == SESSION


def test_everybody_can_read_it(page: "Page") -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a script element would not be run
    page.locator("details.more").evaluate_all("(all) => [0, -1].forEach((at) => { all.at(at).open = true; })")
    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    page.evaluate(FRAME_LATER)
    assert findings(page, OF_COLORS) == []


def test_it_prints_on_a4_whole_and_on_white(page: "Page") -> None:
    page.emulate_media(color_scheme="dark")
    widths = "() => [...document.querySelectorAll('.plot .main-svg:first-child')].map((one) => one.clientWidth)"
    on_screen = page.evaluate(widths)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert set(page.evaluate(widths)) == {SHEET}
    grounds = page.evaluate(
        "() => [document.documentElement, ...document.querySelectorAll('.plot .main-svg:first-child')]"
        ".map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert set(grounds) == {"rgb(255, 255, 255)"}
    assert not page.get_by_role("button").or_(page.get_by_role("slider")).all()
    assert page.locator("figcaption").evaluate_all("(all) => all.every((one) => one.offsetHeight > 0)")
    assert page.locator("details.more:not([open])").count() == 0
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.wait_for_function(f"(before) => JSON.stringify(({widths})()) === JSON.stringify(before)", arg=on_screen)
