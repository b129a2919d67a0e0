"""The book's four panels: statistics over the layers."""

import json
from collections.abc import Callable

import numpy as np
import pytest

from catsel_core.figures import (
    Chart,
    delta_profile,
    distributions,
    mean_profile,
    t_against_delta,
    t_profile,
)
from catsel_core.figures.colors import NEUTRAL
from catsel_core.figures.profiles import BandLook, band
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.pairs import BookStatistics, book_statistics
from catsel_core.statistics.similarity import cosine_matrices
from tests.figures.made_up_words import LAYERS, PAIRS, PROFILES, SHUFFLED, STATISTICS, delta_alone, statistics_of
from tests.figures.values import numbers


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


@pytest.mark.parametrize(("chart", "field"), [(delta_alone, "delta"), (t_profile, "t")])
def test_profiles_show_their_statistic_and_ring_one_layer_a_frame(
    chart: Callable[[BookStatistics, tuple[str, ...]], Chart], field: str
) -> None:
    figure = chart(STATISTICS, LAYERS).figure
    expected = getattr(STATISTICS, field).tolist()
    *_, points, ring = figure.data
    assert numbers(points.y) == expected
    assert numbers(points.x) == numbers(points.customdata) == list(range(6))
    for layer, frame in enumerate(figure.frames):
        assert (list(frame.data[0].x), numbers(frame.data[0].y)) == ([layer], [expected[layer]])
        assert [figure.data[at] for at in frame.traces] == [ring]


def test_rings_of_means_sit_on_both_points() -> None:
    figure = mean_profile(STATISTICS, LAYERS).figure
    for layer, frame in enumerate(figure.frames):
        assert list(frame.data[0].x) == [layer, layer]
        assert numbers(frame.data[0].y) == [STATISTICS.within_mean[layer], STATISTICS.across_mean[layer]]


def test_delta_readings() -> None:
    (reading,) = delta_alone(statistics_of([0.1, 0.35, -0.2], [1, 2, 3]), layer_labels(3)).readings
    assert reading == (
        "Δ is largest at L0 (hidden state 1) with 0.350; it is 0.100 at Emb and -0.200 at L1 (after the final norm). "
        "The grey band holds 95 % of the Δ of shuffled labels."
    )
    (first,) = delta_alone(statistics_of([0.5, 0.35, -0.2], [1, 2, 3]), layer_labels(3)).readings
    assert first.startswith(
        "Δ is largest at Emb (hidden state 0) with 0.500; it is -0.200 at L1 (after the final norm). "
    )


def test_delta_is_drawn_before_the_band_of_shuffled_labels() -> None:
    figure = delta_profile(STATISTICS, LAYERS, SHUFFLED).figure
    outline, points, _ = figure.data
    count = len(LAYERS)
    assert numbers(outline.x)[:-1] == [*range(count), *reversed(range(count))]
    assert numbers(outline.y)[:-1] == [*SHUFFLED.low.tolist(), *SHUFFLED.high.tolist()[::-1]]
    assert outline.fill == "toself"
    assert (
        list(outline.text)[: 2 * count] == ["2.5 % of shuffled labels"] * count + ["97.5 % of shuffled labels"] * count
    )
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == ["95 % of shuffled labels", "Δ"]
    assert numbers(points.y) == STATISTICS.delta.tolist()


def test_delta_has_no_band_where_nobody_shuffled() -> None:
    chart = delta_profile(STATISTICS, LAYERS)
    assert [trace.name for trace in chart.figure.data] == ["Δ", "selected layer"]
    assert "band" not in chart.readings[0]


def test_a_band_has_a_gap_where_it_is_not_defined() -> None:
    low, high = np.array([0.0, 1, np.nan, 3, 4]), np.array([10.0, 11, 12, 13, 14])
    trace = band(low, high, BandLook(("low", "high"), "#123456", 0.2))
    expected = [0, 1, 11, 10, np.nan, 3, 4, 14, 13, np.nan]
    np.testing.assert_array_equal(trace["y"], expected)
    np.testing.assert_array_equal(trace["x"], [0, 1, 1, 0, np.nan, 3, 4, 4, 3, np.nan])


@pytest.mark.parametrize("chart", [delta_alone, t_profile, t_against_delta])
def test_no_effect_has_a_line(chart: Callable[[BookStatistics, tuple[str, ...]], Chart]) -> None:
    axis = chart(STATISTICS, LAYERS).figure.layout.yaxis
    assert (axis.zeroline, axis.zerolinecolor) == (True, NEUTRAL)


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
    texts = [trace.text for trace in figure.data if trace.text is not None and "hidden state" in trace.text[0]]
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


@pytest.mark.parametrize("chart", PROFILES)
@pytest.mark.parametrize("count", [13, 31, 49])
def test_profiles_of_deep_models_use_the_sparse_axis(
    chart: Callable[[BookStatistics, tuple[str, ...]], Chart], count: int
) -> None:
    layers = layer_labels(count)
    statistics = statistics_of(np.linspace(0.1, 0.3, count).tolist(), np.linspace(1, 9, count).tolist())
    assert 5 <= len(chart(statistics, layers).figure.layout.xaxis.ticktext) <= 8
