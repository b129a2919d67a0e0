"""The heat map of similarities: numbers, colours, axes, category bars, readings."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    Shades,
    similarity_matrix,
)
from catsel_core.figures.colors import NEUTRAL, keys
from catsel_core.figures.matrix import SIMILARITIES
from catsel_core.figures.matrix_frame import KEY
from catsel_core.statistics.measures import MEASURES, Measure
from tests.figures.made_up_items import NAMES, REPEATED, matrix_of, occurrences, split_item
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
    figure = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades()).figure
    for layer, frame in enumerate(figure.frames):
        values = upper(SIMILARITY[layer])
        assert frame.layout.coloraxis.cmin == pytest.approx(float(values.min()))
        assert frame.layout.coloraxis.cmax == pytest.approx(float(values.max()))
    assert figure.layout.coloraxis.cmin == figure.frames[0].layout.coloraxis.cmin


def test_a_shared_color_range_spans_all_layers() -> None:
    figure = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades("shared")).figure
    values = np.concatenate([upper(matrix) for matrix in SIMILARITY])
    ranges = {(frame.layout.coloraxis.cmin, frame.layout.coloraxis.cmax) for frame in figure.frames}
    assert ranges == {(float(values.min()), float(values.max()))}


def test_the_color_range_of_equal_values_is_not_empty() -> None:
    equal = np.ones((6, 7, 7), np.float32)
    figure = similarity_matrix(equal, ITEMS, COLORS, LAYERS, Shades()).figure
    assert all(frame.layout.coloraxis.cmax > frame.layout.coloraxis.cmin for frame in figure.frames)


def test_category_bars_cover_each_category_on_both_axes() -> None:
    shapes = FRAMED["similarity-matrix"]().figure.layout.shapes[1:]
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


@pytest.mark.parametrize("count", [2, 8, 9, 27, 120])
def test_every_group_is_in_the_legend_and_one_of_many_has_a_key(count: int) -> None:
    items = occurrences(*(("bank", f"sense {at}", 2) for at in range(count)))
    colors = {f"sense {at}": f"#0000{at:02X}" for at in range(count)}
    entries = [(trace.name, trace.marker.color) for trace in matrix_of(items, colors).figure.data[1:]]
    found = [f"<b>{key}</b> " if key else "" for key in keys(count)]
    assert entries == [(key + name, color) for key, (name, color) in zip(found, colors.items(), strict=True)]


def test_keys_stand_on_the_bars_of_their_categories() -> None:
    sizes = (1, 4, 2, 1, 1, 3, 1, 1, 2)
    items = occurrences(*((f"w{at}", f"g{at}", size) for at, size in enumerate(sizes)))
    figure = matrix_of(items, dict.fromkeys((f"g{at}" for at in range(9)), "#FFFF00")).figure
    bars = [(bar.x0, bar.x1, bar.y0, bar.y1) for bar in figure.layout.shapes[1:]]
    notes = figure.layout.annotations
    assert [note.text for note in notes] == [key for key in "ABCDEFGHI" for _ in range(2)]
    assert {(note.name, note.font.color) for note in notes} == {(KEY, "#000000")}
    for note, (x0, x1, y0, y1) in zip(notes, bars, strict=True):
        assert (note.x, note.y) == pytest.approx(((x0 + x1) / 2, (y0 + y1) / 2))
    assert not matrix_of(REPEATED).figure.layout.annotations


def test_the_diagonal_is_no_color_of_the_scale() -> None:
    figure = FRAMED["similarity-matrix"]().figure
    diagonal = figure.layout.shapes[0]
    assert diagonal.fillcolor == NEUTRAL
    assert NEUTRAL not in [color for _, color in figure.layout.coloraxis.colorscale]
    assert diagonal.path.startswith("M-0.5,-0.5H0.5V0.5H-0.5ZM0.5,0.5H1.5")
    assert diagonal.path.count("M") == diagonal.path.count("Z") == len(ITEMS)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_color_bar_and_the_hover_text_name_the_measure(measure: Measure) -> None:
    figure = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades("layer", measure)).figure
    name = figure.layout.coloraxis.colorbar.title.text
    assert name == SIMILARITIES[measure]
    assert f"{name} %{{z:.3f}}" in figure.data[0].hovertemplate


def test_a_shared_range_is_that_of_the_matrix_beside_it_too() -> None:
    other = np.clip(SIMILARITY * 1.5, -1, 1).astype(np.float32)
    one, two = (
        similarity_matrix(matrix, ITEMS, COLORS, LAYERS, Shades("shared", beside=(beside,))).figure.layout.coloraxis
        for matrix, beside in ((SIMILARITY, other), (other, SIMILARITY))
    )
    assert (one.cmin, one.cmax) == (two.cmin, two.cmax)
    values = np.concatenate([upper(matrix) for matrix in (*SIMILARITY, *other)])
    assert (one.cmin, one.cmax) == (float(values.min()), float(values.max()))
    alone = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades("layer", beside=(other,))).figure
    assert alone.layout.coloraxis.cmax == pytest.approx(float(upper(SIMILARITY[0]).max()))


def test_words_of_several_tokens_are_marked_on_the_axes_in_the_hover_text_and_in_the_reading() -> None:
    items = (*plain_items(["a", "a"]), split_item("sofa", "b", " so", "fa"), split_item("寿", "b", "å¯", "¿"))
    similarity = np.ones((1, 4, 4), np.float32)
    rows, columns = np.triu_indices(4, k=1)
    similarity[0, rows, columns] = similarity[0, columns, rows] = [0.5, 0.4, 0.3, 0.6, 0.7, 0.2]
    chart = similarity_matrix(similarity, items, {"a": "#000001", "b": "#000002"}, ("Emb",), Shades())
    names = ["w0 (a)", "w1 (a)", "sofa (b): so | fa, 2 tokens", "寿 (b): å¯ | ¿, 2 tokens"]
    assert list(chart.figure.data[0].x) == names
    assert list(chart.figure.layout.xaxis.ticktext) == ["w0", "w1", "so·fa", "寿·2"]
    assert chart.figure.layout.meta == {"first": names[2:]}
    assert chart.readings == (
        "At Emb (hidden state 0) the most similar pair is “w1” and “寿·2” (0.70), the least similar “so·fa” and “寿·2” "
        "(0.20). A “·” marks a word of several tokens.",
    )


def test_words_from_right_to_left_do_not_turn_a_reading() -> None:
    items = tuple(replace(item, label=word) for item, word in zip(plain_items("ab"), ("קר", "cold"), strict=True))
    similarity = np.array([[[1, 0.5], [0.5, 1]]], np.float32)
    (reading,) = similarity_matrix(similarity, items, {"a": "#000001", "b": "#000002"}, ("Emb",), Shades()).readings
    assert "is “\u2068קר\u2069” and “cold” (0.50)" in reading


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
