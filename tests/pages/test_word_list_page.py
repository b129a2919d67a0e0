"""The list of words, edited, pasted and imported on the page of words."""

from pathlib import Path
from typing import Any

import pytest

from catsel_core.analyses.words import WordRequest
from catsel_core.inputs.presets import PRESETS
from tests.support.pages import charts, draft_area, errors, open_page, request_of

pytestmark = pytest.mark.bundled


def test_edited_words_change_the_result_everywhere() -> None:
    app = open_page("pages/words.py")
    before = charts(app)["delta-profile"]["readings"][0]
    draft_area(app, "furniture").set_value("door\nwindow; wall, floor").run()
    assert not app.error
    after = charts(app)["delta-profile"]["readings"][0]
    assert after != before
    app.switch_page("pages/across_layers.py").run()
    assert charts(app)["delta-profile"]["readings"][0] == after
    assert len(app.dataframe[0].value) == 10 + 4 + 11


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("", "“furniture” is empty"),
        ("door, door, wall", "“door” stands 2 times"),
        ("door, wall, moon", "“moon” is in “space” and in “furniture”"),
    ],
)
def test_broken_list_is_explained_and_nothing_runs(text: str, clue: str) -> None:
    app = open_page("pages/words.py")
    before = charts(app)["delta-profile"]["readings"][0]
    draft_area(app, "furniture").set_value(text).run()
    assert clue in errors(app)
    assert charts(app)["delta-profile"]["readings"][0] == before
    assert request_of(app) == WordRequest()


def test_repetitions_are_removed_on_request() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "furniture").set_value("door, door, moon, wall").run()
    next(button for button in app.button if button.label == "Remove the repetitions").click().run()
    assert not app.error
    assert request_of(app).words.categories[1].words == ("door", "wall")


def test_categories_are_added_renamed_recoloured_and_removed() -> None:
    app = open_page("pages/words.py")
    next(button for button in app.button if button.label == "Add a category").click().run()
    assert "“category 4” is empty" in errors(app)
    draft_area(app, "category 4").set_value("dog, cat, cow").run()
    app.text_input[3].set_value("animals").run()
    app.color_picker[3].set_value("#123456").run()
    added = request_of(app).words.categories[3]
    assert (added.name, added.words, added.color) == ("animals", ("dog", "cat", "cow"), "#123456")
    next(button for button in app.button if (button.key or "").startswith("remove-")).click().run()
    assert [category.name for category in request_of(app).words.categories] == [
        "furniture",
        "fruit",
        "animals",
    ]


def test_table_edits_reach_the_request() -> None:
    app = open_page("pages/words.py")
    app.segmented_control[0].set_value("As a table").run()
    key = app.session_state["table"].key
    app.session_state[key] = {
        "edited_rows": {0: {"word": "nebula"}},
        "added_rows": [{"category": "animals", "word": "dog"}, {"category": "animals", "word": "cat"}],
        "deleted_rows": [1],
    }
    app.run()
    assert not app.exception
    words = request_of(app).words
    assert words.categories[0].words[0] == "nebula"
    assert "asteroid" not in words.categories[0].words
    assert words.categories[3].name == "animals"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_load(preset: Any) -> None:
    app = open_page("pages/words.py")
    app.selectbox(key="preset").set_value(preset.name).run()
    assert not app.error
    assert request_of(app).words == preset.words


def test_pasted_lists_are_used_and_bad_ones_explained() -> None:
    app = open_page("pages/words.py")
    app.segmented_control[0].set_value("Paste, import, export").run()
    app.text_area[0].set_value("pets: dog, cat\nfruit: apple, pear").run()
    next(button for button in app.button if button.label == "Use the pasted list").click().run()
    assert [category.name for category in request_of(app).words.categories] == ["pets", "fruit"]
    app.text_area[0].set_value("just words").run()
    next(button for button in app.button if button.label == "Use the pasted list").click().run()
    assert "read as 1 line without categories: “just words”" in errors(app)
    assert [category.name for category in request_of(app).words.categories] == ["pets", "fruit"]


def test_imported_file_replaces_the_list() -> None:
    app = open_page("pages/words.py")
    app.segmented_control[0].set_value("Paste, import, export").run()
    app.file_uploader[0].set_value(("w.csv", b"category,word\na,dog\na,cat\nb,car\n", "text/csv")).run()
    assert not app.error
    assert [category.words for category in request_of(app).words.categories] == [("dog", "cat"), ("car",)]


def test_user_text_is_never_html() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "fruit").set_value("<img src=x onerror=alert(1)>, apple").run()
    assert not app.exception
    assert all("<img" not in html.proto.body for html in app.get("html"))


def test_an_edited_preset_can_be_restored() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "fruit").set_value("apple, pear").run()
    next(button for button in app.button if button.label == "Start again from the list as it was").click().run()
    assert request_of(app) == WordRequest()
    assert all(button.label != "Start again from the list as it was" for button in app.button)


def test_the_table_always_opens_with_the_draft_as_it_is() -> None:
    app = open_page("pages/words.py")
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    app.segmented_control(key="edit-mode").set_value("By category").run()
    draft_area(app, "space").set_value("alpha, beta").run()
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    app.run()
    assert request_of(app).words.categories[0].words == ("alpha", "beta")


def test_the_table_opens_even_when_the_list_is_empty() -> None:
    app = open_page("pages/words.py")
    for _ in range(3):
        next(button for button in app.button if (button.key or "").startswith("remove-")).click().run()
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    assert not app.exception
    assert "At least two categories" in errors(app)


def test_new_categories_never_repeat_a_name() -> None:
    app = open_page("pages/words.py")
    for _ in range(2):
        next(button for button in app.button if button.label == "Add a category").click().run()
    next(button for button in app.button if (button.key or "").startswith("remove-")).click().run()
    next(button for button in app.button if button.label == "Add a category").click().run()
    names = [category.name for category in app.session_state["draft"]]
    assert len(names) == len(set(names))


def test_typed_names_are_never_markdown() -> None:
    """Labels and tooltips are read as Markdown by the browser: an address of a picture must not be fetched."""
    app = open_page("pages/words.py")
    app.text_input[0].set_value("![x](http://example.org/x.png)").run()
    assert not app.exception
    labels = [area.label for area in app.text_area] + [picker.label for picker in app.color_picker]
    helps = [button.proto.help for button in app.button]
    named = [text for text in labels + helps if "example" in text]
    assert len(named) == 4
    assert all("\\!\\[x\\]\\(http" in text for text in named)


def test_own_lists_are_offered_beside_the_ready_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_LISTS", str(tmp_path))
    (tmp_path / "ours.txt").write_text("pets: dog, cat\ntools: saw, drill")
    (tmp_path / "broken.csv").write_text("category,word\npets,dog\n")
    app = open_page("pages/words.py")
    assert "The list broken.csv cannot be used" in app.info[0].value.replace("\\", "")
    app.selectbox(key="preset").set_value("ours").run()
    assert draft_area(app, "pets").value == "dog, cat"
    assert "from the file ours.txt" in "\n".join(caption.value for caption in app.caption).replace("\\", "")
    (tmp_path / "ours.txt").unlink()
    app.run()
    assert not app.exception
    assert draft_area(app, "pets").value == "dog, cat"
