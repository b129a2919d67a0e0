"""Figures of contexts and senses as data, texts behind a matrix, and figures on their way to the browser."""

import base64
import colorsys
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from catsel_core.analyses.sentences import SenseStatistics, sense_statistics
from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    Chart,
    PairCurves,
    Passage,
    Scale,
    curves_of,
    distributions,
    figure_json,
    group_colors,
    group_distributions,
    group_profile,
    pair_mask,
    passages_of,
    sense_distributions,
    sense_means,
    sense_profile,
    similarity_matrix,
    t_profile,
    tornado,
    variance_by_position,
)
from catsel_core.figures.tornado import color_top
from catsel_core.inputs.items import Item
from catsel_core.inputs.word_lists import COLOR, PALETTE
from catsel_core.models.find import layer_labels
from catsel_core.statistics.contrasts import Contrast, ContrastSummary, book_contrasts, category_contrasts, summarise
from catsel_core.statistics.pairs import BookStatistics, book_statistics, pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.statistics.tiled_pairs import Span, label_pair_histograms, label_pair_moments, label_pairs_of
from tests.support.core_fixtures import naive_cosine, plain_items, random_vectors

LABELS = ("years", "lawn", "years", "garage", "lawn", "years", "garage", "years", "garage", "lawn", "years", "lawn")
WORDS = ("years", "lawn", "garage")
COMPARISONS = book_contrasts(WORDS)
COLORS = ("#0072B2", "#D55E00", "#009E73")
LAYERS = layer_labels(6)
VECTORS = random_vectors(6, len(LABELS), seed=4)
SIMILARITY = cosine_matrices(VECTORS)
BLOCKS = label_pairs_of(LABELS)
MOMENTS = label_pair_moments(VECTORS, BLOCKS)


def in_bins(
    low: FloatArray | list[float], high: FloatArray | list[float], bins: int = 9
) -> tuple[ContrastSummary, ...]:
    """The book's contrasts of the made-up occurrences, counted in bins from ``low`` to ``high`` of every layer."""
    histogram = label_pair_histograms(
        VECTORS, BLOCKS, Span(np.array(low, np.float64), np.array(high, np.float64), bins)
    )[0]
    return summarise(COMPARISONS, BLOCKS, MOMENTS, histogram)


COMPARED = in_bins([-0.3] * 6, [0.5] * 6)
CURVES = curves_of(in_bins(np.nanmin(MOMENTS.lowest, axis=1), np.nanmax(MOMENTS.highest, axis=1)), COLORS)

# Layer by layer: some outside, all above, all below, all on both sides of the bins, all inside.
BY_HAND = ContrastSummary(
    Contrast("within years", (("years", "years"),)),
    1200,
    np.array([0.25, 0.95, -0.5, 0.3, 0.2]),
    np.tile(np.linspace(0, 0.4, 5), (5, 1)),
    np.array([[100, 200, 300, 400], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 1200, 0, 0]]),
    np.array([150, 0, 1200, 500, 0]),
    np.array([50, 1200, 0, 700, 0]),
)
BY_HAND_LAYERS = layer_labels(5)


def numbers(values: Any) -> list[float]:
    return np.asarray(values, np.float64).tolist()  # type: ignore[no-any-return]


