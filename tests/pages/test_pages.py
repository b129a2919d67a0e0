"""Every page, run by Streamlit's own test harness on the bundled model."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.inputs.presets import PRESETS
from catsel_core.session import Session

pytestmark = pytest.mark.bundled

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["pages/words.py", "pages/one_layer.py", "pages/across_layers.py"]


def start() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def open_page(page: str) -> AppTest:
    return start().switch_page(page).run()


def charts(app: AppTest) -> dict[str, dict[str, Any]]:
    """Data of every chart on the page, by name."""
    found: dict[str, dict[str, Any]] = {}

    def visit(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            if child.type == "bidi_component":
                [data] = json.loads(child.proto.json)
                if "spec" in data:
                    found[data["name"]] = data
            visit(child)

    visit(app._tree)
    return found


def draft_area(app: AppTest, category: str) -> Any:
    return next(area for area in app.text_area if area.label == f"Words of {category}")


def errors(app: AppTest) -> str:
    """Error texts as read on the page: their Markdown is escaped."""
    return "\n".join(error.value for error in app.error).replace("\\", "")


def session_of(app: AppTest) -> Session:
    """What the visitor has chosen."""
    session: Session = app.session_state["session"]
    return session


def request_of(app: AppTest) -> WordRequest:
    """What every page of words asks for."""
    return session_of(app).word_request()


def test_overview_shows_a_finished_result() -> None:
    app = start()
    assert not app.exception
    statistics = analyse_words(WordRequest()).statistics
    reading = charts(app)["delta-profile"]["readings"][0]
    assert f"{statistics.delta.max():.3f}" in reading


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_from_the_overview(page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert not app.error
    assert charts(app)


@pytest.mark.parametrize("page", ["app.py", *PAGES])
def test_every_chart_has_readings_downloads_and_an_explanation(page: str) -> None:
    app = start() if page == "app.py" else open_page(page)
    for data in charts(app).values():
        assert all(data["readings"])
        assert data["title"]
        assert data["plotly"].startswith("/app/static/plotly-")
    assert len(app.expander) == len(charts(app))
    assert all(expander.markdown[0].value.strip() for expander in app.expander)


def test_across_layers_lists_next_tokens() -> None:
    rows = open_page("pages/across_layers.py").dataframe[0].value
    assert len(rows) == 34
    assert rows["prompt"][0] == "The next word is galaxy"


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
    key = f"table-{app.session_state['table'][0]}"
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
    assert "columns category and word" in errors(app)


def test_imported_file_replaces_the_list() -> None:
    app = open_page("pages/words.py")
    app.segmented_control[0].set_value("Paste, import, export").run()
    app.file_uploader[0].set_value(("w.csv", b"category,word\na,dog\na,cat\nb,car\n", "text/csv")).run()
    assert not app.error
    assert [category.words for category in request_of(app).words.categories] == [("dog", "cat"), ("car",)]


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


def test_range_choice_survives_a_change_of_page() -> None:
    app = open_page("pages/one_layer.py")
    app.segmented_control[0].set_value("shared").run()
    frames = json.loads(charts(app)["similarity-matrix"]["spec"])["frames"]
    assert len({frame["layout"]["coloraxis"]["cmin"] for frame in frames}) == 1
    app.switch_page("pages/words.py").run()
    app.switch_page("pages/one_layer.py").run()
    assert app.segmented_control[0].value == "shared"


def test_user_text_is_never_html() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "fruit").set_value("<img src=x onerror=alert(1)>, apple").run()
    assert not app.exception
    assert all("<img" not in html.proto.body for html in app.get("html"))


def test_an_edited_preset_can_be_restored() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "fruit").set_value("apple, pear").run()
    next(button for button in app.button if button.label == "Back to this list as it was").click().run()
    assert request_of(app) == WordRequest()
    assert all(button.label != "Back to this list as it was" for button in app.button)


def test_every_click_on_a_choice_counts() -> None:
    app = open_page("pages/words.py")
    for choice in ("mean", "drop", "last", "drop"):
        app.segmented_control(key="pooling").set_value(choice).run()
        assert request_of(app).pooling == choice
    app.switch_page("pages/one_layer.py").run()
    assert "Left out, being of several tokens: sofa" in next(caption.value for caption in app.caption).replace("\\", "")
    for choice in ("shared", "layer", "shared"):
        app.segmented_control(key="scale-choice").set_value(choice).run()
        assert session_of(app).view.scale == choice


def test_broken_template_keeps_the_last_good_one() -> None:
    app = open_page("pages/words.py")
    app.text_input(key="template").set_value("no place for it").run()
    assert "exactly once" in errors(app)
    assert request_of(app) == WordRequest()


def test_examples_fill_in_the_template() -> None:
    app = open_page("pages/words.py")
    app.button(key="example-1").click().run()
    assert request_of(app).template == "I like the word {word}"


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


def test_typed_names_are_never_markdown() -> None:
    """Labels and tooltips are read as Markdown by the browser: an address of a picture must not be fetched."""
    app = open_page("pages/words.py")
    app.text_input[0].set_value("![x](http://example.org/x.png)").run()
    assert not app.exception
    labels = [area.label for area in app.text_area] + [picker.label for picker in app.color_picker]
    helps = [button.proto.help for button in app.button]
    named = [text for text in labels + helps if "example" in text]
    assert len(named) == 3
    assert all("\\!\\[x\\]\\(http" in text for text in named)


def test_the_sides_of_compare_follow_the_other_pages_unless_set_by_hand() -> None:
    app = open_page("pages/compare.py")
    app.segmented_control(key="pooling-A").set_value("mean").run()
    app.switch_page("pages/words.py").run()
    app.text_input(key="template").set_value("I thought of {word}").run()
    app.segmented_control(key="pooling").set_value("drop").run()
    app.switch_page("pages/compare.py").run()
    a, b = session_of(app).sides()
    assert (a.template, a.pooling) == ("I thought of {word}", "mean")
    assert app.text_input(key="template-A").value == "I thought of {word}"
    assert b != a
