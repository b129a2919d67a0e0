"""Contexts, Tornado and Senses, run by Streamlit's own test harness on the bundled model."""

import json
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.contexts import ContextRequest, analyse_contexts, tornado_contrasts
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.text_references import BuiltinText, OwnText, text_of
from catsel_core.inputs.texts import Text, pasted_text
from catsel_core.session import ContextsChoice, SentencesChoice, first_session
from catsel_core.statistics.contrasts import book_contrasts
from tests.support.pages import ROOT, charts, errors, session_of

pytestmark = pytest.mark.bundled

STORY = " ".join(
    f"On day {number} the lantern hung over the river, and the storm came down from the hills again."
    for number in range(30)
)
REQUEST = ContextRequest(pasted_text(STORY), ("lantern", "river", "storm"), WindowChoice(window=8, most=5))
SENTENCES = (
    Sentence("bank/river", "They fished all day and slept on the bank", "bank"),
    Sentence("bank/river", "The boat was tied to the muddy bank", "bank"),
    Sentence("bank/money", "She borrowed the money from the bank", "bank"),
    Sentence("bank/money", "The robbers had planned for months to enter the bank", "bank"),
)


def open_page(page: str, **state: Any) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)
    for key, value in state.items():
        app.session_state[key] = value
    return app.run().switch_page(page).run()


def contexts_page(page: str = "pages/contexts.py") -> AppTest:
    """A page on a short story; its text counts as pasted."""
    text = OwnText(REQUEST.text.digest, REQUEST.text.name)
    chosen = ContextsChoice(text, REQUEST.targets, REQUEST.windows)
    own = {"own-text": text, "own_texts": {text.digest: REQUEST.text}, "text-source": "Your own"}
    return open_page(page, session=replace(first_session(), contexts=chosen), **own)


def senses_page(sentences: tuple[Sentence, ...] = SENTENCES) -> AppTest:
    return open_page("pages/senses.py", session=replace(first_session(), sentences=SentencesChoice(sentences)))


def contexts_of(app: AppTest) -> ContextsChoice:
    return session_of(app).contexts


def text_in_use(app: AppTest) -> Text:
    reference = session_of(app).contexts.text
    own = app.session_state["own_texts"] if isinstance(reference, OwnText) else {}
    return text_of(reference, own)


def element(app: AppTest, kind: str, label: str) -> Any:
    return next(found for found in app.get(kind) if getattr(found, "label", None) == label)


def test_the_first_visit_shows_a_finished_result_of_the_built_in_text() -> None:
    app = open_page("pages/contexts.py")
    assert not app.exception
    assert not app.error
    assert set(charts(app)) == {"occurrence-matrix", "group-distributions", "group-mask"}
    assert text_in_use(app).name == "Shakespeare's tragedies"
    assert contexts_of(app).targets == ("blood", "night", "love")
    assert any("drawn with seed 25" in caption.value for caption in app.caption)


@pytest.mark.parametrize("page", ["pages/contexts.py", "pages/tornado.py", "pages/senses.py"])
def test_every_chart_has_a_reading_and_every_page_explains_them(page: str) -> None:
    app = senses_page() if page == "pages/senses.py" else contexts_page(page)
    assert not app.exception
    assert not app.error
    found = charts(app)
    assert found
    assert all(reading.endswith(".") for data in found.values() for reading in data["readings"])
    explained = [expander for expander in app.expander if expander.label == "How is this computed?"]
    panels = sum(name.startswith("tornado") for name in found)
    assert len(explained) == len(found) - panels + bool(panels)
    assert all(expander.markdown[0].value.strip() for expander in explained)


def test_words_and_windows_are_applied_at_once() -> None:
    app = contexts_page()
    element(app, "text_input", "Words to look for").set_value("storm, hills").run()
    element(app, "number_input", "Tokens before a word").set_value(12).run()
    request = contexts_of(app)
    assert (request.targets, request.windows.window) == (("storm", "hills"), 12)
    assert {passage["name"].split()[0] for passage in charts(app)["occurrence-matrix"]["passages"]} == {
        "storm",
        "hills",
    }


@pytest.mark.parametrize(
    ("targets", "clue"),
    [
        ("lantern, unicorn", "“unicorn” does not occur in this text"),
        ("", "No target word is given"),
        ("lantern, lantern", "given twice"),
        (", ".join("abcdefghi"), "at most 8 fit"),
    ],
)
def test_targets_that_cannot_be_used_leave_the_last_result(targets: str, clue: str) -> None:
    app = contexts_page()
    before = charts(app)["occurrence-matrix"]["readings"]
    element(app, "text_input", "Words to look for").set_value(targets).run()
    assert not app.exception
    assert clue in errors(app)
    assert charts(app)["occurrence-matrix"]["readings"] == before
    assert contexts_of(app).targets == REQUEST.targets


