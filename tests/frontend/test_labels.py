"""labels.js: which labels are left out before they overlap."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

WORDS = {"type": "category", "tickvals": list(range(6)), "ticktext": list("abcdef"), "tickfont": {"color": "red"}}
NUMBERS = {"tickvals": [0, 1], "ticktext": ["L0", "L1"]}


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "labels.js")


def spaced(page: "Page", axis: dict[str, Any], length: float, first: list[Any] | None = None) -> Any:
    return page.evaluate("([axis, length, first]) => spaced(axis, length, first)", [axis, length, first or []])


@pytest.mark.parametrize(
    ("room", "shown", "size"),
    [
        (40, "abcdef", 12),  # plenty: never larger than 12
        (11, "abcdef", 10),
        (10, "abcdef", 9),
        (6, "ace", 11),  # every second one gets 12 pixels
        (2.5, "ae", 9),
        (0.1, "a", 9),
    ],
)
def test_words_are_left_out_before_they_overlap(page: "Page", room: float, shown: str, size: float) -> None:
    got = spaced(page, WORDS, 6 * room)
    assert got["ticktext"] == list(shown)
    assert got["tickvals"] == ["abcdef".index(letter) for letter in shown]
    assert got["tickfont"] == {"color": "red", "size": pytest.approx(size)}


def test_words_that_must_not_be_missing_drive_others_out(page: "Page") -> None:
    assert spaced(page, WORDS, 36)["ticktext"] == ["a", "c", "e"]
    assert spaced(page, WORDS, 36, [1])["ticktext"] == ["b", "d", "f"]
    assert spaced(page, WORDS, 36, [3, 4])["ticktext"] == ["a", "d", "f"]
    assert spaced(page, WORDS, 36, ["elsewhere"])["ticktext"] == ["a", "c", "e"]
    assert spaced(page, WORDS, 600, [3])["ticktext"] == list("abcdef")


@pytest.mark.parametrize("sizes", [[2, 2, 30, 2, 2, 2], [40, 1, 1, 1, 1, 1], [7] * 6, [1, 39, 1, 39]])
def test_labels_of_groups_of_any_size_keep_apart(page: "Page", sizes: list[int]) -> None:
    """As the labels of senses, which stand at the middle of their groups."""
    names = [f"n{at}" for at in range(sum(sizes))]
    middles = [f"n{sum(sizes[:at]) + size // 2}" for at, size in enumerate(sizes)]
    axis = {
        "type": "category",
        "categoryarray": names,
        "tickvals": middles,
        "ticktext": [f"group {at}" for at in range(len(sizes))],
        "range": [-3.5, len(names) - 0.5],
    }
    got = spaced(page, axis, 200)
    places = [names.index(name) * 200 / (len(names) + 3) for name in got["tickvals"]]
    gaps = [after - before for before, after in pairwise(places)]
    assert all(gap >= got["tickfont"]["size"] + 0.9 for gap in gaps)
    left_out = [names.index(name) for name in middles if name not in got["tickvals"]]
    assert all(min(abs(at * 200 / (len(names) + 3) - place) for place in places) < 10 for at in left_out)


def test_typed_places_are_spaced_like_plain_ones(page: "Page") -> None:
    got = page.evaluate("() => spaced({ tickvals: new Int16Array([3, 4, 5]), ticktext: ['d', 'e', 'f'] }, 15)")
    assert (got["tickvals"], got["ticktext"]) == ([3, 5], ["d", "f"])


def test_only_categories_with_words_are_wordy(page: "Page") -> None:
    axes = [WORDS, NUMBERS, {"type": "category"}, {}, None]
    assert page.evaluate("(axes) => axes.map(wordy)", axes) == [True, False, False, False, False]


@pytest.mark.parametrize(("room", "across", "down"), [(20, "ABC", "ABC"), (11, "ABC", "ABC"), (6, "AC", "AC")])
def test_keys_are_left_out_before_they_overlap(page: "Page", room: float, across: str, down: str) -> None:
    look = {"name": "category key", "font": {"size": 10}}
    notes = [{**look, "text": key, "x": at, "y": -1} for at, key in enumerate("ABC")]
    notes += [{**look, "text": key, "x": -1, "y": at} for at, key in enumerate("ABC")]
    other = {"text": "final norm", "x": 1, "y": 1, "font": {"size": 10}}
    got = page.evaluate("([notes, room]) => keyed(notes, room)", [[*notes, other], room])
    assert "".join(note["text"] for note in got if note["y"] == -1) == across
    assert "".join(note["text"] for note in got if note["x"] == -1) == down
    assert got[-1] == other
