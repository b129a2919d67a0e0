"""Lists pasted and imported on the pages: how they were read is said, and what cannot be used replaces nothing."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.words import WordRequest
from tests.support.pages import draft_area, errors, open_page, request_of, session_of

pytestmark = pytest.mark.bundled

TWICE = "Farm: goat, cow\nHorned: goat, cow\nPet: cat, dog"


def import_page() -> AppTest:
    app = open_page("pages/words.py")
    app.segmented_control(key="edit-mode").set_value("Paste, import, export").run()
    return app


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text).run()
    button(app, "Use the pasted list").click().run()
    return app


def upload(app: AppTest, data: bytes, name: str = "list.csv") -> AppTest:
    app.file_uploader[0].set_value((name, data, "text/csv")).run()
    return app


def said(app: AppTest) -> str:
    """Notes and confirmations as read on the page."""
    return "\n".join(element.value for element in (*app.info, *app.success)).replace("\\", "")


def words_of(app: AppTest) -> dict[str, tuple[str, ...]]:
    return {category.name: category.words for category in request_of(app).words.categories}


def draft_names(app: AppTest) -> list[str]:
    return [category.name for category in app.session_state["draft"]]


@pytest.mark.parametrize(
    "text", ["just words", TWICE, "a: x, y", "a,b,c\nd,e,f\ng,h,i", '{"\\ud800": ["x"], "b": ["y"]}']
)
def test_what_cannot_be_used_replaces_nothing(text: str) -> None:
    app = import_page()
    before = draft_names(app)
    paste(app, text)
    assert errors(app)
    assert not app.success
    assert "Nothing was replaced: the list is as it was." in [caption.value for caption in app.caption]
    assert draft_names(app) == before
    assert request_of(app) == WordRequest()


def test_repetitions_of_a_pasted_list_are_removed_with_one_click() -> None:
    app = paste(import_page(), TWICE)
    assert "“goat” is in “Farm” and in “Horned”" in errors(app)
    button(app, "Remove the repetitions").click().run()
    assert not app.error
    assert words_of(app) == {"Farm": ("goat", "cow"), "Pet": ("cat", "dog")}
    assert (
        "Kept only where they stand first: “goat”, “cow”. Removed, since no other words were in it: “Horned”."
        in said(app)
    )


def test_repetitions_of_a_typed_list_are_removed_with_one_click() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "furniture").set_value("moon, sun, moon").run()
    button(app, "Remove the repetitions").click().run()
    assert not app.error
    assert list(words_of(app)) == ["space", "fruit"]
    assert "Removed, since no other words were in it: “furniture”." in said(app)


def test_repetitions_are_not_offered_for_removal_where_too_little_would_be_left() -> None:
    app = paste(import_page(), "a: x, y\nb: x, y")
    assert "“x” is in “a” and in “b”" in errors(app)
    assert all(found.label != "Remove the repetitions" for found in app.button)


def test_a_file_in_an_encoding_of_old_is_read_and_another_can_be_chosen() -> None:
    app = upload(import_page(), "category,word\nфрукты,яблоко\nфрукты,груша\nзвери,собака\n".encode("cp1251"))
    assert words_of(app) == {"фрукты": ("яблоко", "груша"), "звери": ("собака",)}
    assert "Read as Windows-1251 (Cyrillic)." in said(app)
    app.selectbox(key="words-import-encoding").set_value("koi8-r").run()
    assert "фрукты" not in words_of(app)


def test_an_encoding_that_is_not_certain_is_asked_for() -> None:
    app = upload(import_page(), "a: да, x\nb: y, z\n".encode("koi8-r"), "list.txt")
    assert "that is not certain" in errors(app)
    assert request_of(app) == WordRequest()
    app.selectbox(key="words-import-encoding").set_value("koi8-r").run()
    assert not app.error
    assert words_of(app) == {"a": ("да", "x"), "b": ("y", "z")}


def test_the_first_row_can_be_read_otherwise() -> None:
    app = paste(import_page(), "Oberthema\tDing\nfruit\tapple\nfruit\tpear\ntool\tsaw\ntool\tdrill")
    assert words_of(app) == {"fruit": ("apple", "pear"), "tool": ("saw", "drill")}
    assert "First row read as names of columns (“Oberthema”, “Ding”); column 1 read as category." in said(app)
    app.segmented_control(key="words-import-first-row").set_value("words").run()
    assert words_of(app)["Oberthema"] == ("Ding",)


def test_later_edits_are_not_undone_by_what_was_imported() -> None:
    app = paste(import_page(), "pets: dog, cat\nfruit: apple, pear")
    app.segmented_control(key="edit-mode").set_value("By category").run()
    draft_area(app, "pets").set_value("dog, cow").run()
    app.segmented_control(key="edit-mode").set_value("Paste, import, export").run()
    assert words_of(app) == {"pets": ("dog", "cow"), "fruit": ("apple", "pear")}
    paste(app, "pets: dog, cat\nfruit: apple, pear")
    assert words_of(app)["pets"] == ("dog", "cat")


def test_half_characters_in_a_table_break_nothing() -> None:
    app = open_page("pages/words.py")
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    edits = {"edited_rows": {0: {"word": "gal\ud800axy"}}, "added_rows": [], "deleted_rows": []}
    app.session_state[app.session_state["table"].key] = edits
    app.run()
    assert not app.exception
    assert request_of(app) == WordRequest()


def test_sentences_are_imported_with_what_was_guessed() -> None:
    app = open_page("pages/senses.py")
    app.segmented_control(key="sentence-mode").set_value("Import, export").run()
    text = "Word\tSense\tSentence\nbank\triver\t“Stop,” she said by the bank\nbank\tmoney\tHe robbed a bank\n"
    upload(app, f"{text}bank\tmoney\tThe rich bank\n".encode("cp1252"), "list.tsv")
    assert not app.error
    assert [sentence.group for sentence in session_of(app).sentences.sentences] == ["river", "money", "money"]
    assert "Read as Windows-1252 (Western European); columns " in said(app)
    before = session_of(app).sentences
    upload(app, b"no,such,table\n1,2,3\n", "other.csv")
    assert "needs a first row with the columns group, text and target" in errors(app)
    assert session_of(app).sentences == before
