"""Densities of contrasts at one layer."""

import numpy as np
import pytest

from catsel_core.figures import (
    Scale,
    curves_of,
    group_distributions,
)
from tests.figures.made_up_contexts import CONTRASTS, CURVES, LAYERS, LOOKS, cosines_of, in_bins
from tests.figures.values import numbers


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
            assert (one.name, one.line.color, one.fill) == (curve.name, curve.look.color, "tozeroy")


def test_distributions_of_groups_span_the_values_of_all_pairs() -> None:
    for layer, frame in enumerate(group_distributions(CURVES, LAYERS, "layer").figure.frames):
        values = [value for contrast in CONTRASTS for value in cosines_of(contrast, layer)]
        half = (CURVES[0].edges[layer, 1] - CURVES[0].edges[layer, 0]) / 2
        assert frame.data[0].x[0] - half == pytest.approx(min(values), abs=1e-6)
        assert frame.data[0].x[-1] + half == pytest.approx(max(values), abs=1e-6)


def test_distributions_of_groups_mark_their_means_and_read_them() -> None:
    chart = group_distributions(CURVES, LAYERS, "layer")
    for layer, (frame, reading) in enumerate(zip(chart.figure.frames, chart.readings, strict=True)):
        parts = []
        for line, curve, contrast in zip(frame.data[3:], CURVES, CONTRASTS, strict=True):
            values = cosines_of(contrast, layer)
            assert numbers(line.x) == pytest.approx([float(np.mean(values))] * 2, abs=1e-6)
            assert numbers(line.y) == [0, frame.layout.yaxis.range[1]]
            assert (line.line.color, line.showlegend) == (curve.look.color, False)
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


def test_curves_are_those_of_the_contrasts() -> None:
    summary = in_bins([-1] * 6, [1] * 6)
    for curve, one, look in zip(curves_of(summary, LOOKS, (None,) * 3), summary, LOOKS, strict=True):
        assert (curve.name, curve.look, curve.n_pairs) == (one.contrast.name, look, one.n_pairs)
        assert np.array_equal(curve.mean, one.mean)
        assert np.array_equal(curve.edges, one.edges)
        np.testing.assert_allclose(curve.density, one.counts / one.n_pairs / (2 / 9))
