"""The prompt and the pieces of words, set on the page of words."""

import pytest

from catsel_core.analyses.words import WordRequest
from tests.support.pages import charts, draft_area, errors, open_page, request_of

pytestmark = pytest.mark.bundled


def test_template_and_pieces_survive_a_change_of_page() -> None:
    app = open_page("pages/words.py")
    app.text_input(key="template").set_value("I like the word {word}").run()
    app.segmented_control[1].set_value("drop").run()
    app.switch_page("pages/one_layer.py").run()
    request = request_of(app)
    assert (request.template, request.pooling) == ("I like the word {word}", "drop")
    app.switch_page("pages/words.py").run()
    assert app.text_input(key="template").value == "I like the word {word}"
    assert app.segmented_control[1].value == "drop"


def test_broken_template_keeps_the_last_good_one() -> None:
    app = open_page("pages/words.py")
    app.text_input(key="template").set_value("no place for it").run()
    assert "exactly once" in errors(app)
    assert request_of(app) == WordRequest()


def test_examples_fill_in_the_template() -> None:
    app = open_page("pages/words.py")
    app.button(key="example-1").click().run()
    assert request_of(app).template == "I like the word {word}"


def test_leaving_out_words_is_not_taken_over_where_it_empties_the_list() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "furniture").set_value("wardrobe cupboard, dressing table").run()
    assert not app.error
    before = request_of(app)
    app.segmented_control(key="pooling").set_value("drop").run()
    assert "leaving such words out empties it" in errors(app)
    assert request_of(app) == before
    app.switch_page("pages/one_layer.py").run()
    assert not app.error
    assert charts(app)


def test_a_prompt_is_taken_over_while_the_list_is_broken() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "furniture").set_value("").run()
    app.text_input(key="template").set_value("I like the word {word}").run()
    assert "“furniture” is empty" in errors(app)
    assert request_of(app) == WordRequest(template="I like the word {word}")
