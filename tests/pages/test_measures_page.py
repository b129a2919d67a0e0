"""How vectors are compared, chosen on the page: taken up, said on the screen, and the same as in the library."""

from dataclasses import replace

from catsel_core.analyses.prompts import analyse_prompts
from catsel_core.analyses.words import analyse_words
from catsel_core.figures import of_prompts, of_words
from catsel_core.inputs.items import TEMPLATES
from catsel_core.statistics.measures import Basis
from tests.support.pages import charts, errors, request_of, session_of
from tests.support.visits import opened, words


def test_words_are_compared_by_contexts_of_a_text() -> None:
    app = opened("pages/one_layer.py", words())
    app.selectbox(key="measure-words").set_value("zscored").run()
    app.segmented_control(key="reference-words").set_value("text").run()
    assert not app.exception
    request = replace(words(), measure="zscored", basis=Basis("text"))
    assert request_of(app) == request
    lines = "".join(html.proto.body for html in app.get("html"))
    assert "z-scored cosine by mean and spread of reference contexts" in lines
    analysis = analyse_words(request)
    assert charts(app)["distributions"]["readings"] == list(of_words.distributions(analysis, "layer").readings)
    app.switch_page("pages/single_words.py").run()
    assert app.selectbox(key="measure-words").value == "zscored"
    assert charts(app)["accuracy"]["readings"] == list(of_words.accuracy(analysis).readings)


def test_components_are_chosen_where_some_are_removed() -> None:
    app = opened("pages/across_layers.py", words())
    assert not app.number_input
    app.selectbox(key="measure-words").set_value("all-but-the-top").run()
    assert app.number_input(key="components-words").value is None
    app.number_input(key="components-words").set_value(2).run()
    assert request_of(app) == replace(words(), measure="all-but-the-top", basis=Basis(components=2))
    assert not app.exception


def test_sentences_and_contexts_have_measures_of_their_own() -> None:
    app = opened("pages/senses.py", words())
    app.selectbox(key="measure-sentences").set_value("spearman").run()
    app.switch_page("pages/contexts.py").run()
    app.selectbox(key="measure-contexts").set_value("zscored").run()
    assert not app.exception
    session = session_of(app)
    assert [part.measure for part in (session.words, session.sentences, session.contexts)] == [
        "cosine",
        "spearman",
        "zscored",
    ]


def test_prompts_are_chosen_and_one_alone_is_refused() -> None:
    app = opened("pages/prompts.py", words())
    assert charts(app)["prompts-profile"]["readings"][1].startswith("At L0 (hidden state 1) Δ is ")
    app.multiselect(key="templates").set_value(list(TEMPLATES[:2])).run()
    assert session_of(app).words.templates == TEMPLATES[:2]
    expected = of_prompts.noise_ceiling(analyse_prompts(session_of(app).prompts_request()))
    assert charts(app)["noise-ceiling"]["readings"] == list(expected.readings)
    app.multiselect(key="templates").set_value([TEMPLATES[0]]).run()
    assert "Choose 2 to 8 different prompts; there are 1." in errors(app)
    assert session_of(app).words.templates == TEMPLATES[:2]
    app.multiselect(key="templates").set_value([*TEMPLATES[:2], "no place"]).run()
    assert "exactly once" in errors(app)
