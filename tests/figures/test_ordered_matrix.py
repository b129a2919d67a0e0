"""The matrix in other orders: the same numbers at other places, words and colours with them, and a tree."""

import numpy as np
import pytest

from catsel_core.figures import Shades, ordered_matrix, similarity_matrix
from catsel_core.figures.ordered_matrix import MOST_OF_THEIR_OWN
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.clusters import Ordering, adjusted_rand, cut, tree_of
from tests.statistics.made_up import similarities
from tests.support.core_fixtures import plain_items

LABELS = ["fruit", "sky", "pets"] * 4
COLORS = {"fruit": "#0072B2", "sky": "#C8321E", "pets": "#009E73"}
LAYERS = layer_labels(3)
SIMILARITY = similarities(LABELS, effect=2)
ITEMS = plain_items(LABELS)
ORDERS = [Ordering(order, each) for order in ("within categories", "clustered") for each in (False, True)]


@pytest.mark.parametrize("ordering", ORDERS)
def test_every_number_stays_that_of_its_two_words(ordering: Ordering) -> None:
    chart = ordered_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, (Shades(), ordering))
    typed = similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades())
    names = list(typed.figure.data[0].y)
    for layer, frame in enumerate(chart.figure.frames):
        shown = list(frame.data[0].y if frame.data[0].y is not None else chart.figure.data[0].y)
        assert sorted(shown) == sorted(names)
        order = [names.index(name) for name in shown]
        np.testing.assert_array_equal(frame.data[0].z, SIMILARITY[layer][np.ix_(order, order)])
        assert (frame.layout.xaxis.categoryarray is not None) == ordering.each
    assert chart.readings[0].startswith(typed.readings[0])


def test_as_typed_is_the_plain_matrix() -> None:
    chart = ordered_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, (Shades(), Ordering()))
    assert chart.figure == similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades()).figure


def test_categories_stand_together_in_one_bar_each() -> None:
    chart = ordered_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, (Shades(), Ordering("within categories")))
    bars = [shape for shape in chart.figure.layout.shapes if shape.type == "rect"]
    assert len(bars) == 2 * 3
    assert {bar.fillcolor for bar in bars} == set(COLORS.values())


@pytest.mark.parametrize("each", [False, True])
def test_a_clustered_matrix_has_its_tree_and_says_how_it_agrees(each: bool) -> None:
    chart = ordered_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, (Shades(), Ordering("clustered", each=each)))
    paths = [shape for shape in chart.figure.layout.shapes if shape.type == "path"]
    assert len(paths) == 2  # the diagonal, and the tree
    assert paths[1].path.count("M") == 11
    assert chart.figure.layout.xaxis.range[1] > 12 - 0.5
    for layer, reading in enumerate(chart.readings):
        rand = adjusted_rand(LABELS, cut(tree_of(SIMILARITY[layer]), 3).tolist())
        assert f"Cut into 3 clusters, the tree of this layer agrees with the categories at {rand:.2f}" in reading


def test_many_words_keep_one_order() -> None:
    labels = ["fruit", "sky"] * (MOST_OF_THEIR_OWN // 2 + 1)
    similarity = similarities(labels, layers=2)
    how = (Shades(), Ordering("within categories", each=True))
    chart = ordered_matrix(similarity, plain_items(labels), COLORS, layer_labels(2), how)
    assert all(frame.layout.xaxis.categoryarray is None for frame in chart.figure.frames)