def strictly(text: str) -> Any:
    """JSON as a browser reads it: no NaN, no Infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


def cosines_of(contrast: Contrast, layer: int) -> list[float]:
    wanted = {frozenset(pair) for pair in contrast.pairs}
    return [
        naive_cosine(VECTORS[layer, i].tolist(), VECTORS[layer, j].tolist())
        for i, j in combinations(range(len(LABELS)), 2)
        if {LABELS[i], LABELS[j]} in wanted
    ]


# Tornado plots


@pytest.mark.parametrize("summary", [*COMPARED, BY_HAND], ids=lambda one: one.contrast.name)
def test_cells_of_a_tornado_are_shares_of_all_pairs(summary: ContrastSummary) -> None:
    layers = layer_labels(len(summary.mean))
    heat = tornado(summary, layers, 0.5).figure.data[0]
    assert heat.type == "heatmap"
    for layer, row in enumerate(np.asarray(heat.z)):
        expected = [count / summary.n_pairs for count in summary.counts[layer].tolist()]
        assert row.tolist() == pytest.approx(expected, rel=1e-6)
        outside = summary.below[layer] + summary.above[layer]
        assert float(row.sum()) == pytest.approx(1 - outside / summary.n_pairs)
    assert np.asarray(heat.z).shape == (len(layers), summary.edges.shape[1] - 1)
    edges = summary.edges[0].tolist()
    np.testing.assert_allclose(heat.x, [(a + b) / 2 for a, b in pairwise(edges)])
    assert numbers(heat.y) == list(range(len(layers)))


def test_a_tornado_without_a_value_inside_is_empty_and_not_undefined() -> None:
    figure = tornado(BY_HAND, BY_HAND_LAYERS, 1.0).figure
    z = np.asarray(figure.data[0].z)
    assert np.isfinite(z).all()
    assert (z >= 0).all()
    assert [bool(row.any()) for row in z] == [True, False, False, False, True]
    loaded = strictly(figure_json(figure))
    assert len(loaded["frames"]) == 5


def test_a_click_on_a_tornado_picks_the_layer() -> None:
    heat, line = tornado(COMPARED[0], LAYERS, 0.5).figure.data[:2]
    assert np.asarray(heat.customdata).shape == np.asarray(heat.z).shape
    assert [sorted(set(row)) for row in np.asarray(heat.customdata).tolist()] == [[layer] for layer in range(6)]
    assert numbers(line.customdata) == list(range(6))


def test_frames_of_a_tornado_only_move_line_and_ring() -> None:
    figure = tornado(COMPARED[1], LAYERS, 0.5).figure
    assert [frame.name for frame in figure.frames] == list(LAYERS)
    for layer, frame in enumerate(figure.frames):
        assert list(frame.traces) == [2, 3]
        assert not frame.layout.to_plotly_json()
        for trace, data in zip(frame.traces, frame.data, strict=True):
            assert set(data.to_plotly_json()) == {"type", "x", "y"}
            assert figure.data[trace].type == data.type
        line, ring = frame.data
        assert (numbers(line.x), numbers(line.y)) == ([-0.3, 0.5], [layer, layer])
        assert (numbers(ring.x), numbers(ring.y)) == ([COMPARED[1].mean[layer]], [layer])
    for shown, first in zip(figure.data[2:], figure.frames[0].data, strict=True):
        assert (numbers(shown.x), numbers(shown.y)) == (numbers(first.x), numbers(first.y))


def test_means_outside_the_bins_of_a_tornado_lie_outside_its_picture() -> None:
    figure = tornado(BY_HAND, BY_HAND_LAYERS, 0.5).figure
    line = figure.data[1]
    assert numbers(line.y) == [0, 1, 2, 3, 4]
    assert numbers(line.x) == [0.25, 0.95, -0.5, 0.3, 0.2]
    assert [numbers(frame.data[1].x)[0] for frame in figure.frames] == numbers(line.x)
    assert list(figure.layout.xaxis.range) == [0, 0.4]


def test_the_mean_of_a_tornado_is_the_mean_of_the_pairs() -> None:
    for summary in COMPARED:
        line = tornado(summary, LAYERS, 0.5).figure.data[1]
        means = [float(np.mean(cosines_of(summary.contrast, layer))) for layer in range(6)]
        assert all(-0.3 < mean < 0.5 for mean in means)
        assert numbers(line.x) == pytest.approx(means, abs=1e-6)


def test_tornado_readings_count_what_lies_outside() -> None:
    start = "the mean of 1,200 pairs is"
    assert tornado(BY_HAND, BY_HAND_LAYERS, 0.5).readings == (
        f"At Emb (hidden state 0) {start} 0.250; 200 of them lie outside the bins (150 below, 50 above).",
        f"At L0 (hidden state 1) {start} 0.950; all of them lie outside the bins (1,200 above).",
        f"At L1 (hidden state 2) {start} -0.500; all of them lie outside the bins (1,200 below).",
        f"At L2 (hidden state 3) {start} 0.300; all of them lie outside the bins (500 below, 700 above).",
        f"At L3 (hidden state 4) {start} 0.200; all lie within the bins.",
    )


def test_tornado_readings_count_pairs_as_a_loop_does() -> None:
    for summary in COMPARED:
        for layer, reading in enumerate(tornado(summary, LAYERS, 0.5).readings):
            values = cosines_of(summary.contrast, layer)
            below, above = sum(value < -0.3 for value in values), sum(value > 0.5 for value in values)
            assert f"{LAYERS[layer]} (hidden state {layer})" in reading
            assert f"the mean of {len(values)} pairs is {np.mean(values):.3f}; " in reading
            for number, side in ((below, "below"), (above, "above")):
                assert (f"{number} {side}" in reading) == (number > 0)
            assert ("outside" in reading) == (below + above > 0)


def test_panels_of_tornados_have_one_color_range() -> None:
    top = color_top(COMPARED)
    filled = [count / one.n_pairs for one in COMPARED for row in one.counts.tolist() for count in row if count]
    assert top == pytest.approx(float(np.percentile(filled, 99)))
    assert min(filled) < top < max(filled) <= 1
    for summary in COMPARED:
        chart = tornado(summary, LAYERS, top)
        assert (chart.figure.layout.coloraxis.cmin, chart.figure.layout.coloraxis.cmax) == (0, top)
        assert chart.figure.data[0].coloraxis == "coloraxis"
        assert chart.title == summary.contrast.name


def test_a_bin_that_holds_everything_does_not_take_all_colors() -> None:
    spread = np.full((299, 4), 25)
    counts = np.concatenate([[[0, 0, 0, 100]], spread])
    nothing, pairs = np.zeros(300, np.int64), Contrast("one", (("a", "a"),))
    summary = ContrastSummary(
        pairs, 100, np.ones(300), np.tile(np.linspace(0, 1, 5), (300, 1)), counts, nothing, nothing
    )
    assert color_top([summary]) == pytest.approx(0.25)


def test_the_color_range_of_empty_tornados_is_not_empty() -> None:
    empty = ContrastSummary(
        BY_HAND.contrast,
        1200,
        BY_HAND.mean[1:4],
        BY_HAND.edges[1:4],
        BY_HAND.counts[1:4],
        BY_HAND.below[1:4],
        BY_HAND.above[1:4],
    )
    assert color_top([empty]) == 1
    assert tornado(empty, layer_labels(3), color_top([empty])).figure.layout.coloraxis.cmax == 1


@pytest.mark.parametrize("count", [2, 13, 31, 49])
def test_tornados_show_every_layer_and_name_a_few(count: int) -> None:
    zeros = np.zeros(count, np.int64)
    summary = ContrastSummary(
        BY_HAND.contrast,
        4,
        np.full(count, 0.2),
        np.tile([0, 0.3, 0.4], (count, 1)),
        np.full((count, 2), 2),
        zeros,
        zeros,
    )
    axis = tornado(summary, layer_labels(count), 1.0).figure.layout.yaxis
    ticks = [int(tick) for tick in axis.tickvals]
    assert list(axis.range) == [-0.5, count - 0.5]
    assert ticks[0] == 0
    assert min(count, 7) <= len(ticks) <= 11
    assert list(axis.ticktext) == [layer_labels(count)[tick] for tick in ticks]


# Groups of pairs at one layer and over the layers


@pytest.mark.parametrize("scale", ["layer", "shared"])
def test_distributions_of_groups_have_the_area_one_over_common_bins(scale: Scale) -> None:
    figure = group_distributions(CURVES, LAYERS, scale).figure
    for layer, frame in enumerate(figure.frames):
        edges = CURVES[0].edges[layer]
        areas = frame.data[:3]
        for one, curve in zip(areas, CURVES, strict=True):
            np.testing.assert_array_equal(one.x, areas[0].x)
            np.testing.assert_allclose(one.x, (edges[1:] + edges[:-1]) / 2)
            assert float((np.asarray(one.y) * np.diff(edges)).sum()) == pytest.approx(1)
            assert (one.name, one.line.color, one.fill) == (curve.name, curve.color, "tozeroy")


def test_distributions_of_groups_span_the_values_of_all_pairs() -> None:
    for layer, frame in enumerate(group_distributions(CURVES, LAYERS, "layer").figure.frames):
        values = [value for contrast in COMPARISONS for value in cosines_of(contrast, layer)]
        half = (CURVES[0].edges[layer, 1] - CURVES[0].edges[layer, 0]) / 2
        assert frame.data[0].x[0] - half == pytest.approx(min(values), abs=1e-6)
        assert frame.data[0].x[-1] + half == pytest.approx(max(values), abs=1e-6)


def test_distributions_of_groups_mark_their_means_and_read_them() -> None:
    chart = group_distributions(CURVES, LAYERS, "layer")
    for layer, (frame, reading) in enumerate(zip(chart.figure.frames, chart.readings, strict=True)):
        parts = []
        for line, curve, contrast in zip(frame.data[3:], CURVES, COMPARISONS, strict=True):
            values = cosines_of(contrast, layer)
            assert numbers(line.x) == pytest.approx([float(np.mean(values))] * 2, abs=1e-6)
            assert numbers(line.y) == [0, frame.layout.yaxis.range[1]]
            assert (line.line.color, line.showlegend) == (curve.color, False)
            parts.append(f"{contrast.name} {np.mean(values):.3f} ({len(values)} pairs)")
        assert reading == f"Mean similarity at {LAYERS[layer]} (hidden state {layer}): {'; '.join(parts)}."


def test_frames_of_group_distributions_move_every_trace() -> None:
    figure = group_distributions(CURVES, LAYERS, "layer").figure
    assert [frame.name for frame in figure.frames] == list(LAYERS)
    assert len(figure.data) == 6
    assert all(list(frame.traces) == list(range(6)) for frame in figure.frames)
    for trace, data in zip(figure.data, figure.frames[0].data, strict=True):
        assert (numbers(trace.x), numbers(trace.y)) == (numbers(data.x), numbers(data.y))


@pytest.mark.parametrize(("scale", "count"), [("layer", 6), ("shared", 1)])
def test_axes_of_group_distributions_hold_the_curves(scale: Scale, count: int) -> None:
    figure = group_distributions(CURVES, LAYERS, scale).figure
    ranges = [(*frame.layout.xaxis.range, *frame.layout.yaxis.range) for frame in figure.frames]
    assert len(set(ranges)) == count
    assert (*figure.layout.xaxis.range, *figure.layout.yaxis.range) == ranges[0]
    for layer, (left, right, bottom, top) in enumerate(ranges):
        assert left < CURVES[0].edges[layer, 0] < CURVES[0].edges[layer, -1] < right
        assert bottom == 0 < max(float(curve.density[layer].max()) for curve in CURVES) < top


def test_curves_are_those_of_the_comparisons() -> None:
    summary = in_bins([-1] * 6, [1] * 6)
    for curve, one, color in zip(curves_of(summary, COLORS), summary, COLORS, strict=True):
        assert (curve.name, curve.color, curve.n_pairs) == (one.contrast.name, color, one.n_pairs)
        assert np.array_equal(curve.mean, one.mean)
        assert np.array_equal(curve.edges, one.edges)
        np.testing.assert_allclose(curve.density, one.counts / one.n_pairs / (2 / 9))


def test_the_profile_of_groups_shows_every_mean_and_rings_one_layer_a_frame() -> None:
    figure = group_profile(CURVES, LAYERS).figure
    *traces, ring = figure.data
    for trace, curve, contrast in zip(traces, CURVES, COMPARISONS, strict=True):
        means = [float(np.mean(cosines_of(contrast, layer))) for layer in range(6)]
        assert numbers(trace.y) == pytest.approx(means, abs=1e-6)
        assert numbers(trace.x) == numbers(trace.customdata) == list(range(6))
        assert (trace.name, trace.marker.color, trace.line.color) == (curve.name, curve.color, curve.color)
    assert ring.name == "selected layer"
    assert [frame.name for frame in figure.frames] == list(LAYERS)
    for layer, frame in enumerate(figure.frames):
        assert list(frame.traces) == [3]
        assert list(frame.data[0].x) == [layer] * 3
        assert numbers(frame.data[0].y) == [curve.mean[layer] for curve in CURVES]
    (note,) = figure.layout.annotations
    assert "final norm" in note.text


def test_the_profile_of_groups_reads_each_groups_extremes() -> None:
    edges, flat = np.array([[0, 1], [0, 1], [0, 1]]), np.ones((3, 1))
    curves = (
        PairCurves("within a", "#000001", 3, np.array([0.5, 0.25, 0.75]), edges, flat),
        PairCurves("a × b", "#000002", 9, np.array([0.125, 0.0625, -0.25]), edges, flat),
    )
    assert group_profile(curves, layer_labels(3)).readings == (
        "within a: 0.250 at L0 to 0.750 at L1; a × b: -0.250 at L1 to 0.125 at Emb.",
    )


# Senses


def sense_items(*senses: tuple[str, str, int], repeat: int) -> tuple[Item, ...]:
    """``repeat`` sentences a sense; a sense is (word, group, token of the word)."""
    return tuple(
        Item(word, group, f"Of {number} a {word}.", (7, number, token, 8), (2, 3), (f" {word}",), (7, 7 + len(word)))
        for word, group, token in senses
        for number in range(10, 10 + repeat)
    )


SENTENCES = sense_items(
    ("bank", "bank/river", 30),
    ("bank", "bank/money", 30),
    ("seal", "seal/animal", 31),
    ("seal", "seal/wax", 31),
    ("bat", "bat/animal", 32),
    repeat=3,
)
SENSE_SIMILARITY = cosine_matrices(random_vectors(6, len(SENTENCES), seed=6))


def sense_pairs(word: str | None = None) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of the same spelling by two loops: those of the same sense and those of another; of one word or all.

    “bat” has one sense only, so its pairs tell nothing about senses and do not count.
    """
    same: list[tuple[int, int]] = []
    other: list[tuple[int, int]] = []
    for i in range(len(SENTENCES)):
        for j in range(i + 1, len(SENTENCES)):
            one, two = SENTENCES[i], SENTENCES[j]
            if one.token_ids[2] == two.token_ids[2] and one.label != "bat" and word in (None, one.label):
                (same if one.group == two.group else other).append((i, j))
    return same, other


