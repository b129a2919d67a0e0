"""Means of contrasts over the layers."""

import numpy as np
import pytest

from catsel_core.figures import (
    PairCurves,
    group_profile,
)
from catsel_core.figures.colors import Look
from catsel_core.models.spec import layer_labels
from tests.figures.made_up_contexts import CONTRASTS, CURVES, LAYERS, cosines_of
from tests.figures.values import numbers


def test_the_profile_of_groups_shows_every_mean_and_rings_one_layer_a_frame() -> None:
    figure = group_profile(CURVES, LAYERS).figure
    *traces, ring = figure.data
    for trace, curve, contrast in zip(traces, CURVES, CONTRASTS, strict=True):
        means = [float(np.mean(cosines_of(contrast, layer))) for layer in range(6)]
        assert numbers(trace.y) == pytest.approx(means, abs=1e-6)
        assert numbers(trace.x) == numbers(trace.customdata) == list(range(6))
        assert (trace.name, trace.marker.color, trace.line.color) == (curve.name, curve.look.color, curve.look.color)
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
        PairCurves("within a", Look("#000001"), 3, np.array([0.5, 0.25, 0.75]), edges, flat),
        PairCurves("a × b", Look("#000002"), 9, np.array([0.125, 0.0625, -0.25]), edges, flat),
    )
    assert group_profile(curves, layer_labels(3)).readings == (
        "within a: 0.250 at L0 to 0.750 at L1; a × b: -0.250 at L1 to 0.125 at Emb.",
    )
