"""Every edit of a list is taken back, and made again."""

from streamlit.testing.v1 import AppTest

from tests.support.pages import draft_area, errors, session_of
from tests.support.visits import opened, words


def pressed(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_every_edit_of_a_list_is_taken_back_and_made_again() -> None:
    app = opened("pages/words.py", words())
    first = draft_area(app, "fruit").value
    assert next(button for button in app.button if button.label == "Undo the last edit").disabled
    draft_area(app, "fruit").set_value("pear, plum").run()
    draft_area(app, "fruit").set_value("pear, pear").run()
    app.color_picker[0].set_value("#123456").run()
    pressed(app, "Hide space without losing it")
    pressed(app, "Undo the last edit")
    assert app.color_picker[0].value == "#123456"
    pressed(app, "Undo the last edit")
    assert app.color_picker[0].value != "#123456"
    assert errors(app)
    pressed(app, "Undo the last edit")
    assert not app.error
    assert draft_area(app, "fruit").value == "pear, plum"
    pressed(app, "Undo the last edit")
    assert draft_area(app, "fruit").value == first
    pressed(app, "Redo")
    assert draft_area(app, "fruit").value == "pear, plum"
    draft_area(app, "fruit").set_value("quince, fig").run()
    assert next(button for button in app.button if button.label == "Redo").disabled
    pressed(app, "Undo the last edit")
    assert session_of(app).words.words.categories[2].words == ("pear", "plum")


def test_edits_in_the_table_are_taken_back_too() -> None:
    app = opened("pages/words.py", words())
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    before = session_of(app).words.words
    key = app.session_state["table"].key
    app.session_state[key] = {"edited_rows": {0: {"word": "nebula"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    assert session_of(app).words.words != before
    pressed(app, "Undo the last edit")
    assert session_of(app).words.words == before


def test_after_a_removal_the_way_back_is_one_of_the_edits() -> None:
    app = opened("pages/words.py", words())
    before = session_of(app).words.words
    pressed(app, "Delete furniture")
    pressed(app, "Undo the last edit")
    assert session_of(app).words.words == before
    assert "Undo" not in [button.label for button in app.button]