def values_of(pairs: Sequence[tuple[int, int]], layer: int) -> list[float]:
    return [float(SENSE_SIMILARITY[layer, i, j]) for i, j in pairs]


def deltas_of(word: str | None = None) -> list[float]:
    same, other = sense_pairs(word)
    return [float(np.mean(values_of(same, layer)) - np.mean(values_of(other, layer))) for layer in range(6)]


def senses() -> SenseStatistics:
    made = sense_statistics(SENSE_SIMILARITY, pair_groups([item.group for item in SENTENCES]), SENTENCES)
    assert made is not None
    return made


def profile_of_senses() -> Chart:
    made = senses()
    return sense_profile(made.overall, made.words, LAYERS)


def test_the_profile_of_senses_equals_loops_over_pairs_of_the_same_spelling() -> None:
    *words, overall, ring = profile_of_senses().figure.data
    assert [trace.name for trace in words] == ["bank", "seal"]
    for trace in words:
        assert numbers(trace.y) == pytest.approx(deltas_of(trace.name), abs=1e-6)
    assert numbers(overall.y) == pytest.approx(deltas_of(), abs=1e-6)
    assert overall.name == "all words"
    assert all(numbers(trace.x) == numbers(trace.customdata) == list(range(6)) for trace in (*words, overall))
    assert len({trace.line.color for trace in (*words, overall)}) == 3
    assert ring.name == "selected layer"


