"""Figures on their way to the browser: symmetric matrices as triangles, all else as plotly has it."""

import base64
import json
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    Chart,
    distributions,
    figure_json,
    group_distributions,
    group_profile,
    packed,
    pair_mask,
    t_profile,
    tornado,
    variance_by_position,
)
from catsel_core.statistics.contrasts import category_contrasts
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from tests.figures.made_up_contexts import (
    BY_HAND,
    BY_HAND_LAYERS,
    COLORS,
    CURVES,
    LABELS,
    LAYERS,
    SIMILARITY,
    SUMMARIES,
)
from tests.figures.made_up_items import matrix_of, occurrences
from tests.figures.made_up_senses import profile_of_senses
from tests.figures.values import strictly
from tests.support.core_fixtures import plain_items, random_vectors


def from_triangle(packed: dict[str, Any]) -> FloatArray:
    """The matrix as the browser puts it together: ones on the diagonal, each value twice."""
    assert set(packed) == {"triangle", "size"}
    assert packed["triangle"]["dtype"] == "f4"
    values = np.frombuffer(base64.b64decode(packed["triangle"]["bdata"]), "<f4").tolist()
    size = packed["size"]
    assert len(values) == size * (size - 1) // 2
    matrix = np.ones((size, size), np.float32)
    for (i, j), value in zip(combinations(range(size), 2), values, strict=True):
        matrix[i, j] = matrix[j, i] = value
    return matrix


def large_matrix(items: int = 60) -> Chart:
    return matrix_of(
        occurrences(("bank", "bank/river", items // 2), ("bank", "bank/money", items - items // 2)), layers=4
    )


@pytest.mark.parametrize("items", [2, 3, 60])
def test_triangles_hold_the_frames_exactly(items: int) -> None:
    figure = large_matrix(items).figure
    frames = strictly(figure_json(figure))["frames"]
    assert len(frames) == 4
    for sent, frame in zip(frames, figure.frames, strict=True):
        matrix = from_triangle(sent["data"][0]["z"])
        assert matrix.tobytes() == np.asarray(frame.data[0].z).tobytes()


def test_all_but_the_triangles_is_as_plotly_has_it() -> None:
    figure = large_matrix(12).figure
    sent, plain = strictly(figure_json(figure)), json.loads(figure.to_json())
    for frame, expected in zip(sent["frames"], plain["frames"], strict=True):
        assert "triangle" in frame["data"][0].pop("z")
        assert expected["data"][0].pop("z")
    assert sent == plain


def test_triangles_are_half_of_the_matrix() -> None:
    figure = large_matrix(60).figure
    sent, plain = len(figure_json(figure)), len(figure.to_json())
    assert sent < plain
    bytes_of_triangle = 4 * 60 * 59 / 2 * 4 / 3
    bytes_of_matrix = 4 * 60 * 60 * 4 / 3
    assert plain - sent > 0.9 * 4 * (bytes_of_matrix - bytes_of_triangle)


def almost_symmetric(kind: str) -> Any:
    z = np.asarray(cosine_matrices(random_vectors(1, 5))[0]).copy()
    if kind == "one cell differs":
        z[1, 3] += np.float32(1e-6)
    elif kind == "a diagonal that is not one":
        z[2, 2] = 0.5
    elif kind == "not square":
        return z[:4]
    elif kind == "double precision":
        return z.astype(np.float64)
    elif kind == "a value that is not defined":
        z[1, 3] = z[3, 1] = np.nan
    return z.tolist() if kind == "lists" else z


@pytest.mark.parametrize(
    "kind",
    [
        "one cell differs",
        "a diagonal that is not one",
        "not square",
        "double precision",
        "a value that is not defined",
        "lists",
    ],
)
def test_other_heat_maps_stay_as_plotly_has_them(kind: str) -> None:
    z = almost_symmetric(kind)
    frames = [go.Frame(name="L0", data=[{"type": "heatmap", "z": z}], traces=[0])]
    figure = go.Figure([{"type": "heatmap", "z": z}], {"template": "none"}, frames)
    assert strictly(figure_json(figure)) == json.loads(figure.to_json())


def test_a_matrix_without_frames_stays_as_plotly_has_it() -> None:
    z = cosine_matrices(random_vectors(1, 5))[0]
    figure = go.Figure([{"type": "heatmap", "z": z}], {"template": "none"})
    assert strictly(figure_json(figure)) == json.loads(figure.to_json())


def other_traces(kind: str) -> dict[str, Any]:
    if kind == "points":
        return {"type": "scatter", "x": [0, 1], "y": [2.5, 1.5]}
    return {"type": "heatmap", "z": almost_symmetric("one cell differs")}


@pytest.mark.parametrize("kind", ["points", "another heat map"])
def test_only_the_symmetric_traces_of_a_frame_become_triangles(kind: str) -> None:
    z, other = cosine_matrices(random_vectors(1, 5))[0], other_traces(kind)
    traces = [{"type": "heatmap", "z": z}, other]
    figure = go.Figure(traces, {"template": "none"}, [go.Frame(name="L0", data=traces, traces=[0, 1])])
    (sent,), (plain,) = strictly(figure_json(figure))["frames"], json.loads(figure.to_json())["frames"]
    assert np.array_equal(from_triangle(sent["data"][0]["z"]), z)
    assert sent["data"][1] == plain["data"][1]


def undefined_t() -> Chart:
    similarity = cosine_matrices(np.ones((6, 4, 3), np.float32))
    return t_profile(book_statistics(similarity, pair_groups("aabb")), LAYERS)


def distributions_of_words() -> Chart:
    pairs = pair_groups(LABELS)
    return distributions(SIMILARITY, pairs, book_statistics(SIMILARITY, pairs), LAYERS, "layer")


FRAMED: dict[str, Callable[[], Chart]] = {
    "tornado": lambda: tornado(SUMMARIES[0], LAYERS, 0.5),
    "empty rows of a tornado": lambda: tornado(BY_HAND, BY_HAND_LAYERS, 0.5),
    "group_distributions": lambda: group_distributions(CURVES, LAYERS, "layer"),
    "group_profile": lambda: group_profile(CURVES, LAYERS),
    "sense_profile": profile_of_senses,
    "distributions": distributions_of_words,
    "t that is not defined": undefined_t,
    "variance_by_position": lambda: variance_by_position(np.ones((6, 2, 4), np.float32), ("a", "b"), LAYERS),
}


@pytest.mark.parametrize("name", FRAMED)
def test_charts_without_a_symmetric_matrix_are_sent_as_plotly_has_them(name: str) -> None:
    figure = FRAMED[name]().figure
    assert strictly(figure_json(figure)) == json.loads(figure.to_json())


def test_a_mask_is_sent_as_plotly_has_it() -> None:
    items = plain_items(["a", "a", "b", "b"])
    figure = pair_mask(items, category_contrasts(("a", "b")), COLORS).figure
    assert strictly(figure_json(figure)) == json.loads(figure.to_json())


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.array([[0.5, np.nan], [-1, 2]], np.float32), "f4"),
        (np.array([1.5], np.float64), "f4"),
        (np.array([[3, 0], [239, 1]]), "u2"),
    ],
)
def test_packed_arrays_arrive_as_they_were(values: Any, kind: str) -> None:
    sent = packed(values)
    assert sent["dtype"] == kind
    arrived = np.frombuffer(base64.b64decode(sent["bdata"]), f"<{kind}").reshape(values.shape)
    assert np.array_equal(arrived, values, equal_nan=kind == "f4")
