"""Every page of words on the bundled model: its charts, and choices that hold from page to page."""

import json

import pytest

from catsel_core.analyses.words import WordRequest, analyse_words
from tests.support.pages import charts, draft_area, open_page, request_of, session_of, start

pytestmark = pytest.mark.bundled

PAGES = [
    "pages/words.py",
    "pages/one_layer.py",
    "pages/across_layers.py",
    "pages/single_words.py",
    "pages/word_map.py",
    "pages/prompts.py",
]


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
    explained = [expander for expander in app.expander if expander.label == "How is this computed?"]
    assert len(explained) == len(charts(app))
    assert all(expander.markdown[0].value.strip() for expander in explained)


def test_across_layers_lists_next_tokens() -> None:
    rows = open_page("pages/across_layers.py").dataframe[0].value
    assert len(rows) == 34
    assert rows["prompt"][0] == "The next word is galaxy"


def test_range_choice_survives_a_change_of_page() -> None:
    app = open_page("pages/one_layer.py")
    app.segmented_control[0].set_value("shared").run()
    frames = json.loads(charts(app)["similarity-matrix"]["spec"])["frames"]
    assert len({frame["layout"]["coloraxis"]["cmin"] for frame in frames}) == 1
    app.switch_page("pages/words.py").run()
    app.switch_page("pages/one_layer.py").run()
    assert app.segmented_control[0].value == "shared"


def test_every_click_on_a_choice_counts() -> None:
    app = open_page("pages/words.py")
    for choice in ("mean", "drop", "last", "drop"):
        app.segmented_control(key="pooling").set_value(choice).run()
        assert request_of(app).pooling == choice
    app.switch_page("pages/one_layer.py").run()
    assert "Left out because they are several tokens long: sofa" in next(
        caption.value for caption in app.caption
    ).replace("\\", "")
    for choice in ("shared", "layer", "shared"):
        app.segmented_control(key="scale-choice").set_value(choice).run()
        assert session_of(app).view.scale == choice


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


def test_a_prompt_that_is_not_finished_is_there_again_after_a_look_at_another_page() -> None:
    app = open_page("pages/compare.py")
    good = app.text_input(key="template-A").value
    app.text_input(key="template-A").set_value("no place for it").run()
    app.switch_page("pages/words.py").run()
    app.switch_page("pages/compare.py").run()
    assert app.text_input(key="template-A").value == "no place for it"
    assert "exactly once" in app.error[0].value
    assert session_of(app).sides()[0].template == good
    app.text_input(key="template-A").set_value("I saw a {word}").run()
    app.switch_page("pages/words.py").run()
    app.switch_page("pages/compare.py").run()
    assert app.text_input(key="template-A").value == session_of(app).sides()[0].template == "I saw a {word}"


def test_a_list_that_is_mostly_pieces_says_so_beside_its_figure() -> None:
    app = open_page("pages/words.py")
    for category, words in {
        "space": "zyzzyva, quokkas, axolotls",
        "furniture": "chiffonier, escritoire, davenports",
    }.items():
        draft_area(app, category).set_value(words).run()
    draft_area(app, "fruit").set_value("apple, pear").run()
    for page in ("app.py", "pages/one_layer.py", "pages/across_layers.py"):
        app.switch_page(page).run()
        assert any("of 8 words are several tokens to this model" in caption.value for caption in app.caption), page