def test_the_profile_of_senses_rings_all_words_together() -> None:
    figure = profile_of_senses().figure
    assert [frame.name for frame in figure.frames] == list(LAYERS)
    for layer, frame in enumerate(figure.frames):
        assert list(frame.traces) == [3]
        assert list(frame.data[0].x) == [layer]
        assert numbers(frame.data[0].y) == pytest.approx([deltas_of()[layer]], abs=1e-6)


def test_readings_of_the_profile_of_senses_name_words_and_the_largest_layer_before_the_final_norm() -> None:
    overall, words = deltas_of(), {word: deltas_of(word) for word in ("bank", "seal")}
    top = max(range(5), key=overall.__getitem__)
    for layer, reading in enumerate(profile_of_senses().readings):
        at_layer = {word: deltas[layer] for word, deltas in words.items()}
        most, least = max(at_layer, key=at_layer.__getitem__), min(at_layer, key=at_layer.__getitem__)
        assert reading == (
            f"At {LAYERS[layer]} (hidden state {layer}) Δ is {overall[layer]:.3f} over all words, "
            f"most for “{most}” ({words[most][layer]:.3f}), least for “{least}” ({words[least][layer]:.3f}). "
            f"Before the final norm it is largest at {LAYERS[top]} (hidden state {top}) with {overall[top]:.3f}."
        )


