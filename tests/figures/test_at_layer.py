"""A chart at one layer, as a figure of its own: what the browser shows there."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from catsel_core.figures.at_layer import at_layer
from catsel_core.figures.chart import Chart
from tests.figures.made_up_items import matrix_of, split_item


def matrix(count: int) -> Chart:
    return matrix_of([split_item(f"word{at}", "<i>all</i>", f"word{at}") for at in range(count)], layers=3)


@pytest.mark.parametrize(("layer", "shown"), [(0, 0), (2, 2), (9, 2)])
def test_it_has_the_numbers_and_the_colours_of_the_layer(layer: int, shown: int) -> None:
    chart = matrix(4)
    figure, frame = at_layer(chart, layer), chart.figure.frames[shown]
    assert np.array_equal(figure.data[0].z, frame.data[0].z)
    assert figure.layout.coloraxis.cmin == frame.layout.coloraxis.cmin
    assert figure.layout.title.subtitle.text.replace("<br>", " ") == chart.readings[shown]
    assert not figure.frames
    assert len(chart.figure.frames) == 3  # which others go on using


def test_traces_of_a_frame_change_and_others_stay() -> None:
    frames = [
        go.Frame(name=name, data=[{"type": "scatter", "x": [at], "y": [at]}], traces=[1])
        for at, name in enumerate("ab")
    ]
    figure = go.Figure(
        [{"type": "scatter", "y": [5, 6], "name": "stays"}, {"type": "scatter", "mode": "markers"}], {}, frames
    )
    found = at_layer(Chart("some", "1 < 2", figure, ("All is a & b.",)), 1)
    assert found.data[0].y == (5, 6)
    assert (found.data[1].y, found.data[1].mode) == ((1,), "markers")
    assert (found.layout.title.text, found.layout.title.subtitle.text) == ("<b>1 &lt; 2</b>", "All is a &amp; b.")


def test_words_are_left_out_before_they_overlap() -> None:
    few, many = at_layer(matrix(50), 0), at_layer(matrix(120), 0)
    assert len(few.layout.xaxis.tickvals) == 50
    for axis in (many.layout.xaxis, many.layout.yaxis):
        assert len(axis.tickvals) == len(axis.ticktext) == 40


def test_it_lies_on_white_whatever_the_theme() -> None:
    layout = json.loads(at_layer(matrix(4), 0).to_json())["layout"]
    assert (layout["paper_bgcolor"], layout["plot_bgcolor"]) == ("#FFFFFF", "#FFFFFF")
