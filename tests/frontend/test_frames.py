"""frames.js: a figure at a layer."""

from typing import TYPE_CHECKING

import pytest

from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

SPEC = {
    "data": [{"name": "still"}, {"name": "moves", "y": [0, 0], "line": {"width": 2, "color": "red"}}],
    "layout": {"yaxis": {"range": [0, 1], "title": "y"}},
    "frames": [
        {"name": "a", "data": [{"y": [1, 2]}], "traces": [1]},
        {
            "name": "b",
            "data": [{"y": [3], "line": {"width": 5}}],
            "traces": [1],
            "layout": {"yaxis": {"range": [0, 9]}},
        },
    ],
}


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "frames.js")


def test_parts_are_merged_and_arrays_replaced_whole(page: "Page") -> None:
    base = {"a": {"b": 1, "c": {"d": 2}}, "list": [1, 2, 3], "keep": None}
    patch = {"a": {"c": {"e": 3}}, "list": [4], "new": {"f": 5}, "a2": None}
    assert page.evaluate("([base, patch]) => merged(base, patch)", [base, patch]) == {
        "a": {"b": 1, "c": {"d": 2, "e": 3}},
        "list": [4],
        "keep": None,
        "new": {"f": 5},
        "a2": None,
    }


def test_a_typed_array_is_replaced_and_not_taken_apart(page: "Page") -> None:
    got = page.evaluate(
        """() => {
            const y = new Float32Array([7]);
            const result = merged({ y: new Float32Array([1, 2]) }, { y });
            return result.y === y;
        }"""
    )
    assert got is True


def test_a_part_takes_the_place_of_nothing(page: "Page") -> None:
    assert page.evaluate("() => merged({ a: null }, { a: { b: 1 } })") == {"a": {"b": 1}}
    assert page.evaluate("() => merged({ a: 1 }, undefined)") == {"a": 1}


def test_merging_changes_neither_of_the_two(page: "Page") -> None:
    got = page.evaluate(
        """() => {
            const [base, patch] = [{ a: { b: 1 } }, { a: { c: 2 } }];
            merged(base, patch).a.d = 3;
            return [base, patch];
        }"""
    )
    assert got == [{"a": {"b": 1}}, {"a": {"c": 2}}]


def test_a_frame_changes_its_own_traces_only(page: "Page") -> None:
    first, second = page.evaluate("(spec) => [atFrame(spec, spec.frames[0]), atFrame(spec, spec.frames[1])]", SPEC)
    assert first["data"] == [{"name": "still"}, {"name": "moves", "y": [1, 2], "line": {"width": 2, "color": "red"}}]
    assert first["layout"] == SPEC["layout"]
    assert second["data"][1] == {"name": "moves", "y": [3], "line": {"width": 5, "color": "red"}}
    assert second["layout"] == {"yaxis": {"range": [0, 9], "title": "y"}}


def test_a_figure_without_layers_is_itself(page: "Page") -> None:
    still = {"data": SPEC["data"], "layout": SPEC["layout"]}
    assert page.evaluate("(spec) => atFrame(spec)", still) == still


def test_ranges_alone_are_taken_to_new_axes(page: "Page") -> None:
    got = page.evaluate("() => ranges({ xaxis: { range: new Float64Array([1, 2]) }, yaxis2: { range: [3, 4] } })")
    assert got == {"xaxis.range": [1, 2], "yaxis2.range": [3, 4]}
