"""Contexts on texts as visitors bring them: licences, short ones, other writing; Words where last pieces repeat."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.inputs.text_references import OwnText, whole_text
from catsel_core.inputs.texts import pasted_text, without_boilerplate
from catsel_core.session import ContextsChoice, first_session
from tests.pages.test_context_pages import REQUEST, STORY, contexts_of, contexts_page, element, text_in_use
from tests.pages.test_context_pages import open_page as open_contexts
from tests.support.pages import charts, draft_area, errors, open_page, session_of

pytestmark = pytest.mark.bundled

LICENCE = "This electronic work may be shared under the terms of this agreement.\n" * 60
BOOK = (
    "The Project Gutenberg EBook of A Tale\n\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n\n"
    f"{STORY}\n\n*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***\n{LICENCE}"
)
CHINESE = "小猫在院子里睡觉，我看见小猫醒了。她喜欢小猫，我也喜欢小猫。那只小猫很小。\n小猫跑了。\n" * 5


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption).replace("\\", "")


def typed(app: AppTest) -> Any:
    return element(app, "text_input", "Words to look for")


def use(app: AppTest, content: str) -> AppTest:
    element(app, "text_area", "or paste one").set_value(content).run()
    app = element(app, "button", "Use the pasted text").click().run()
    assert not app.exception
    return app


def upload(app: AppTest, content: str, name: str = "tale.txt") -> AppTest:
    app = app.file_uploader[0].set_value((name, content.encode(), "text/plain")).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("bring", [use, upload])
def test_a_text_of_ones_own_is_cut_as_a_fetched_one_and_can_be_kept_whole(bring: Any) -> None:
    app = bring(contexts_page(), BOOK)
    assert not app.error
    assert text_in_use(app).content == STORY.strip()
    assert "header and licence left out" in captions(app)
    assert "electronic" not in typed(app).value
    typed(app).set_value("lantern, river").run()
    app = element(app, "toggle", "Keep Gutenberg's header and licence").set_value(True).run()
    assert not app.exception
    assert text_in_use(app).content == BOOK
    assert typed(app).value == "lantern, river"
    assert contexts_of(app).targets == ("lantern", "river")


def test_a_text_without_a_licence_has_no_switch_for_it() -> None:
    app = contexts_page()
    assert not [toggle for toggle in app.toggle if "Gutenberg" in toggle.label]


def test_a_pasted_text_that_is_too_short_is_what_the_message_is_about() -> None:
    app = contexts_page()
    before = charts(app)["occurrence-matrix"]["readings"]
    app = upload(app, "It was a dark and stormy night.", "night.txt")
    assert "“night.txt” has 8 tokens, too few for 8 tokens before a word." in errors(app)
    assert "night.txt, a file of your own: 31 characters, “It was a dark and stormy night.”" in captions(app)
    assert "Below is still the result of the last choice without errors, in “Your text”." in captions(app)
    assert charts(app)["occurrence-matrix"]["readings"] == before
    assert "in the text before this one" in captions(use(app, "It was a dark and stormy night."))
    app = upload(app, "It was a dark and stormy night, and so it went on until the morning.", "longer.txt")
    assert "No word of “longer.txt” occurs often enough to be suggested." in errors(app)
    app = typed(app).set_value("morning").run()
    assert "has 8 tokens" not in errors(app)


def test_writing_without_spaces_is_searched_and_said() -> None:
    app = use(contexts_page(), CHINESE)
    assert not app.error
    assert contexts_of(app).targets == ("小猫",)
    assert list(app.dataframe[0].value["found"]) == [30]
    assert "a word is found wherever its characters stand" in captions(app)
    assert "Ã" not in app.dataframe[0].value["tokens"][0]
    app = element(app, "toggle", "Whole words only").set_value(True).run()
    assert not app.exception
    assert contexts_of(app).windows.whole_words


def test_a_file_whose_encoding_is_uncertain_is_read_when_it_is_named() -> None:
    app = contexts_page()
    before = contexts_of(app)
    app = app.file_uploader[0].set_value(("text.txt", "苹果, 梨".encode("gbk"), "text/plain")).run()
    assert "choose its encoding by hand" in errors(app)
    assert contexts_of(app) == before
    assert "choose its encoding by hand" in errors(app.run())  # it goes on saying why
    chosen = next(box for box in app.selectbox if box.label == "Encoding of the file")
    app = chosen.set_value("gb18030").run()
    assert "choose its encoding by hand" not in errors(app)
    assert "苹果, 梨" in captions(app)


def test_composed_and_decomposed_words_are_one() -> None:
    app = use(contexts_page(), unicodedata.normalize("NFD", "Le café était plein hier soir. Un café noir. " * 20))
    app = typed(app).set_value(unicodedata.normalize("NFD", "café")).run()
    assert not app.error
    assert contexts_of(app).targets == ("café",)
    assert list(app.dataframe[0].value["found"]) == [40]


def test_words_that_run_on_can_be_left_out() -> None:
    app = use(contexts_page(), "We saw the lawn and the lawnmower on the lawn. " * 30)
    app = typed(app).set_value("lawn").run()
    (all_of_them,) = app.dataframe[0].value["word goes on"]
    assert all_of_them == 30
    app = element(app, "toggle", "Whole words only").set_value(True).run()
    assert "Left out as parts of something longer: 30 of 90 “lawn”." in captions(app)


def test_occurrences_have_the_names_that_figures_give_them() -> None:
    app = contexts_page()
    names = [passage["name"] for passage in charts(app)["occurrence-matrix"]["passages"]]
    listed = next(table.value for table in app.dataframe if "token" in table.value.columns)
    assert list(listed["name"]) == names[: len(listed)] == [f"lantern {number}" for number in range(1, 6)]


@pytest.mark.parametrize("key", ["targets", "pasted-text"])
def test_half_a_character_in_a_field_breaks_no_page(key: str) -> None:
    text = OwnText(REQUEST.text.digest, REQUEST.text.name)
    chosen = replace(first_session(), contexts=ContextsChoice(text, REQUEST.targets, REQUEST.windows))
    own = {"own-text": text, "own_texts": {text.digest: REQUEST.text}, "text-source": "Your own"}
    typed_before = {"targets_text": whole_text(text), key: "a\ud83d b"}
    app = open_contexts("pages/contexts.py", session=chosen, **own, **typed_before)
    assert not app.exception
    assert app.session_state[key] == "a\N{REPLACEMENT CHARACTER} b"
    assert charts(app)


def test_labels_from_right_to_left_are_set_apart_in_sentences() -> None:
    app = typed(contexts_page()).set_value("lantern, שלום 12").run()
    assert "“\u2068שלום\u2069 12” does not occur" in errors(app)


def test_repeated_last_pieces_are_said_and_the_mean_is_one_click_away() -> None:
    app = open_page("pages/words.py")
    assert not [button for button in app.button if button.label == "Use the mean of pieces"]
    app = draft_area(app, "furniture").set_value("chair, table, aalbes, bosbes, framboos").run()
    assert any("in the same token" in info.value.replace("\\", "") for info in app.info)
    app = element(app, "button", "Use the mean of pieces").click().run()
    assert not app.exception
    assert session_of(app).words.pooling == "mean"
    assert not any("in the same token" in info.value for info in app.info)


def test_the_text_on_a_page_is_the_text_of_the_core() -> None:
    app = use(contexts_page(), BOOK)
    assert text_in_use(app) == without_boilerplate(pasted_text(BOOK))