def test_a_pasted_text_comes_with_words_of_its_own() -> None:
    app = contexts_page()
    kitchen = "".join(
        f"Day {n}: we boiled the soup, cut the bread and drank the cider until late at night. " for n in range(20)
    )
    element(app, "text_area", "or paste one").set_value(kitchen).run()
    element(app, "button", "Use the pasted text").click().run()
    assert not app.exception
    assert text_in_use(app) == pasted_text(kitchen)
    assert all(f" {target}" in kitchen for target in contexts_of(app).targets)


def test_a_suggestion_is_added_to_the_words() -> None:
    app = contexts_page()
    pills = element(app, "button_group", "Suggestions from this text")
    word = next(option for option in pills.options if option not in REQUEST.targets)
    pills.set_value(word).run()
    assert contexts_of(app).targets == (*REQUEST.targets, word)


def test_another_built_in_text_comes_with_words_of_its_own() -> None:
    app = open_page("pages/contexts.py", session=replace(first_session(), contexts=contexts_of(contexts_page())))
    element(app, "button_group", "Text").set_value("Built in").run()
    element(app, "selectbox", "Built-in text").set_value("shakespeare/macbeth").run()
    assert not app.exception
    chosen = contexts_of(app)
    assert (chosen.text, chosen.targets) == (BuiltinText("shakespeare/macbeth"), ("blood", "night", "love"))
    element(app, "toggle", "Also speakers and stage directions").set_value(True).run()
    assert contexts_of(app).text == BuiltinText("shakespeare/macbeth", directions=True)
    assert text_in_use(app).content.startswith("Macbeth\n\nACT I\n")
    element(app, "selectbox", "Built-in text").set_value("python-reference").run()
    assert (contexts_of(app).text, contexts_of(app).targets) == (BuiltinText(), ("object", "class", "function"))


def test_the_table_says_what_was_found() -> None:
    rows = contexts_page().dataframe[0].value
    assert list(rows["word"]) == list(REQUEST.targets)
    assert list(rows["found"]) == [30, 30, 30]
    assert list(rows["used"]) == [5, 5, 5]
    assert rows["too early"].max() == 1


def test_tornado_panels_hold_the_numbers_of_the_core_and_share_their_colours() -> None:
    app = contexts_page("pages/tornado.py")
    analysis = analyse_contexts(REQUEST)
    compared = tornado_contrasts(analysis, book_contrasts(analysis.label_pairs.labels))
    panels = [data for name, data in charts(app).items() if name.startswith("tornado")]
    assert [panel["title"] for panel in panels] == [one.contrast.name for one in compared]
    for panel, one in zip(panels, compared, strict=True):
        assert f"the mean of {one.n_pairs:,} pairs is {one.mean[4]:.3f}" in panel["readings"][4]
    assert len({json.loads(panel["spec"])["layout"]["coloraxis"]["cmax"] for panel in panels}) == 1


def test_bins_and_comparisons_can_be_changed() -> None:
    app = contexts_page("pages/tornado.py")
    element(app, "button_group", "Bins").set_value("The book's (0.4 to 1)").run()
    assert session_of(app).view.bins.low == 0.4
    assert any("outside the bins" in data["readings"][0] for data in charts(app).values())
    element(app, "button_group", "Compare").set_value("Every pair").run()
    assert sum(name.startswith("tornado") for name in charts(app)) == 6
    element(app, "button_group", "Compare").set_value("Your own").run()
    assert [data["title"] for name, data in charts(app).items() if name.startswith("tornado")] == ["panel A", "panel B"]
    assert not app.exception


def test_senses_show_the_numbers_of_the_core() -> None:
    app = senses_page()
    senses = analyse_sentences(SentenceRequest(SENTENCES)).senses
    assert senses is not None
    assert f"Δ is {senses.overall.delta[12]:.3f} over all words" in charts(app)["sense-profile"]["readings"][12]


def edit_sentence(app: AppTest, row: int, **cells: str) -> AppTest:
    key = app.session_state["sentences"].key
    app.session_state[key] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return app.run()


def test_an_edited_sentence_is_used_and_a_broken_one_explained() -> None:
    app = senses_page()
    app = edit_sentence(app, 0, text="The otter slid from the bank")
    assert session_of(app).sentences.sentences[0] == replace(SENTENCES[0], text="The otter slid from the bank")
    app = edit_sentence(app, 0, text="No such word here")
    assert not app.exception
    assert "bank" in errors(app)
    assert session_of(app).sentences.sentences[0].text == "The otter slid from the bank"
    assert charts(app)


def test_sentences_without_two_senses_of_a_word_are_explained() -> None:
    lone = (*SENTENCES[:2], Sentence("river", "They swam in the cold river", "river"))
    app = senses_page(lone)
    assert not app.exception
    assert any("in two senses" in info.value for info in app.info)
