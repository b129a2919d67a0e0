"""Figures as data: a frame a layer, the right numbers in them and in the readings, axes that can be read."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    Chart,
    Scale,
    delta_profile,
    distributions,
    mean_profile,
    pair_mask,
    similarity_matrix,
    t_against_delta,
    t_profile,
    variance_by_position,
)
from catsel_core.figures.axes import layer_axis
from catsel_core.figures.chart import NEUTRAL
from catsel_core.inputs.items import Item
from catsel_core.inputs.word_lists import MAX_WORDS
from catsel_core.models.find import layer_labels
from catsel_core.statistics.contrasts import Contrast, category_contrasts
from catsel_core.statistics.pairs import BookStatistics, book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import naive_groups, pairs_from, plain_items, random_vectors

LABELS = ("fruit", "fruit", "fruit", "sky", "sky", "pets", "pets")
COLORS = {"fruit": "#0072B2", "sky": "#D55E00", "pets": "#009E73"}
ITEMS = plain_items(LABELS)
PAIRS = pair_groups(LABELS)
LAYERS = layer_labels(6)
SIMILARITY = cosine_matrices(random_vectors(6, len(LABELS), seed=12))
STATISTICS = book_statistics(SIMILARITY, PAIRS)
POSITIONS = ("The", "word", "word +1")
PROFILES = (mean_profile, delta_profile, t_profile)


def category_mask(items: Sequence[Item]) -> Chart:
    return pair_mask(items, category_contrasts(tuple(COLORS)), (*COLORS.values(), NEUTRAL))


def random_variance() -> FloatArray:
    variance = np.random.default_rng(8).gamma(1, 1, (6, 3, 20)).astype(np.float32)
    variance[:, 0] = 0
    return variance


VARIANCE = random_variance()

FRAMED: dict[str, Callable[[], Chart]] = {
    "similarity-matrix": lambda: similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, "layer"),
    "distributions": lambda: distributions(SIMILARITY, PAIRS, STATISTICS, LAYERS, "layer"),
    "mean-profile": lambda: mean_profile(STATISTICS, LAYERS),
    "delta-profile": lambda: delta_profile(STATISTICS, LAYERS),
    "t-profile": lambda: t_profile(STATISTICS, LAYERS),
    "t-against-delta": lambda: t_against_delta(STATISTICS, LAYERS),
    "variance-by-position": lambda: variance_by_position(VARIANCE, POSITIONS, LAYERS),
}
ALL: dict[str, Callable[[], Chart]] = {**FRAMED, "pair-mask": lambda: category_mask(ITEMS)}


def numbers(values: Any) -> list[float]:
    return np.asarray(values, np.float64).tolist()  # type: ignore[no-any-return]


def upper(matrix: FloatArray) -> FloatArray:
    return matrix[np.triu_indices(len(matrix), k=1)]


@pytest.mark.parametrize("name", FRAMED)
def test_one_frame_a_layer_named_by_its_label(name: str) -> None:
    chart = FRAMED[name]()
    assert chart.name == name
    assert [frame.name for frame in chart.figure.frames] == list(LAYERS)


@pytest.mark.parametrize("name", FRAMED)
def test_frames_address_traces_that_exist(name: str) -> None:
    figure = FRAMED[name]().figure
    for frame in figure.frames:
        assert len(frame.traces) == len(frame.data)
        for trace, data in zip(frame.traces, frame.data, strict=True):
            assert figure.data[trace].type == data.type


@pytest.mark.parametrize("name", FRAMED)
def test_the_figure_shows_its_first_frame(name: str) -> None:
    figure = FRAMED[name]().figure
    for trace, data in zip(figure.frames[0].traces, figure.frames[0].data, strict=True):
        for part, values in data.to_plotly_json().items():
            if part in ("x", "y", "z"):
                np.testing.assert_array_equal(figure.data[trace][part], values)


@pytest.mark.parametrize("name", ALL)
def test_figures_are_json_with_words(name: str) -> None:
    chart = ALL[name]()
    loaded = json.loads(chart.figure.to_json())
    assert len(loaded["data"]) == len(chart.figure.data)
    assert len(chart.readings) in (1, len(LAYERS))
    assert all(reading.endswith(".") for reading in chart.readings)
    assert chart.title


def test_charts_that_change_with_the_layer_have_a_reading_a_layer() -> None:
    for name in ("similarity-matrix", "distributions", "variance-by-position"):
        readings = FRAMED[name]().readings
        for index, (label, reading) in enumerate(zip(LAYERS, readings, strict=True)):
            assert f"{label} (hidden state {index})" in reading


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


def masks(chart: Chart) -> dict[str, set[tuple[int, int]]]:
    """The cells of every contrast that has any, by its name."""
    heat = chart.figure.data[0]
    codes = np.asarray(heat.z)
    assert (heat.type, codes.dtype.kind in "iu") == ("heatmap", True)
    assert heat.meta[0] == ""
    cells = {name: {(int(i), int(j)) for i, j in np.argwhere(codes == code)} for code, name in enumerate(heat.meta)}
    del cells[""]
    assert sum(map(len, cells.values())) == np.count_nonzero(codes)
    return {name: found for name, found in cells.items() if found}


def legend(chart: Chart) -> dict[str, str]:
    """Names and colours of the legend, whose traces draw nothing."""
    entries = chart.figure.data[1:]
    assert all(list(trace.x) == list(trace.y) == [None] for trace in entries)
    named = {trace.name: trace.marker.color for trace in entries}
    assert len(named) == len(entries)
    return named


def test_the_mask_covers_the_upper_triangle_exactly_once() -> None:
    chart = category_mask(ITEMS)
    cells = masks(chart)
    assert set(cells) == set(legend(chart)) == {"within fruit", "within sky", "within pets", "across categories"}
    triangle = [(i, j) for i in range(7) for j in range(i + 1, 7)]
    assert sorted(cell for group in cells.values() for cell in group) == triangle
    codes = np.asarray(chart.figure.data[0].z)
    assert codes.dtype == np.int16
    assert not codes[np.tril_indices(7)].any()
    assert chart.readings == (
        "21 pairs above the diagonal: within fruit 3; within sky 1; within pets 1; across categories 16.",
    )


def test_the_mask_puts_each_pair_into_its_comparison() -> None:
    cells = masks(category_mask(ITEMS))
    for name in COLORS:
        assert cells[f"within {name}"] == {
            (i, j) for i in range(7) for j in range(i + 1, 7) if LABELS[i] == LABELS[j] == name
        }
    assert cells["across categories"] == {(i, j) for i in range(7) for j in range(i + 1, 7) if LABELS[i] != LABELS[j]}
    assert len(cells["across categories"]) == PAIRS.n_across == 16


def test_the_mask_leaves_out_categories_without_a_pair_and_counts() -> None:
    chart = category_mask(plain_items(["fruit", "fruit", "sky"]))
    assert set(masks(chart)) == set(legend(chart)) == {"within fruit", "across categories"}
    assert chart.readings == ("3 pairs above the diagonal: within fruit 1; across categories 2.",)


def test_the_mask_has_the_colors_of_the_categories() -> None:
    chart = category_mask(plain_items(["sky", "sky", "pets", "pets"]))
    heat, entries = chart.figure.data[0], legend(chart)
    assert entries == {"within sky": COLORS["sky"], "within pets": COLORS["pets"], "across categories": NEUTRAL}
    places = [place for place, _ in heat.colorscale]
    assert (places, heat.zmin, heat.zmax) == ([code / 4 for code in range(5)], 0, 4)
    drawn = dict(zip(heat.meta, (color for _, color in heat.colorscale), strict=True))
    assert {name: drawn[name] for name in entries} == entries
    assert drawn["within fruit"] == COLORS["fruit"]
    assert drawn[""].replace(" ", "") == "rgba(0,0,0,0)"


def test_the_mask_of_some_pairs_of_labels_names_what_is_left_out() -> None:
    chosen = (
        Contrast("pets × fruit, sky", (("pets", "fruit"), ("sky", "pets"))),
        Contrast("elsewhere", (("fruit", "sea"), ("sea", "sea"))),
        Contrast("within sky", (("sky", "sky"),)),
    )
    chart = pair_mask(ITEMS, chosen, ("#000001", "#000002", "#000003"))
    assert masks(chart) == {
        "pets × fruit, sky": {(i, j) for i in range(5) for j in (5, 6)},
        "within sky": {(3, 4)},
    }
    assert legend(chart) == {"pets × fruit, sky": "#000001", "within sky": "#000003"}
    assert chart.readings == ("21 pairs above the diagonal: pets × fruit, sky 10; within sky 1; not compared 10.",)


def test_the_mask_does_not_depend_on_the_order_of_the_items() -> None:
    chart = category_mask(plain_items(["sky", "fruit", "sky", "fruit"]))
    assert masks(chart) == {
        "within sky": {(0, 2)},
        "within fruit": {(1, 3)},
        "across categories": {(0, 1), (0, 3), (1, 2), (2, 3)},
    }


def test_large_masks_have_thousands_separators() -> None:
    (reading,) = category_mask(plain_items(["fruit"] * 60 + ["sky"] * 60)).readings
    assert reading == ("7,140 pairs above the diagonal: within fruit 1,770; within sky 1,770; across categories 3,600.")


def test_the_mask_takes_as_many_categories_as_a_list_can_have() -> None:
    labels = ["c0", *(f"c{number}" for number in range(MAX_WORDS - 1))]
    contrasts = category_contrasts(tuple(dict.fromkeys(labels)))
    cells = masks(pair_mask(plain_items(labels), contrasts, ("#000000",) * len(contrasts)))
    assert cells["within c0"] == {(0, 1)}
    assert len(cells["across categories"]) == MAX_WORDS * (MAX_WORDS - 1) // 2 - 1


@pytest.mark.parametrize("scale", ["layer", "shared"])
def test_distributions_are_densities_at_bin_centres(scale: Scale) -> None:
    figure = distributions(SIMILARITY, PAIRS, STATISTICS, LAYERS, scale).figure
    for layer, frame in enumerate(figure.frames):
        values = upper(SIMILARITY[layer]).astype(np.float64)
        edges = np.linspace(values.min(), values.max(), 21)
        for curve, group in zip(frame.data[:2], naive_groups(SIMILARITY[layer], LABELS), strict=True):
            np.testing.assert_allclose(curve.x, (edges[1:] + edges[:-1]) / 2)
            np.testing.assert_allclose(curve.y, np.histogram(group, bins=edges, density=True)[0])
            assert float(np.sum(curve.y) * (edges[1] - edges[0])) == pytest.approx(1)


def test_distributions_mark_both_means() -> None:
    for layer, frame in enumerate(FRAMED["distributions"]().figure.frames):
        within, across = naive_groups(SIMILARITY[layer], LABELS)
        assert numbers(frame.data[2].x) == pytest.approx([np.mean(within)] * 2)
        assert numbers(frame.data[3].x) == pytest.approx([np.mean(across)] * 2)


def test_axes_of_distributions_hold_the_curves_and_are_shared_on_request() -> None:
    for scale, count in (("layer", 6), ("shared", 1)):
        figure = distributions(SIMILARITY, PAIRS, STATISTICS, LAYERS, scale).figure  # type: ignore[arg-type]
        ranges = [(*frame.layout.xaxis.range, *frame.layout.yaxis.range) for frame in figure.frames]
        assert len(set(ranges)) == count
        for layer, (left, right, bottom, top) in enumerate(ranges):
            values = upper(SIMILARITY[layer])
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


def statistics_of(delta: list[float], t: list[float]) -> BookStatistics:
    within = np.array(delta) + 0.4
    return BookStatistics(within, within - np.array(delta), np.array(delta), np.array(t), 5, 16)


def test_the_mean_profile_shows_means_and_joins_them() -> None:
    gap, within, across, ring = mean_profile(STATISTICS, LAYERS).figure.data
    assert numbers(within.y) == STATISTICS.within_mean.tolist()
    assert numbers(across.y) == STATISTICS.across_mean.tolist()
    assert numbers(gap.y[0::3]) == STATISTICS.within_mean.tolist()
    assert numbers(gap.y[1::3]) == STATISTICS.across_mean.tolist()
    assert np.isnan(gap.y[2::3]).all()
    assert numbers(gap.x) == [layer for layer in range(6) for _ in range(3)]
    assert ring.name == "selected layer"


def test_the_mean_profile_reading() -> None:
    (reading,) = mean_profile(statistics_of([0.1, -0.3, 0.2], [1, 2, 3]), layer_labels(3)).readings
    assert "the more similar ones at 2 of 3 layers; the gap is widest at L0 (hidden state 1)" in reading
    assert "0.100 within against 0.400 across" in reading


@pytest.mark.parametrize(("chart", "field"), [(delta_profile, "delta"), (t_profile, "t")])
def test_profiles_show_their_statistic_and_ring_one_layer_a_frame(
    chart: Callable[[BookStatistics, tuple[str, ...]], Chart], field: str
) -> None:
    figure = chart(STATISTICS, LAYERS).figure
    expected = getattr(STATISTICS, field).tolist()
    assert numbers(figure.data[0].y) == expected
    assert numbers(figure.data[0].x) == numbers(figure.data[0].customdata) == list(range(6))
    for layer, frame in enumerate(figure.frames):
        assert (list(frame.data[0].x), numbers(frame.data[0].y)) == ([layer], [expected[layer]])
        assert list(frame.traces) == [1]


def test_rings_of_means_sit_on_both_points() -> None:
    figure = mean_profile(STATISTICS, LAYERS).figure
    for layer, frame in enumerate(figure.frames):
        assert list(frame.data[0].x) == [layer, layer]
        assert numbers(frame.data[0].y) == [STATISTICS.within_mean[layer], STATISTICS.across_mean[layer]]


def test_delta_readings() -> None:
    (reading,) = delta_profile(statistics_of([0.1, 0.35, -0.2], [1, 2, 3]), layer_labels(3)).readings
    assert reading == (
        "Δ is largest at L0 (hidden state 1) with 0.350; it is 0.100 at Emb and -0.200 at L1 (after the final norm)."
    )
    (first,) = delta_profile(statistics_of([0.5, 0.35, -0.2], [1, 2, 3]), layer_labels(3)).readings
    assert first == "Δ is largest at Emb (hidden state 0) with 0.500; it is -0.200 at L1 (after the final norm)."


def test_t_readings() -> None:
    (reading,) = t_profile(statistics_of([0.1, 0.2, 0.3], [1.26, np.nan, 1.1]), layer_labels(3)).readings
    assert reading.startswith("t is largest at Emb (hidden state 0) with 1.3, from 5 within and 16 across pairs. ")
    assert reading.endswith("It is not defined at 1 of 3 layers, where no value differs.")
    (whole,) = t_profile(statistics_of([0.1, 0.2, 0.3], [1, 2, 3]), layer_labels(3)).readings
    assert "not defined" not in whole


def test_t_against_delta_pairs_the_two() -> None:
    figure = t_against_delta(STATISTICS, LAYERS).figure
    assert numbers(figure.data[0].x) == STATISTICS.delta.tolist()
    assert numbers(figure.data[0].y) == STATISTICS.t.tolist()
    for layer, frame in enumerate(figure.frames):
        assert numbers(frame.data[0].x) + numbers(frame.data[0].y) == [STATISTICS.delta[layer], STATISTICS.t[layer]]
    assert list(figure.data[0].marker.color) == list(range(6))


def test_t_against_delta_readings() -> None:
    (same,) = t_against_delta(statistics_of([0.1, 0.4], [1, 2]), layer_labels(2)).readings
    assert same == "Both Δ and t are largest at L0 (hidden state 1)."
    (apart,) = t_against_delta(statistics_of([0.1, 0.4], [9.25, 2]), layer_labels(2)).readings
    assert apart.startswith("Δ is largest at L0 (0.400) but t at Emb (9.2): ")


@pytest.mark.parametrize("chart", PROFILES)
def test_profiles_mark_the_last_layer(chart: Callable[[BookStatistics, tuple[str, ...]], Chart]) -> None:
    figure = chart(STATISTICS, LAYERS).figure
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == 4.5
    (note,) = figure.layout.annotations
    assert "final norm" in note.text
    assert "not comparable" in note.hovertext
    texts = [trace.text for trace in figure.data if trace.text is not None]
    assert texts
    for text in texts:
        assert [index for index, label in enumerate(text) if "after the final norm" in label] == [5]


def test_nothing_is_defined_where_all_vectors_are_equal() -> None:
    vectors = np.ones((6, 7, 4), np.float32)
    similarity = cosine_matrices(vectors)
    statistics = book_statistics(similarity, PAIRS)
    assert np.isnan(statistics.t).all()
    for chart in (t_profile(statistics, LAYERS), t_against_delta(statistics, LAYERS)):
        assert "not defined at any layer" in chart.readings[0]
        json.loads(chart.figure.to_json())
    chart = distributions(similarity, PAIRS, statistics, LAYERS, "shared")
    assert all("t is not defined here" in reading for reading in chart.readings)
    assert np.isfinite(np.asarray(chart.figure.data[0].y)).all()


def test_t_of_two_pairs_reads_not_defined() -> None:
    similarity = np.array([[[1, 0.5, 0.2], [0.5, 1, 0], [0.2, 0, 1]]] * 2, np.float32)
    pairs = pairs_from([True, False])
    chart = distributions(similarity, pairs, book_statistics(similarity, pairs), layer_labels(2), "layer")
    assert "t is not defined here; 1 and 1 pairs" in chart.readings[0]


@pytest.mark.parametrize(
    ("count", "most"), [(2, 2), (4, 4), (8, 8), (13, 8), (25, 8), (31, 8), (33, 8), (49, 8), (81, 9)]
)
def test_layer_axes_have_few_labels_at_equal_steps(count: int, most: int) -> None:
    axis = layer_axis(layer_labels(count))
    ticks = axis["tickvals"]
    assert min(count, 5) <= len(ticks) <= most
    assert ticks[0] == 0
    assert len(set(np.diff(ticks).tolist())) == 1
    assert axis["ticktext"] == [layer_labels(count)[tick] for tick in ticks]
    assert axis["range"][0] < 0
    assert axis["range"][1] > count - 1


@pytest.mark.parametrize("chart", PROFILES)
@pytest.mark.parametrize("count", [13, 31, 49])
def test_profiles_of_deep_models_use_the_sparse_axis(
    chart: Callable[[BookStatistics, tuple[str, ...]], Chart], count: int
) -> None:
    layers = layer_labels(count)
    statistics = statistics_of(np.linspace(0.1, 0.3, count).tolist(), np.linspace(1, 9, count).tolist())
    assert 5 <= len(chart(statistics, layers).figure.layout.xaxis.ticktext) <= 8


def test_variance_draws_every_unit_and_one_dot_for_a_shared_token() -> None:
    figure = FRAMED["variance-by-position"]().figure
    dots = figure.data[0]
    assert len(dots.x) == len(dots.text) == 1 + 2 * 20
    assert (dots.x[0], dots.text[0]) == (0, "all hidden units")
    assert dots.text[1] == "hidden unit 0"
    assert np.rint(np.asarray(dots.x)).tolist() == [0] + [1] * 20 + [2] * 20
    for layer, frame in enumerate(figure.frames):
        assert numbers(frame.data[0].y) == [0, *numbers(VARIANCE[layer, 1]), *numbers(VARIANCE[layer, 2])]
    assert list(figure.layout.xaxis.ticktext) == list(POSITIONS)


def test_variance_is_scattered_the_same_way_every_time() -> None:
    first, second = (FRAMED["variance-by-position"]().figure.data[0].x for _ in range(2))
    assert numbers(first) == numbers(second)
    assert len(set(numbers(first)[1:21])) == 20


def test_variance_readings_hold_mean_and_largest_share() -> None:
    for layer, reading in enumerate(FRAMED["variance-by-position"]().readings):
        last = VARIANCE[layer, 2].astype(np.float64)
        found = re.search(r"it is (\S+) on average, and hidden unit (\d+) alone carries (\d+)% of it", reading)
        assert found
        assert float(found[1]) == pytest.approx(last.mean(), rel=0.01)
        assert int(found[2]) == int(last.argmax())
        assert float(found[3]) == pytest.approx(100 * last.max() / last.sum(), abs=0.51)
        assert "0 at the shared part of the prompt (1 of 3 positions)" in reading


def test_variance_without_any_difference_says_so() -> None:
    chart = variance_by_position(np.zeros((2, 2, 5), np.float32), ("a", "b"), layer_labels(2))
    assert chart.readings[1] == "At L0 (hidden state 1) no hidden unit differs between the words."
    assert len(chart.figure.data[0].x) == 2
