"""Charts of several prompts: all of them, their mean, their range, and what is said."""

import numpy as np
import pytest

from catsel_core.figures import ceiling_profile, prompts_profile
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.noise_ceiling import NoiseCeiling
from tests.figures.values import numbers

DELTA = np.array([[0.0, 0.3, 0.1], [0.0, 0.1, 0.4], [0.0, 0.2, 0.1]])
TEMPLATES = ("one {word}", "two {word}", "three {word}")
LAYERS = layer_labels(3)


def test_every_prompt_has_a_line_and_the_mean_is_ringed() -> None:
    figure = prompts_profile(DELTA, TEMPLATES, LAYERS).figure
    outline, *lines, mean, ring = figure.data
    assert [line.name for line in lines] == list(TEMPLATES)
    assert [numbers(line.y) for line in lines] == DELTA.tolist()
    assert len({(line.line.color, line.line.dash, line.marker.symbol) for line in lines}) == 3
    np.testing.assert_allclose(numbers(mean.y), [0, 0.2, 0.2])
    assert numbers(outline.y)[:-1] == [0, 0.1, 0.1, 0.4, 0.3, 0]
    assert numbers(ring.y) == [0]
    assert [numbers(frame.data[0].y) for frame in figure.frames] == [[0], [pytest.approx(0.2)], [pytest.approx(0.2)]]


def test_the_spread_is_said_and_where_it_is_largest() -> None:
    readings = prompts_profile(DELTA, TEMPLATES, LAYERS).readings
    assert readings[1] == (
        "At L0 (hidden state 1) Δ is 0.200 on average over 3 prompts, from 0.100 to 0.300. "
        "It is largest between L0 and L1, by the prompt."
    )
    (same, *_) = prompts_profile(DELTA[[0, 2]], TEMPLATES[:2], LAYERS).readings
    assert same.endswith("It is largest in all of them at L0.")


def test_the_ceiling_is_a_band_and_the_odd_prompt_is_named() -> None:
    lower = np.array([[np.nan, 0.8, 0.7], [np.nan, 0.6, 0.9], [np.nan, 0.7, 0.8]])
    chart = ceiling_profile(NoiseCeiling(lower, lower + 0.05), TEMPLATES, LAYERS)
    outline, *points, _ = chart.figure.data
    np.testing.assert_allclose(numbers(outline.y)[:-1], [0.7, 0.8, 0.85, 0.75])
    assert [trace.name for trace in points] == list(TEMPLATES)
    np.testing.assert_allclose(numbers(chart.figure.frames[2].data[0].y), [0.8, 0.85])
    assert chart.readings[0].endswith("all similarities of a prompt are equal, so agreement is not defined.")
    assert chart.readings[1].endswith("is 0.70 to 0.75; “two {word}” agrees least with the others (0.60).")