def test_the_largest_delta_is_not_looked_for_after_the_final_norm() -> None:
    delta = np.array([0.1, 0.4, 0.2, 0.9])
    rising = BookStatistics(delta, np.zeros(4), delta, np.ones(4), 3, 3)
    for reading in sense_profile(rising, {"bank": rising}, layer_labels(4)).readings:
        assert reading.endswith(
            " over all words. Before the final norm it is largest at L0 (hidden state 1) with 0.400."
        )


def test_means_of_senses_equal_loops_over_pairs_of_the_same_spelling() -> None:
    made = senses()
    chart = sense_means(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS)
    *traces, _ = chart.figure.data
    for trace, pairs, name in zip(traces, sense_pairs(), ("Same sense", "Other sense"), strict=True):
        assert trace.name == name
        means = [float(np.mean(values_of(pairs, layer))) for layer in range(6)]
        assert numbers(trace.y) == pytest.approx(means, abs=1e-6)
    assert chart.readings[0].startswith("Same sense: ")


@pytest.mark.parametrize("scale", ["layer", "shared"])
def test_distributions_of_senses_equal_loops_over_pairs_of_the_same_spelling(scale: Scale) -> None:
    made = senses()
    chart = sense_distributions(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS, scale)
    for layer, (frame, reading) in enumerate(zip(chart.figure.frames, chart.readings, strict=True)):
        same, other = (values_of(pairs, layer) for pairs in sense_pairs())
        edges = np.linspace(min(*same, *other), max(*same, *other), 21)
        for area, line, values in zip(frame.data[:2], frame.data[2:], (same, other), strict=True):
            np.testing.assert_allclose(area.x, (edges[1:] + edges[:-1]) / 2)
            np.testing.assert_allclose(area.y, np.histogram(values, bins=edges, density=True)[0])
            assert numbers(line.x) == pytest.approx([float(np.mean(values))] * 2, abs=1e-6)
        kind = "more" if np.mean(same) >= np.mean(other) else "less"
        assert f"At {LAYERS[layer]} (hidden state {layer}) same-sense pairs are " in reading
        assert f"{abs(np.mean(same) - np.mean(other)):.3f} {kind} similar than other-sense pairs of the same" in reading
        assert f"(mean {np.mean(same):.3f} against {np.mean(other):.3f}; t = " in reading
        assert reading.endswith(f"{len(same)} and {len(other)} pairs).")
    assert [trace.name for trace in chart.figure.data[:2]] == ["Same sense", "Other sense"]


