"""decode.js: what the server packs comes out as it was."""

import base64
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go
import pytest

from catsel_core.figures import packed
from tests.frontend.scripts import load, spec
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

DTYPES = {
    "f4": ("Float32Array", [-1.5, 0, 3.25]),
    "f8": ("Float64Array", [-1e-300, 0.1, 2]),
    "i1": ("Int8Array", [-128, 0, 127]),
    "i2": ("Int16Array", [-32768, 0, 32767]),
    "i4": ("Int32Array", [-(2**31), 0, 2**31 - 1]),
    "u1": ("Uint8Array", [0, 128, 255]),
    "u2": ("Uint16Array", [0, 256, 65535]),
    "u4": ("Uint32Array", [0, 2**16, 2**32 - 1]),
}

_PLAIN = """(value) => {
    const plain = (part) => {
        if (ArrayBuffer.isView(part) || Array.isArray(part)) return Array.from(part, plain);
        if (part === null || typeof part !== "object") return part;
        return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, plain(one)]));
    };
    return plain(decoded(value));
}"""


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "decode.js")


def plain(page: "Page", value: Any) -> Any:
    """The decoded value with its arrays as lists."""
    return page.evaluate(_PLAIN, value)


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_kind_of_number_is_read_as_what_it_is(page: "Page", dtype: str) -> None:
    kind, numbers = DTYPES[dtype]
    value = {"dtype": dtype, "bdata": base64.b64encode(np.array(numbers, f"<{dtype}").tobytes()).decode()}
    assert page.evaluate("(value) => decoded(value).constructor.name", value) == kind
    assert plain(page, value) == numbers


def test_a_shape_makes_rows(page: "Page") -> None:
    value = {**packed(np.arange(6, dtype=np.float32)), "shape": "2, 3"}
    assert plain(page, value) == [[0, 1, 2], [3, 4, 5]]
    assert page.evaluate("(value) => decoded(value)[1].constructor.name", value) == "Float32Array"


def test_a_triangle_becomes_both_halves_and_ones_between(page: "Page") -> None:
    value = {"triangle": packed(np.array([0.25, 0.5, 0.75], np.float32)), "size": 3}
    assert plain(page, value) == [[1, 0.25, 0.5], [0.25, 1, 0.75], [0.5, 0.75, 1]]


def test_a_matrix_of_one_has_an_empty_triangle(page: "Page") -> None:
    assert plain(page, {"triangle": packed(np.array([], np.float32)), "size": 1}) == [[1]]


def test_what_is_not_packed_stays(page: "Page") -> None:
    value: Any = {"a": [None, "text", 1.5, {"b": True}], "c": None, "d": {}}
    assert plain(page, value) == value


def test_a_figure_comes_out_as_it_went_in(page: "Page") -> None:
    half = np.triu(np.random.default_rng(3).random((2, 5, 5), np.float32), 1)
    matrices = half + half.transpose(0, 2, 1) + np.eye(5, dtype=np.float32)
    frames = [go.Frame(name=str(at), data=[{"type": "heatmap", "z": z}]) for at, z in enumerate(matrices)]
    heat = {"type": "heatmap", "x": list("abcde"), "z": np.arange(20, dtype=np.int16).reshape(4, 5)}
    sent = spec(go.Figure([heat], {}, frames))
    assert "triangle" in sent["frames"][0]["data"][0]["z"]
    got = plain(page, sent)
    assert got["data"][0]["z"] == heat["z"].tolist()  # type: ignore[attr-defined]
    assert got["data"][0]["x"] == list("abcde")
    assert [frame["data"][0]["z"] for frame in got["frames"]] == matrices.tolist()
