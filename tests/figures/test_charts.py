"""What all charts have: a frame a layer, words, JSON, names without markup."""

import json

import numpy as np
import pytest

from catsel_core.figures import (
    Chart,
    PairCurves,
    Shades,
    group_distributions,
    group_profile,
    pair_mask,
    sense_profile,
    similarity_matrix,
)
from catsel_core.statistics.contrasts import category_contrasts
from tests.figures.made_up_contexts import COLORS, CURVES, SIMILARITY
from tests.figures.made_up_senses import LOOKS, senses
from tests.figures.made_up_words import ALL, FRAMED, LAYERS
from tests.support.core_fixtures import plain_items


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


MARKUP = "<b>x</b> & y"


def legends_with_markup() -> dict[str, Chart]:
    made = senses()
    curves = tuple(PairCurves(MARKUP, c.look, c.n_pairs, c.mean, c.edges, c.density) for c in CURVES)
    items = plain_items([MARKUP, MARKUP, "other"])
    contrasts = category_contrasts((MARKUP, "other"))
    colors = {MARKUP: "#000001", "other": "#000002"}
    return {
        "group_distributions": group_distributions(curves, LAYERS, "layer"),
        "group_profile": group_profile(curves, LAYERS),
        "sense_profile": sense_profile(
            made.overall, {MARKUP: made.overall}, {MARKUP: LOOKS["bank"]}, made.shuffled, LAYERS
        ),
        "pair_mask": pair_mask(items, contrasts, COLORS),
        "similarity_matrix": similarity_matrix(SIMILARITY[:, :3, :3], items, colors, LAYERS, Shades()),
    }


@pytest.mark.parametrize("name", legends_with_markup())
def test_typed_names_are_no_markup_in_legends_and_hover_texts(name: str) -> None:
    traces = legends_with_markup()[name].figure.data
    assert any("&lt;b&gt;x&lt;/b&gt; &amp; y" in (trace.name or "") for trace in traces)
    for trace in traces:
        assert "<b>" not in (trace.name or "")
        assert "<b>" not in (trace.hovertemplate or "")