def test_charts_of_senses_have_names_and_titles_of_their_own() -> None:
    made = senses()
    charts = (
        sense_profile(made.overall, made.words, LAYERS),
        sense_means(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS),
        sense_distributions(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS, "layer"),
    )
    assert [chart.name for chart in charts] == ["sense-profile", "sense-means", "sense-distributions"]
    assert len({chart.title for chart in charts}) == 3
    for chart in charts:
        assert all(reading.endswith(".") for reading in chart.readings)


MARKUP = "<b>x</b> & y"


def legends_with_markup() -> dict[str, Chart]:
    made = senses()
    curves = tuple(PairCurves(MARKUP, c.color, c.n_pairs, c.mean, c.edges, c.density) for c in CURVES)
    items = plain_items([MARKUP, MARKUP, "other"])
    contrasts = category_contrasts((MARKUP, "other"))
    colors = {MARKUP: "#000001", "other": "#000002"}
    return {
        "group_distributions": group_distributions(curves, LAYERS, "layer"),
        "group_profile": group_profile(curves, LAYERS),
        "sense_profile": sense_profile(made.overall, {MARKUP: made.overall}, LAYERS),
        "pair_mask": pair_mask(items, contrasts, COLORS),
        "similarity_matrix": similarity_matrix(SIMILARITY[:, :3, :3], items, colors, LAYERS, "layer"),
    }


@pytest.mark.parametrize("name", legends_with_markup())
def test_typed_names_are_no_markup_in_legends_and_hover_texts(name: str) -> None:
    traces = legends_with_markup()[name].figure.data
    assert any("&lt;b&gt;x&lt;/b&gt; &amp; y" in (trace.name or "") for trace in traces)
    for trace in traces:
        assert "<b>" not in (trace.name or "")
        assert "<b>" not in (trace.hovertemplate or "")


# Matrices in which a word occurs more than once


def occurrences(*groups: tuple[str, str, int]) -> tuple[Item, ...]:
    """(word, group, how many) one after another."""
    return tuple(
        Item(word, group, f"So the {word} it is", (1, number, 2), (1, 2), (f" {word}",), (7, 7 + len(word)))
        for word, group, count in groups
        for number in range(count)
    )


