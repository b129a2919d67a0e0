"""shuffles.js: a histogram that is built up shuffle by shuffle."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from catsel_core.figures.payload import packed_rows
from catsel_core.figures.shuffle_view import steps
from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

BINS = np.array([[0, 2, 2, 1, 2, 0], [1, 1, 1, 1, 0, 2]], np.uint8)  # (layer, shuffle)
EDGES = np.array([1.0, 1.5, 2.0, 2.5])
FRAME = {"name": "L0", "data": [{"type": "scatter", "x": np.repeat(EDGES, 2).tolist(), "y": [0.0] * 8}], "traces": [0]}


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "tr.js", "parts.js", "decode.js", "shuffles.js")
    page.set_content('<figure><button class="shuffle" hidden></button></figure>')
    page.evaluate(
        """(packed) => {
            window.drawn = 0;
            window.shuffling = new Shuffling(document.body, () => { drawn += 1; });
            shuffling.fill(packed);
        }""",
        packed_rows(BINS),
    )


def heights(page: "Page", layer: int) -> Any:
    return page.evaluate("([frame, layer]) => [...shuffling.of(frame, layer).data[0].y]", [FRAME, layer])


@pytest.mark.parametrize("count", [1, 3, 6])
@pytest.mark.parametrize("layer", [0, 1])
def test_so_many_shuffles_as_the_histogram_that_they_make(page: "Page", count: int, layer: int) -> None:
    page.evaluate("(count) => { shuffling.count = count; }", count)
    counts = np.bincount(BINS[layer, :count], minlength=3)
    assert heights(page, layer) == pytest.approx(steps(EDGES, counts / (count * 0.5))[1].tolist())


def test_at_rest_all_are_shown_and_the_frame_is_left_alone(page: "Page") -> None:
    assert heights(page, 0) == FRAME["data"][0]["y"]  # type: ignore[index]
    assert page.get_by_role("button").inner_text() == "▶ Shuffle"


def test_the_button_begins_and_ends(page: "Page") -> None:
    button = page.get_by_role("button")
    button.click()
    page.wait_for_function("() => drawn > 3 && shuffling.count > 1")
    assert button.inner_text().startswith("■ ")
    assert button.inner_text().endswith(" of 6")
    button.click()
    assert page.evaluate("() => [shuffling.count, shuffling.tick ?? null]") == [0, None]
    drawn = page.evaluate("() => drawn")
    page.wait_for_timeout(100)
    assert page.evaluate("() => drawn") == drawn
    assert button.inner_text() == "▶ Shuffle"


def test_a_chart_without_shuffles_has_no_button(page: "Page") -> None:
    assert page.get_by_role("button").is_visible()
    page.evaluate("() => shuffling.fill(null)")
    assert not page.get_by_role("button", include_hidden=True).is_visible()
    assert heights(page, 0) == FRAME["data"][0]["y"]  # type: ignore[index]


def test_who_wants_no_motion_sees_all_at_once(page: "Page") -> None:
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button").click()
    assert page.evaluate("() => shuffling.count") == 0
    page.emulate_media(reduced_motion="no-preference")
