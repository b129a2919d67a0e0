"""sidebar.js: on a tablet held upright the sidebar is folded away, until it is opened by hand."""

from typing import TYPE_CHECKING

import pytest

from tests.frontend.scripts import FRAME_LATER, load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

KEPT = "stSidebarCollapsed-/"

STAND_IN = f"""() => {{
    document.body.innerHTML = '<div data-testid="stSidebarCollapseButton"><button></button></div>';
    window.folded = 0;
    document.querySelector('button').onclick = () => {{ folded += 1; localStorage.setItem('{KEPT}', 'true'); }};
}}"""
"""A button that remembers its clicks as Streamlit's does."""


@pytest.fixture
def page(page: "Page") -> "Page":
    page.route("http://catsel.test/", lambda route: route.fulfill(body="<body></body>", content_type="text/html"))
    page.goto("http://catsel.test/")  # storage needs an address
    page.evaluate("() => localStorage.clear()")
    page.evaluate(STAND_IN)
    load(page, "sidebar.js")
    return page


def folded(page: "Page") -> int:
    page.evaluate(FRAME_LATER)
    count: int = page.evaluate("() => folded")
    return count


@pytest.mark.parametrize(("width", "times"), [(360, 0), (768, 0), (820, 1), (1000, 1), (1001, 0), (1366, 0)])
def test_it_is_folded_where_it_would_leave_half_of_the_page(page: "Page", width: int, times: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("() => { foldWhereNarrow(); foldWhereNarrow(); }")
    assert folded(page) == times
    assert page.evaluate("() => localStorage.length") == 0  # the visitor has chosen nothing


def test_it_is_folded_when_the_page_becomes_narrow(page: "Page") -> None:
    page.set_viewport_size({"width": 1366, "height": 900})
    page.evaluate("() => foldWhereNarrow()")
    assert folded(page) == 0
    page.set_viewport_size({"width": 820, "height": 900})
    page.wait_for_function("() => folded === 1")


def test_what_a_visitor_chose_by_hand_stays(page: "Page") -> None:
    page.set_viewport_size({"width": 820, "height": 900})
    page.evaluate(f"() => localStorage.setItem('{KEPT}', 'false')")
    page.evaluate("() => foldWhereNarrow()")
    assert folded(page) == 0