def matrix_of(items: Sequence[Item], colors: Mapping[str, str] | None = None, layers: int = 2) -> Chart:
    vectors = random_vectors(layers, len(items), seed=len(items))
    return similarity_matrix(
        cosine_matrices(vectors), items, dict(colors or group_colors(items)), layer_labels(layers), "layer"
    )


REPEATED = occurrences(
    ("bank", "bank/river", 3), ("bank", "bank/money", 4), ("years", "years", 1), ("lawn", "lawn", 2), ("seal", "wax", 1)
)
NAMES = (
    *(f"bank {number} (bank/river)" for number in (1, 2, 3)),
    *(f"bank {number} (bank/money)" for number in (1, 2, 3, 4)),
    *("years", "lawn 1", "lawn 2", "seal (wax)"),
)


def test_repeated_words_have_names_of_their_own() -> None:
    heat = matrix_of(REPEATED).figure.data[0]
    assert tuple(heat.x) == tuple(heat.y) == NAMES
    assert len(set(NAMES)) == len(REPEATED)


@pytest.mark.parametrize(
    "items",
    [
        occurrences(("part", "a", 2), ("part 1", "a", 1)),
        occurrences(("part", "part", 2), ("part 2", "part 2", 1)),
        occurrences(("bank", "river", 1), ("bank (river)", "bank (river)", 1)),
    ],
    ids=["numbered word in the group", "numbered word", "word with its group"],
)
def test_words_that_look_like_other_names_keep_names_of_their_own(items: tuple[Item, ...]) -> None:
    names = [passage.name for passage in passages_of(items)]
    assert len(set(names)) == len(items)


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


def hue(color: str) -> float:
    return colorsys.rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]


def lightness(color: str) -> float:
    return colorsys.rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))[1]


@pytest.mark.parametrize("each", [1, 2, 3, 4])
def test_groups_have_colors_of_their_own_in_shades_of_their_word(each: int) -> None:
    words = ["bank", "spring", "light", "bat", "match", "pitch", "seal", "trunk"]
    items = occurrences(*((word, f"{word}/{sense}", 2) for word in words for sense in range(each)))
    colors = group_colors(items)
    assert list(colors) == [f"{word}/{sense}" for word in words for sense in range(each)]
    assert len(set(colors.values())) == 8 * each
    assert all(COLOR.fullmatch(color) for color in colors.values())
    for word, base in zip(words, PALETTE, strict=True):
        shades = [colors[f"{word}/{sense}"] for sense in range(each)]
        assert shades[0] == base
        assert [hue(shade) for shade in shades] == pytest.approx([hue(base)] * each, abs=0.02)
        light = [lightness(shade) for shade in shades]
        assert light == sorted(light)
        assert all(b - a > 0.02 for a, b in pairwise(light))


def test_more_words_than_colors_still_have_colors() -> None:
    items = occurrences(*((f"w{at}", f"g{at}", 1) for at in range(20)))
    assert list(group_colors(items).values()) == [PALETTE[at % 8] for at in range(20)]


def test_a_group_of_two_words_keeps_its_first_color() -> None:
    items = occurrences(("bank", "money", 1), ("cash", "money", 1), ("cash", "box", 1))
    colors = group_colors(items)
    assert list(colors) == ["money", "box"]
    assert colors["money"] == PALETTE[0]
    assert hue(colors["box"]) == pytest.approx(hue(PALETTE[1]), abs=0.02)


def test_passages_are_the_texts_cut_around_their_targets() -> None:
    assert [passage.name for passage in passages_of(REPEATED)] == list(NAMES)
    for passage, item in zip(passages_of(REPEATED), REPEATED, strict=True):
        assert passage.before + passage.target + passage.after == item.text
        assert (passage.before, passage.target, passage.after) == ("So the ", item.label, " it is")


def test_passages_at_either_end_of_a_text() -> None:
    first = Item("Bank", "money", "Bank notes", (1, 2), (0, 1), ("Bank",), (0, 4))
    last = Item("bank", "money", "the <bank", (1, 2), (1, 2), ("bank",), (5, 9))
    assert passages_of((first, last)) == (
        Passage("Bank (money)", "", "Bank", " notes"),
        Passage("bank (money)", "the <", "bank", ""),
    )


# On the way to the browser


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
    "tornado": lambda: tornado(COMPARED[0], LAYERS, 0.5),
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
