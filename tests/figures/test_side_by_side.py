"""Figures of a comparison: relative depth, and gaps where nothing is defined."""

import json
from typing import Any

import numpy as np
import pytest

from catsel_core.arrays import Floats
from catsel_core.figures import Profile, depth_profiles, figure_json, layer_similarity_map
from catsel_core.figures.colors import NEUTRAL, SIDES
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.layer_paths import best_path


def profile(name: str, values: list[float]) -> Profile:
    return Profile(name, layer_labels(len(values)), np.array(values))


def map_of(matrix: Floats, measure: str = "RSA") -> Any:
    layers = layer_labels(matrix.shape[0]), layer_labels(matrix.shape[1])
    return layer_similarity_map(matrix, best_path(matrix), layers, measure)


def test_profiles_run_from_the_embedding_to_the_last_hidden_state() -> None:
    chart = depth_profiles(profile("A · x", [0.1, 0.3, 0.2]), profile("B · <b>y</b>", [0.5, 0.4]), "Δ")
    one, other = chart.figure.data
    assert list(one.x) == [0, 0.5, 1]
    assert list(other.x) == [0, 1]
    assert other.name == "B · &lt;b&gt;y&lt;/b&gt;"
    assert one.text[1] == "L0 (hidden state 1)"
    assert chart.readings == (
        "A has its largest Δ at L0 (hidden state 1), 50 % of its depth: 0.300; "
        "B has its largest Δ at Emb (hidden state 0), 0 % of its depth: 0.500.",
    )


def test_sides_are_told_apart_by_more_than_color() -> None:
    one, other = depth_profiles(profile("A", [0.1, 0.3]), profile("B", [0.5, 0.4]), "Δ").figure.data
    assert (one.line.color, other.line.color) == SIDES
    assert one.line.dash != other.line.dash
    assert one.marker.symbol != other.marker.symbol


@pytest.mark.parametrize(("statistic", "mode"), [("Δ", "tozero"), ("t", "tozero"), ("Within mean", "normal")])
def test_no_effect_is_always_in_the_picture(statistic: str, mode: str) -> None:
    axis = depth_profiles(profile("A", [0.1, 0.3]), profile("B", [0.5, 0.4]), statistic).figure.layout.yaxis
    assert (axis.rangemode, axis.zeroline, axis.zerolinecolor) == (mode, True, NEUTRAL)


def test_the_color_bar_of_the_map_names_the_likeness() -> None:
    bar = map_of(np.random.default_rng(1).uniform(size=(3, 4)), "CKA").figure.layout.coloraxis.colorbar
    assert bar.title.text == "CKA"


def test_a_profile_of_nothing_is_said() -> None:
    chart = depth_profiles(profile("A", [np.nan, np.nan]), profile("B", [np.nan, 2]), "t")
    assert chart.readings[0].startswith("A has no t; B has its largest t at L0")


def test_the_map_names_the_most_alike_layers_and_counts_gaps() -> None:
    matrix = np.array([[np.nan, 0.2, 0.1], [0.3, 0.9, 0.4]])
    chart = map_of(matrix)
    heat, path = chart.figure.data
    assert np.array_equal(heat.z, matrix.astype(np.float32), equal_nan=True)
    assert (list(heat.y), list(heat.x)) == (["Emb", "L0"], ["Emb", "L0", "L1"])
    assert (list(path.y), list(path.x)) == (["Emb", "L0"], ["L0", "L0"])
    assert (chart.figure.layout.coloraxis.cmin, chart.figure.layout.coloraxis.cmax) == (0.1, 0.9)
    assert chart.readings[0].startswith(
        "Most alike are L0 of A and L0 of B (RSA 0.900); along the path the mean is 0.550."
    )
    assert "In 1 empty cells it is not defined" in chart.readings[0]


def test_a_map_of_nothing_and_a_map_of_one_value() -> None:
    assert map_of(np.full((2, 2), np.nan)).readings[0] == "RSA is not defined for any two of these layers."
    axis = map_of(np.full((2, 3), 0.5)).figure.layout.coloraxis
    assert axis.cmin < axis.cmax


@pytest.mark.parametrize("count", [1, 4, 13, 49])
def test_few_enough_labels_to_be_read(count: int) -> None:
    figure = map_of(np.random.default_rng(1).uniform(size=(count, 31))).figure
    assert len(figure.layout.yaxis.tickvals) == len(figure.layout.yaxis.ticktext) <= 11
    assert figure.layout.yaxis.ticktext[0] == "Emb"
    json.loads(figure_json(figure))
