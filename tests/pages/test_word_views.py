"""Single words, the map and orders of the matrix: what is chosen is shown, kept, and the same as in the library."""

import json

import pytest

from catsel_core.analyses.word_views import single_words, word_maps
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.figures import figure_json, of_words
from catsel_core.figures.texts import percent
from catsel_core.statistics.clusters import Ordering
from tests.support.pages import charts, open_page, session_of

pytestmark = pytest.mark.bundled


def test_a_chosen_word_has_its_own_way_and_its_nearest_words() -> None:
    app = open_page("pages/single_words.py")
    assert charts(app)["word-path"]["title"] == "“galaxy” over the layers"
    app.selectbox(key="item").set_value("moon (space)").run()
    shown = charts(app)["word-path"]
    analysis = analyse_words(WordRequest())
    at = analysis.inputs.words.index("moon")
    assert shown["title"] == "“moon” over the layers"
    assert shown["readings"] == list(of_words.word_path(analysis, at).readings)
    selectivity = single_words(analysis).selectivity[4, at]
    assert f"It is {abs(selectivity):.3f} {'more' if selectivity >= 0 else 'less'} similar" in shown["readings"][4]
    app.switch_page("pages/one_layer.py").run()
    app.switch_page("pages/single_words.py").run()
    assert charts(app)["word-path"]["title"] == "“moon” over the layers"


def test_a_map_of_hidden_states_is_another_map_and_the_choice_is_kept() -> None:
    app = open_page("pages/word_map.py")
    analysis = analyse_words(WordRequest())
    first = charts(app)["word-map"]["readings"]
    assert f"the map has {percent(word_maps(analysis, 'similarities').share[4])} of the variance" in first[4]
    app.segmented_control(key="map-of").set_value("hidden states").run()
    second = charts(app)["word-map"]["readings"]
    assert second != first
    assert f"the map has {percent(word_maps(analysis, 'hidden states').share[4])} of the variance" in second[4]
    assert session_of(app).view.map_of == "hidden states"
    app.selectbox(key="item-or-none").set_value("pear (fruit)").run()
    assert "Truly nearest to “pear”: " in charts(app)["word-map"]["readings"][4]


@pytest.mark.parametrize(("name", "ordering"), [("Clustered", Ordering("clustered")), ("As typed", Ordering())])
def test_the_order_of_the_matrix_is_a_choice_that_is_kept(name: str, ordering: Ordering) -> None:
    app = open_page("pages/one_layer.py")
    app.selectbox(key="order").set_value(name).run()
    assert session_of(app).view.ordering == ordering
    app.switch_page("pages/word_map.py").run()
    app.switch_page("pages/one_layer.py").run()
    expected = of_words.similarity_matrix(analyse_words(WordRequest()), "layer", ordering)
    shown = charts(app)["similarity-matrix"]
    assert json.loads(shown["spec"]) == json.loads(figure_json(expected.figure))
    assert shown["readings"] == list(expected.readings)
