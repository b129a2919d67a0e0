"""Charts of hidden units: largest first at every layer, and what the mean is without them."""

import numpy as np

from catsel_core.figures import unit_bars, unit_profile
from catsel_core.figures.hidden_units import MOST_UNITS
from catsel_core.models.spec import layer_labels
from tests.figures.values import numbers

CONTRIBUTIONS = np.array([[0.1, 0.5, -0.2, 0.05, 0.01], [0.29, 0.01, 0.0, 0.0, 0.1], [0.002, -0.002, 0, 0, 0]])
LAYERS = layer_labels(3)


def test_the_units_that_add_or_take_most_come_first_at_every_layer() -> None:
    figure = unit_bars(CONTRIBUTIONS, LAYERS).figure
    assert numbers(figure.frames[0].data[0].y) == [0.5, -0.2, 0.1, 0.05, 0.01]
    assert [list(frame.layout.xaxis.ticktext) for frame in figure.frames[:2]] == [list("12034"), list("04123")]


def test_of_many_units_there_are_bars_for_a_few() -> None:
    many = np.random.default_rng(1).normal(size=(2, 40))
    assert len(unit_bars(many, layer_labels(2)).figure.data[0].y) == MOST_UNITS


def test_shares_are_said_where_there_is_a_level() -> None:
    readings = unit_bars(CONTRIBUTIONS, LAYERS).readings
    assert readings[1] == (
        "At L0 (hidden state 1) hidden unit 0 alone makes 72 % of the mean similarity of 0.400; "
        "the largest 3 of 5 make 100 %."
    )
    assert "nearly nothing" in readings[2]
    (negative,) = unit_bars(np.array([[-0.3, 0.2, 0.05]]), layer_labels(1)).readings
    assert negative.endswith("adds -0.300 to the mean similarity of -0.050; the largest 3 of 3 add -0.050.")


def test_the_profile_says_what_is_left_without_the_largest() -> None:
    chart = unit_profile(CONTRIBUTIONS, LAYERS)
    everything, without, few, _ = (numbers(trace.y) for trace in chart.figure.data)
    np.testing.assert_allclose(everything, [0.46, 0.4, 0], atol=1e-12)
    np.testing.assert_allclose(without, [-0.04, 0.11, -0.002], atol=1e-12)
    np.testing.assert_allclose(few, [0.06, 0, 0], atol=1e-12)
    assert chart.readings[0].startswith("The largest 3 units matter most at Emb (hidden state 0): ")
    assert chart.readings[0].endswith("would be 0.060 instead of 0.460.")
