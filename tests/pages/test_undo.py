"""What is replaced whole can be had back at once: lists of words, categories, sentences."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.words import WordRequest
from catsel_core.inputs.presets import PRESETS
from catsel_core.inputs.sentence_files import bundled_senses
from catsel_core.inputs.word_lists import WordList
from tests.support.pages import draft_area, errors, open_page, request_of, session_of

pytestmark = pytest.mark.bundled

OTHER = PRESETS[1]


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def undo(app: AppTest) -> None:
    button(app, "Undo").click().run()


def own_list(app: AppTest) -> WordList:
    """An own list in the place of the first one's fruit."""
    draft_area(app, "fruit").set_value("pear, plum, quince").run()
    return request_of(app).words


def words_page() -> AppTest:
    app = open_page("pages/words.py")
    assert all(button.label != "Undo" for button in app.button)
    return app


def test_a_ready_list_gives_the_own_one_back() -> None:
    app = words_page()
    mine = own_list(app)
    app.selectbox(key="preset").set_value(OTHER.name).run()
    assert request_of(app).words == OTHER.words
    assert any(OTHER.name in caption.value.replace("\\", "") for caption in app.caption)
    undo(app)
    assert request_of(app).words == mine
    assert app.selectbox(key="preset").value == PRESETS[0].name
    undo(app)  # the way back has a way back
    assert request_of(app).words == OTHER.words
    assert app.selectbox(key="preset").value == OTHER.name


def test_a_category_that_was_removed_comes_back_where_it_was() -> None:
    app = words_page()
    mine = own_list(app)
    for at in range(3):
        [*_, remove] = [b for b in app.button if (b.key or "").startswith("remove-")][: at + 1]
        remove.click().run()
        assert mine.categories[at] not in request_of(app).words.categories
        undo(app)
        assert request_of(app).words == mine


def test_a_list_with_errors_comes_back_with_them() -> None:
    app = words_page()
    draft_area(app, "fruit").set_value("pear, pear").run()
    app.selectbox(key="preset").set_value(OTHER.name).run()
    undo(app)
    assert draft_area(app, "fruit").value == "pear, pear"
    assert "“pear” stands 2 times" in errors(app)


@pytest.mark.parametrize("way", ["pasted", "imported", "repetitions", "again"])
def test_every_way_to_replace_a_list_has_a_way_back(way: str) -> None:
    app = words_page()
    mine = own_list(app)
    if way == "repetitions":
        draft_area(app, "furniture").set_value("door, door, wall").run()
        button(app, "Remove the repetitions").click().run()
        undo(app)
        assert draft_area(app, "furniture").value == "door, door, wall"
        return
    if way == "again":
        button(app, "Start again from the list as it was").click().run()
        assert request_of(app) == WordRequest()
    else:
        app.segmented_control(key="edit-mode").set_value("Paste, import, export").run()
        if way == "pasted":
            app.text_area[0].set_value("pets: dog, cat\nfruit: apple, pear").run()
            button(app, "Use the pasted list").click().run()
        else:
            file = ("w.csv", b"category,word\npets,dog\npets,cat\nfruit,pear\nfruit,plum\n", "text/csv")
            app.file_uploader[0].set_value(file).run()
        assert [category.name for category in request_of(app).words.categories] == ["pets", "fruit"]
    undo(app)
    assert request_of(app).words == mine


def test_sentences_of_a_file_give_the_former_ones_back() -> None:
    app = open_page("pages/senses.py")
    app.segmented_control(key="sentence-mode").set_value("Import, export").run()
    rows = (
        b"group,text,target\na,They slept on the bank,bank\na,Otters left the bank,bank\nb,She robbed the bank,bank\n"
    )
    app.file_uploader[0].set_value(("s.csv", rows, "text/csv")).run()
    assert len(session_of(app).sentences.sentences) == 3
    undo(app)
    assert session_of(app).sentences.sentences == bundled_senses()
    undo(app)
    assert len(session_of(app).sentences.sentences) == 3
    button(app, "Back to the bundled sentences").click().run()
    undo(app)
    assert len(session_of(app).sentences.sentences) == 3
