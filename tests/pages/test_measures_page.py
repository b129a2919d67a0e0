"""How vectors are compared, chosen on the page: taken up, said on the screen, and the same as in the library."""

import pytest

from catsel_core.analyses.prompts import analyse_prompts
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.figures import of_prompts, of_sentences, of_words
from catsel_core.inputs.items import TEMPLATES
from catsel_core.statistics.measures import Basis
from tests.support.pages import charts, errors, open_page, request_of, session_of

pytestmark = pytest.mark.bundled


def test_words_are_compared_by_contexts_of_a_text() -> None:
    app = open_page("pages/one_layer.py")
    app.selectbox(key="measure-words").set_value("zscored").run()
    app.segmented_control(key="reference-words").set_value("text").run()
    assert not app.exception
    request = WordRequest(measure="zscored", basis=Basis("text"))
    assert request_of(app) == request
    lines = "".join(html.proto.body for html in app.get("html"))
    assert "z-scored cosine by mean and spread of reference contexts" in lines
    expected = of_words.distributions(analyse_words(request), "layer")
    assert charts(app)["distributions"]["readings"] == list(expected.readings)
    app.switch_page("pages/single_words.py").run()
    assert app.selectbox(key="measure-words").value == "zscored"
    assert charts(app)["accuracy"]["readings"] == list(of_words.accuracy(analyse_words(request)).readings)


def test_components_are_chosen_where_some_are_removed() -> None:
    app = open_page("pages/across_layers.py")
    assert not app.number_input
    app.selectbox(key="measure-words").set_value("all-but-the-top").run()
    assert app.number_input(key="components-words").value is None
    app.number_input(key="components-words").set_value(2).run()
    assert request_of(app) == WordRequest(measure="all-but-the-top", basis=Basis(components=2))
    assert not app.exception


def test_sentences_are_compared_by_a_measure_of_their_own() -> None:
    app = open_page("pages/senses.py")
    app.selectbox(key="measure-sentences").set_value("centred").run()
    assert session_of(app).sentences.measure == "centred"
    assert session_of(app).words.measure == "cosine"
    expected = of_sentences.sense_profile(analyse_sentences(SentenceRequest(measure="centred")))
    assert charts(app)["sense-profile"]["readings"] == list(expected.readings)


def test_prompts_are_chosen_and_one_alone_is_refused() -> None:
    app = open_page("pages/prompts.py")
    assert charts(app)["prompts-profile"]["readings"][4].startswith("At L3 (hidden state 4) Δ is ")
    app.multiselect(key="templates").set_value(list(TEMPLATES[:2])).run()
    assert session_of(app).words.templates == TEMPLATES[:2]
    expected = of_prompts.noise_ceiling(analyse_prompts(session_of(app).prompts_request()))
    assert charts(app)["noise-ceiling"]["readings"] == list(expected.readings)
    app.multiselect(key="templates").set_value([TEMPLATES[0]]).run()
    assert "Choose 2 to 8 different prompts; there are 1." in errors(app)
    assert session_of(app).words.templates == TEMPLATES[:2]
    app.multiselect(key="templates").set_value([*TEMPLATES[:2], "no place"]).run()
    assert "exactly once" in errors(app)
