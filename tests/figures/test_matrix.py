"""The heat map of similarities: numbers, colours, axes, category bars, readings."""

from itertools import combinations

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    similarity_matrix,
)
from tests.figures.made_up_items import NAMES, REPEATED, matrix_of, occurrences
from tests.figures.made_up_words import COLORS, FRAMED, ITEMS, LAYERS, SIMILARITY
from tests.support.core_fixtures import naive_cosine, plain_items, random_vectors


def upper(matrix: FloatArray) -> FloatArray:
    return matrix[np.triu_indices(len(matrix), k=1)]


def test_the_heat_map_shows_every_layers_whole_matrix() -> None:
    figure = FRAMED["similarity-matrix"]().figure
    for layer, frame in enumerate(figure.frames):
        assert np.array_equal(np.asarray(frame.data[0].z), SIMILARITY[layer])
        assert np.isfinite(np.asarray(frame.data[0].z, np.float64)).all()
    assert list(figure.data[0].x) == list(figure.data[0].y) == [f"{item.label} ({item.group})" for item in ITEMS]
    assert list(figure.layout.xaxis.ticktext) == [item.label for item in ITEMS]


def test_the_heat_map_has_its_first_row_at_the_top() -> None:
    low, high = FRAMED["similarity-matrix"]().figure.layout.yaxis.range
    assert low > high


def test_the_color_range_of_a_layer_spans_its_own_off_diagonal_values() -> None:
    figure = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, "layer").figure
    for layer, frame in enumerate(figure.frames):
        values = upper(SIMILARITY[layer])
        assert frame.layout.coloraxis.cmin == pytest.approx(float(values.min()))
        assert frame.layout.coloraxis.cmax == pytest.approx(float(values.max()))
    assert figure.layout.coloraxis.cmin == figure.frames[0].layout.coloraxis.cmin


def test_a_shared_color_range_spans_all_layers() -> None:
    figure = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, "shared").figure
    values = np.concatenate([upper(matrix) for matrix in SIMILARITY])
    ranges = {(frame.layout.coloraxis.cmin, frame.layout.coloraxis.cmax) for frame in figure.frames}
    assert ranges == {(float(values.min()), float(values.max()))}


def test_the_color_range_of_equal_values_is_not_empty() -> None:
    equal = np.ones((6, 7, 7), np.float32)
    figure = similarity_matrix(equal, ITEMS, COLORS, LAYERS, "layer").figure
    assert all(frame.layout.coloraxis.cmax > frame.layout.coloraxis.cmin for frame in figure.frames)


def test_category_bars_cover_each_category_on_both_axes() -> None:
    shapes = FRAMED["similarity-matrix"]().figure.layout.shapes
    across = [(shape.fillcolor, shape.x0, shape.x1) for shape in shapes if shape.y1 < -0.5]
    down = [(shape.fillcolor, shape.y0, shape.y1) for shape in shapes if shape.x1 < -0.5]
    expected = [(COLORS["fruit"], -0.5, 2.5), (COLORS["sky"], 2.5, 4.5), (COLORS["pets"], 4.5, 6.5)]
    assert across == down == expected


def test_the_matrix_legend_names_the_categories() -> None:
    legend = [(trace.name, trace.marker.color) for trace in FRAMED["similarity-matrix"]().figure.data[1:]]
    assert legend == list(COLORS.items())


def test_matrix_readings_name_the_extreme_pairs() -> None:
    for layer, reading in enumerate(FRAMED["similarity-matrix"]().readings):
        cells = [(float(SIMILARITY[layer, i, j]), i, j) for i in range(7) for j in range(i + 1, 7)]
        (high, i, j), (low, k, m) = max(cells), min(cells)
        assert f"the most similar pair is “w{i}” and “w{j}” ({high:.2f})" in reading
        assert f"the least similar “w{k}” and “w{m}” ({low:.2f})." in reading


def test_repeated_words_have_names_of_their_own() -> None:
    heat = matrix_of(REPEATED).figure.data[0]
    assert tuple(heat.x) == tuple(heat.y) == NAMES
    assert len(set(NAMES)) == len(REPEATED)


@pytest.mark.parametrize("sizes", [(1, 2), (3, 4, 5), (2, 2, 1, 7), (1, 1, 1, 2), (9,) * 12])
def test_axes_with_repeated_words_name_the_middle_of_every_group(sizes: tuple[int, ...]) -> None:
    items = occurrences(*(("bank", f"sense {at}", size) for at, size in enumerate(sizes)))
    figure = matrix_of(items).figure
    names = list(figure.data[0].x)
    stops = np.cumsum(sizes).tolist()
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert list(axis.ticktext) == [f"sense {at}" for at in range(len(sizes))]
        for tick, size, stop in zip(axis.tickvals, sizes, stops, strict=True):
            assert abs(names.index(tick) - (stop - size + stop - 1) / 2) <= 0.5
        assert list(axis.categoryarray) == names


def test_axes_name_every_word_if_none_is_repeated() -> None:
    axis = matrix_of(plain_items(["a", "a", "b"])).figure.layout.xaxis
    assert list(axis.ticktext) == ["w0", "w1", "w2"]


@pytest.mark.parametrize("count", [2, 8, 9, 20])
def test_only_a_few_groups_have_a_legend(count: int) -> None:
    items = occurrences(*(("bank", f"sense {at}", 2) for at in range(count)))
    colors = {f"sense {at}": f"#0000{at:02X}" for at in range(count)}
    entries = [(trace.name, trace.marker.color) for trace in matrix_of(items, colors).figure.data[1:]]
    assert entries == (list(colors.items()) if count <= 8 else [])


def test_readings_of_repeated_words_tell_them_apart() -> None:
    vectors = random_vectors(2, len(REPEATED), seed=len(REPEATED))
    for layer, reading in enumerate(matrix_of(REPEATED).readings):
        cells = {
            (i, j): naive_cosine(vectors[layer, i].tolist(), vectors[layer, j].tolist())
            for i, j in combinations(range(len(REPEATED)), 2)
        }
        (i, j), (k, m) = max(cells, key=cells.__getitem__), min(cells, key=cells.__getitem__)
        assert f"the most similar pair is “{NAMES[i]}” and “{NAMES[j]}” ({cells[i, j]:.2f})" in reading
        assert f"the least similar “{NAMES[k]}” and “{NAMES[m]}” ({cells[k, m]:.2f})." in reading
