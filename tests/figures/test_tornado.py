"""Tornado plots: shares of all pairs, means, what lies outside the bins."""

from itertools import pairwise

import numpy as np
import pytest

from catsel_core.figures import (
    figure_json,
    tornado,
)
from catsel_core.figures.tornado import color_top
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.contrasts import Contrast, ContrastSummary
from tests.figures.made_up_contexts import BY_HAND, BY_HAND_LAYERS, LAYERS, SUMMARIES, cosines_of
from tests.figures.values import numbers, strictly


@pytest.mark.parametrize("summary", [*SUMMARIES, BY_HAND], ids=lambda one: one.contrast.name)
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
    heat, line = tornado(SUMMARIES[0], LAYERS, 0.5).figure.data[:2]
    assert np.asarray(heat.customdata).shape == np.asarray(heat.z).shape
    assert [sorted(set(row)) for row in np.asarray(heat.customdata).tolist()] == [[layer] for layer in range(6)]
    assert numbers(line.customdata) == list(range(6))


def test_frames_of_a_tornado_only_move_line_and_ring() -> None:
    figure = tornado(SUMMARIES[1], LAYERS, 0.5).figure
    assert [frame.name for frame in figure.frames] == list(LAYERS)
    for layer, frame in enumerate(figure.frames):
        assert list(frame.traces) == [2, 3]
        assert not frame.layout.to_plotly_json()
        for trace, data in zip(frame.traces, frame.data, strict=True):
            assert set(data.to_plotly_json()) == {"type", "x", "y"}
            assert figure.data[trace].type == data.type
        line, ring = frame.data
        assert (numbers(line.x), numbers(line.y)) == ([-0.3, 0.5], [layer, layer])
        assert (numbers(ring.x), numbers(ring.y)) == ([SUMMARIES[1].mean[layer]], [layer])
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
    for summary in SUMMARIES:
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
    for summary in SUMMARIES:
        for layer, reading in enumerate(tornado(summary, LAYERS, 0.5).readings):
            values = cosines_of(summary.contrast, layer)
            below, above = sum(value < -0.3 for value in values), sum(value > 0.5 for value in values)
            assert f"{LAYERS[layer]} (hidden state {layer})" in reading
            assert f"the mean of {len(values)} pairs is {np.mean(values):.3f}; " in reading
            for number, side in ((below, "below"), (above, "above")):
                assert (f"{number} {side}" in reading) == (number > 0)
            assert ("outside" in reading) == (below + above > 0)


def test_panels_of_tornados_have_one_color_range() -> None:
    top = color_top(SUMMARIES)
    filled = [count / one.n_pairs for one in SUMMARIES for row in one.counts.tolist() for count in row if count]
    assert top == pytest.approx(float(np.percentile(filled, 99)))
    assert min(filled) < top < max(filled) <= 1
    for summary in SUMMARIES:
        chart = tornado(summary, LAYERS, top)
        assert (chart.figure.layout.coloraxis.cmin, chart.figure.layout.coloraxis.cmax) == (0, top)
        assert chart.figure.data[0].coloraxis == "coloraxis"
        assert chart.title == summary.contrast.name


def test_the_hover_text_names_layers_as_the_axis_does() -> None:
    heat, line = tornado(SUMMARIES[0], LAYERS, 0.5).figure.data[:2]
    assert [set(row) for row in heat.text] == [{label} for label in LAYERS]
    assert [len(row) for row in heat.text] == [np.asarray(heat.z).shape[1]] * 6
    assert list(line.text) == list(LAYERS)
    for trace in (heat, line):
        assert trace.hovertemplate.startswith("%{text}<br>")
        assert "hidden state" not in trace.hovertemplate


@pytest.mark.parametrize(("top", "last"), [(0.2, "≥ 0.2"), (0.0123, "≥ 0.012"), (1.0, "1")])
def test_the_last_color_of_a_tornado_says_that_it_stands_for_more(top: float, last: str) -> None:
    bar = tornado(SUMMARIES[0], LAYERS, top).figure.layout.coloraxis.colorbar
    assert (bar.tickvals[0], bar.tickvals[-1]) == (0, top)
    assert (bar.ticktext[0], bar.ticktext[-1]) == ("0", last)
    assert bar.title.text == "share of pairs"


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
