"""Densities of the pairs within and across categories."""

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    Scale,
    distributions,
)
from catsel_core.figures.colors import ACROSS, WITHIN
from catsel_core.figures.distributions import FEW
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from tests.figures.made_up_words import FRAMED, LABELS, LAYERS, PAIRS, SIMILARITY, STATISTICS
from tests.figures.values import numbers
from tests.support.core_fixtures import naive_groups, pairs_from, random_vectors


def upper(matrix: FloatArray) -> FloatArray:
    return matrix[np.triu_indices(len(matrix), k=1)]


MANY = ("a",) * 5 + ("b",) * 4 + ("c",) * 3
MANY_SIMILARITY = cosine_matrices(random_vectors(6, len(MANY), seed=14))
MANY_PAIRS = pair_groups(MANY)
MANY_STATISTICS = book_statistics(MANY_SIMILARITY, MANY_PAIRS)


@pytest.mark.parametrize("scale", ["layer", "shared"])
def test_distributions_are_densities_at_bin_centres(scale: Scale) -> None:
    figure = distributions(MANY_SIMILARITY, MANY_PAIRS, MANY_STATISTICS, LAYERS, scale).figure
    for layer, frame in enumerate(figure.frames):
        values = upper(MANY_SIMILARITY[layer]).astype(np.float64)
        edges = np.linspace(values.min(), values.max(), 21)
        for curve, group in zip(frame.data[:2], naive_groups(MANY_SIMILARITY[layer], MANY), strict=True):
            np.testing.assert_allclose(curve.x, (edges[1:] + edges[:-1]) / 2)
            np.testing.assert_allclose(curve.y, np.histogram(group, bins=edges, density=True)[0])
            assert float(np.sum(curve.y) * (edges[1] - edges[0])) == pytest.approx(1)


def test_few_pairs_are_points_beside_the_density_of_many() -> None:
    figure = distributions(SIMILARITY, PAIRS, STATISTICS, LAYERS, "layer").figure
    for layer, frame in enumerate(figure.frames):
        within, across = naive_groups(SIMILARITY[layer], LABELS)
        points, area, mean, _ = frame.data
        assert (len(within), points.mode, area.mode) == (5, "markers", "lines")
        assert numbers(points.x) == pytest.approx(within)
        assert len(set(numbers(points.y))) == 1
        low, high = frame.layout.xaxis.range
        assert low < min(within) <= max(within) < high
        assert numbers(mean.x) == pytest.approx([np.mean(within)] * 2)
        values = upper(SIMILARITY[layer])
        height = max(np.histogram(across, np.linspace(values.min(), values.max(), 21), density=True)[0])
        assert frame.layout.yaxis.range[1] == pytest.approx(1.08 * height)
        assert 0 < points.y[0] < height
    assert figure.layout.yaxis.title.text == "Density"


@pytest.mark.parametrize("labels", ["aabb", "aab"])
def test_where_all_pairs_are_few_there_is_no_density(labels: str) -> None:
    similarity, pairs = cosine_matrices(random_vectors(2, len(labels), seed=3)), pair_groups(labels)
    figure = distributions(similarity, pairs, book_statistics(similarity, pairs), layer_labels(2), "layer").figure
    for layer, frame in enumerate(figure.frames):
        for points, group in zip(frame.data[:2], naive_groups(similarity[layer], labels), strict=True):
            assert points.mode == "markers"
            assert numbers(points.x) == pytest.approx(group)
        assert len({trace.y[0] for trace in frame.data[:2]}) == 2
        assert frame.layout.yaxis.range[1] < 2
    assert not figure.layout.yaxis.title.text
    assert figure.layout.yaxis.showticklabels is False


@pytest.mark.parametrize(("within", "mode"), [(FEW - 1, "markers"), (FEW, "lines")])
def test_few_are_fewer_than_ten(within: int, mode: str) -> None:
    similarity = cosine_matrices(random_vectors(2, within + 21, seed=3))
    pairs = pairs_from([True] * within + [False] * 20)
    chart = distributions(similarity, pairs, book_statistics(similarity, pairs), layer_labels(2), "layer")
    assert [trace.mode for trace in chart.figure.data[:2]] == [mode, "lines"]


def test_within_and_across_have_colors_of_their_own() -> None:
    within, across = FRAMED["distributions"]().figure.data[:2]
    assert (within.marker.color, across.line.color) == (WITHIN, ACROSS)


def test_distributions_mark_both_means() -> None:
    for layer, frame in enumerate(FRAMED["distributions"]().figure.frames):
        within, across = naive_groups(SIMILARITY[layer], LABELS)
        assert numbers(frame.data[2].x) == pytest.approx([np.mean(within)] * 2)
        assert numbers(frame.data[3].x) == pytest.approx([np.mean(across)] * 2)


def test_axes_of_distributions_hold_the_curves_and_are_shared_on_request() -> None:
    for scale, count in (("layer", 6), ("shared", 1)):
        figure = distributions(MANY_SIMILARITY, MANY_PAIRS, MANY_STATISTICS, LAYERS, scale).figure  # type: ignore[arg-type]
        ranges = [(*frame.layout.xaxis.range, *frame.layout.yaxis.range) for frame in figure.frames]
        assert len(set(ranges)) == count
        for layer, (left, right, bottom, top) in enumerate(ranges):
            values = upper(MANY_SIMILARITY[layer])
            assert left <= values.min() < values.max() <= right
            heights = np.concatenate([figure.frames[layer].data[0].y, figure.frames[layer].data[1].y])
            assert bottom == 0 <= heights.max() < top


def test_distribution_readings_hold_the_numbers() -> None:
    for layer, reading in enumerate(FRAMED["distributions"]().readings):
        within, across = (float(np.mean(group)) for group in naive_groups(SIMILARITY[layer], LABELS))
        kind = "more" if within >= across else "less"
        assert f"are {abs(within - across):.3f} {kind} similar" in reading
        assert f"(mean {within:.3f} against {across:.3f}; t = {STATISTICS.t[layer]:.1f}; 5 and 16 pairs)" in reading


def test_large_counts_have_thousands_separators() -> None:
    labels = ["a"] * 40 + ["b"] * 40
    similarity = cosine_matrices(random_vectors(2, 80))
    pairs = pair_groups(labels)
    chart = distributions(similarity, pairs, book_statistics(similarity, pairs), layer_labels(2), "layer")
    assert "1,560 and 1,600 pairs" in chart.readings[0]


def test_t_of_two_pairs_reads_not_defined() -> None:
    similarity = np.array([[[1, 0.5, 0.2], [0.5, 1, 0], [0.2, 0, 1]]] * 2, np.float32)
    pairs = pairs_from([True, False])
    chart = distributions(similarity, pairs, book_statistics(similarity, pairs), layer_labels(2), "layer")
    assert "t is not defined here; 1 and 1 pairs" in chart.readings[0]
