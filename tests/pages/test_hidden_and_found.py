"""A category left out without being lost, and a word found in a list."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.pages import draft_area, errors, session_of
from tests.support.visits import captions, opened, words


@pytest.fixture
def app() -> AppTest:
    return opened("pages/words.py", words())


def names(app: AppTest) -> list[str]:
    return [category.name for category in session_of(app).words.words.categories]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_hidden_category_is_left_out_and_comes_back_as_it_was(app: AppTest) -> None:
    draft_area(app, "fruit").set_value("pear, plum, quince").run()
    before = session_of(app).words.words
    press(app, "Hide fruit without losing it")
    assert names(app) == ["space", "furniture"]
    assert "Words of fruit" not in [area.label for area in app.text_area]
    app.switch_page("pages/one_layer.py").run()
    assert not app.exception
    app.switch_page("pages/words.py").run()
    press(app, "Show fruit again")
    assert session_of(app).words.words == before
    assert draft_area(app, "fruit").value == "pear, plum, quince"


def test_a_table_and_an_undo_keep_what_is_hidden(app: AppTest) -> None:
    press(app, "Hide furniture without losing it")
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    assert names(app) == ["space", "fruit"]
    app.segmented_control(key="edit-mode").set_value("By category").run()
    press(app, "Delete space")
    assert "At least two categories are needed" in errors(app)
    press(app, "Undo")
    press(app, "Show furniture again")
    assert sorted(names(app)) == ["fruit", "furniture", "space"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("MOON", "“moon”: word 8 of space."),
        ("ban", "“banana”: word 3 of fruit."),
        ("xyz", "No word of the list has “xyz” in it."),
        ("<b>", "No word of the list has “<b>” in it."),
    ],
)
def test_a_word_is_found_in_the_list(app: AppTest, typed: str, said: str) -> None:
    app.text_input(key="find-word").set_value(typed).run()
    assert said in captions(app).replace("\\", "")


def test_a_word_of_a_hidden_category_is_found_too(app: AppTest) -> None:
    press(app, "Hide space without losing it")
    app.text_input(key="find-word").set_value("galaxy").run()
    assert "“galaxy”: word 1 of space, which is hidden." in captions(app).replace("\\", "")
    app.text_input(key="find-word").set_value("e").run()
    assert "; and " in captions(app)
