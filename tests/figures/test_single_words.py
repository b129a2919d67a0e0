"""Charts of single words: what comes first, what is named, and what moves with the layer."""

import numpy as np
import pytest

from catsel_core.figures import selectivity_bars, shuffle_view, word_map, word_path
from catsel_core.figures.shuffle_view import steps
from catsel_core.figures.single_words import MOST_BARS, Analysed
from catsel_core.figures.texts import percent
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.layer_maps import NEIGHBOURS, chord_products, layer_maps
from catsel_core.statistics.null_distribution import null_distribution
from catsel_core.statistics.rsa import nearest
from catsel_core.statistics.single_items import item_statistics
from tests.figures.made_up_words import ANALYSED, CAREFUL, COLORS, ITEMS, LABELS, LAYERS, MAPS, SIMILARITY
from tests.figures.values import numbers
from tests.statistics.made_up import similarities
from tests.support.core_fixtures import plain_items


def many(count: int) -> Analysed:
    labels = ["fruit", "sky", "pets"] * (count // 3)
    similarity = similarities(labels, layers=2)
    found = item_statistics(similarity, labels)
    return Analysed(found, similarity, plain_items(labels), COLORS, layer_labels(2), nearest(similarity, NEIGHBOURS))


def test_the_words_that_fit_least_come_first_at_every_layer() -> None:
    chart = selectivity_bars(ANALYSED)
    for layer, frame in enumerate(chart.figure.frames):
        values = numbers(frame.data[0].x)
        assert values == sorted(values)
        order = np.argsort(ANALYSED.found.selectivity[layer], kind="stable")
        assert list(frame.layout.yaxis.ticktext) == [ITEMS[at].label for at in order]
        assert list(frame.data[0].marker.color) == [COLORS[LABELS[at]] for at in order]


def test_misfits_are_named_and_no_more_than_five() -> None:
    readings = selectivity_bars(ANALYSED).readings
    for layer, reading in enumerate(readings):
        misfits = [ITEMS[at].label for at in range(7) if ANALYSED.found.selectivity[layer, at] < 0]
        assert sum(f"“{word}”" in reading for word in misfits) == min(5, len(misfits))
        if not misfits:
            assert "every word is more similar to its own category" in reading


def test_of_many_words_the_chart_has_the_least_fitting() -> None:
    chart = selectivity_bars(many(60))
    assert len(chart.figure.data[0].x) == MOST_BARS
    assert chart.title == "The words that fit least"
    assert numbers(chart.figure.data[0].x)[0] == pytest.approx(many(60).found.selectivity[0].min())


def test_a_word_has_a_line_a_category_and_its_neighbours_are_named() -> None:
    chart = word_path(ANALYSED, 4)
    lines = {trace.name: trace for trace in chart.figure.data if trace.name in COLORS}
    assert set(lines) == set(COLORS)
    for at, group in enumerate(COLORS):
        np.testing.assert_allclose(numbers(lines[group].y), ANALYSED.found.to_groups[:, 4, at])
    assert lines["sky"].line.width > lines["fruit"].line.width
    best = np.argsort(-np.where(np.arange(7) == 4, -np.inf, SIMILARITY[3, 4]))[0]
    assert f"is most similar to “{ITEMS[best].label}” {SIMILARITY[3, 4, best]:.2f}" in chart.readings[3]


def test_the_map_has_as_many_points_as_words_and_lines_to_those_that_are_truly_nearest() -> None:
    chart = word_map(MAPS, ANALYSED, 2)
    for layer, frame in enumerate(chart.figure.frames):
        groups, links = frame.data[: len(COLORS)], frame.data[-2]
        points = np.concatenate([np.column_stack([trace.x, trace.y]) for trace in groups])
        assert len(points) == 7
        assert np.abs(points).max() == pytest.approx(1)
        stops = np.column_stack([links.x, links.y])
        expected = MAPS.points[layer] / np.abs(MAPS.points[layer]).max()
        np.testing.assert_allclose(stops[::2], np.repeat(expected[[2]], len(stops[::2]), axis=0), rtol=1e-5)
        np.testing.assert_allclose(stops[1::2], expected[ANALYSED.nearest[layer, 2]], rtol=1e-5)
    assert chart.figure.layout.meta == {"glide": True}
    assert f"{percent(MAPS.share[1])} of the variance (stress {MAPS.stress[1]:.2f})" in chart.readings[1]


def test_a_map_of_equal_vectors_says_that_there_is_none() -> None:
    similarity = np.ones((6, 7, 7), np.float32)
    maps = layer_maps(chord_products(similarity), similarity)
    assert "there is no map" in word_map(maps, ANALYSED).readings[0]


def test_names_are_left_out_where_there_are_too_many() -> None:
    crowd = many(90)
    chart = word_map(layer_maps(chord_products(crowd.similarity), crowd.similarity), crowd)
    assert {trace.mode for trace in chart.figure.data} == {"markers"}


def test_the_histogram_of_shuffles_is_that_of_their_bins() -> None:
    chart, null = shuffle_view(CAREFUL, LAYERS), null_distribution(CAREFUL)
    assert chart.shuffles is not None
    for layer, frame in enumerate(chart.figure.frames):
        outline = frame.data[0]
        x, y = steps(null.edges[layer], null.density[layer])
        assert (numbers(outline.x), numbers(outline.y)) == (x.tolist(), y.tolist())
        assert np.trapezoid(y, x) == pytest.approx(1)
        assert chart.shuffles[layer].tolist() == null.bins[layer, 1:].tolist()  # so few that all are there
        assert numbers(frame.data[2].x) == pytest.approx([CAREFUL.test.delta.observed[layer]] * 2)
    reading = chart.readings[2]
    assert f"p = {CAREFUL.test.delta.p[2]:.2g}" in reading
    assert f"of {CAREFUL.test.n_permutations:,} ways to share out the labels reach it" in reading
    assert f"The t table would say p = {null.t_p[2]:.2g}" in reading
