"""Across layers with careful statistics: what is drawn and said, and that the choice is remembered."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.careful import careful_senses, careful_words
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.words import WordRequest, analyse_words
from tests.support.pages import charts, draft_area, open_page, session_of

pytestmark = pytest.mark.bundled

PAGE = "pages/across_layers.py"
BOOK = ["mean-profile", "delta-profile", "t-profile", "t-against-delta"]
CAREFUL = ["careful-means", "careful-delta", "careful-balanced", "careful-auc"]


def careful_page(app: AppTest | None = None) -> AppTest:
    app = app or open_page(PAGE)
    app.segmented_control(key="approach").set_value("careful").run()
    assert not app.exception
    return app


def test_the_book_is_what_is_shown_first() -> None:
    assert [name for name in charts(open_page(PAGE)) if name in (*BOOK, *CAREFUL)] == BOOK


def test_careful_statistics_are_those_of_the_library() -> None:
    shown = charts(careful_page())
    assert [name for name in shown if name in (*BOOK, *CAREFUL)] == CAREFUL
    found = careful_words(analyse_words(WordRequest()))
    delta, band = found.test.delta.observed, found.intervals.delta
    top = int(delta.argmax())
    reading = shown["careful-delta"]["readings"][0]
    assert f"with {delta[top]:.3f} (95 % {band.low[top]:.3f} to {band.high[top]:.3f})" in reading
    count = int((found.test.delta.p_max <= 0.05).sum())
    where = "all layers" if count == 31 else f"{count} of 31 layers"
    assert f"The lists differ, in direction or in how tight they are, at {where} (p ≤ 0.05 over all layers)." in reading
    assert reading.endswith("10,000 shuffles of the labels, seed 25.")
    assert f"{100 * found.effect.auc.max():.0f} of 100 draws" in shown["careful-auc"]["readings"][0]
    assert "95 % for new words of the same kinds" in shown["careful-means"]["readings"][0]


def test_the_choice_is_remembered_and_moves_with_the_layer() -> None:
    app = careful_page()
    app.switch_page("pages/words.py").run()
    app.switch_page(PAGE).run()
    assert session_of(app).view.approach == "careful"
    for name in CAREFUL:
        figure = json.loads(charts(app)[name]["spec"])
        assert len(figure["frames"]) == 31
    app.segmented_control(key="approach").set_value("book").run()
    assert session_of(app).view.approach == "book"
    assert "careful-delta" not in charts(app)


def test_lists_that_are_too_short_say_so() -> None:
    app = open_page("pages/words.py")
    for category, words in (("space", "moon, star"), ("furniture", "chair, table"), ("fruit", "apple, pear")):
        draft_area(app, category).set_value(words).run()
    shown = charts(careful_page(app.switch_page(PAGE).run()))
    assert shown["careful-means"]["readings"] == [
        "Too few words for an interval: 3 a group are needed, 5 for a useful one."
    ]
    reading = shown["careful-delta"]["readings"][0]
    assert "With so few words p ≤ 0.05 cannot happen: the smallest p is 0.067." in reading
    assert reading.endswith("All 15 ways to share out the labels.")
    assert "95 %" not in reading


def test_the_shuffles_are_those_of_the_test() -> None:
    shown = charts(careful_page())["careful-shuffles"]
    found = careful_words(analyse_words(WordRequest()))
    assert shown["shuffles"]["shape"] == "31,2000"
    assert f"Δ is {found.test.delta.observed[4]:.3f}; 0 of 10,000 shuffles reach it" in shown["readings"][4]
    assert "The t table would say p < 1e-15" in shown["readings"][4]


def test_the_choice_holds_on_all_pages_that_have_it() -> None:
    app = careful_page()
    for page, names in (
        ("pages/senses.py", ["careful-sense-delta", "careful-sense-means", "careful-sense-shuffles"]),
        ("pages/contexts.py", ["careful-group-distributions"]),
        ("pages/tornado.py", ["careful-group-profile", "careful-group-distributions"]),
    ):
        app.switch_page(page).run()
        assert not app.exception
        assert set(names) <= set(charts(app))
    app.segmented_control(key="approach").set_value("book").run()
    assert "careful-group-profile" not in charts(app)
    assert "group-profile" in charts(app)


def test_senses_are_tested_among_the_sentences_of_a_word() -> None:
    app = careful_page(open_page("pages/senses.py"))
    shown = charts(app)
    found = careful_senses(analyse_sentences(SentenceRequest()))
    assert found is not None
    reading = shown["careful-sense-delta"]["readings"][0]
    assert f"with {np.nanmax(found.test.delta.observed):.3f}" in reading
    assert "The senses differ, in direction or in how tight they are, at" in reading
    assert "10,000 shuffles of the labels, seed 25." in reading
    assert "new sentences with the same words and senses" in shown["careful-sense-means"]["readings"][0]


def test_means_of_occurrences_have_an_interval_and_a_caveat_and_no_p() -> None:
    app = careful_page(open_page("pages/tornado.py"))
    reading = charts(app)["careful-group-profile"]["readings"][0]
    assert "Bands: 95 % over 20 stretches of the text" in reading
    assert "still too narrow" in reading
    for one in charts(app)["careful-group-distributions"]["readings"]:
        assert "95 % " in one
        assert "p =" not in one
