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
from catsel_core.inputs.texts import pasted_text
from catsel_core.statistics.contrasts import book_contrasts
from tests.pages.test_pages import ROOT, charts, errors

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
    return open_page(page, contexts=REQUEST, **{"own-text": REQUEST.text, "text-source": "Your own"})


def element(app: AppTest, kind: str, label: str) -> Any:
    return next(found for found in app.get(kind) if getattr(found, "label", None) == label)


def test_the_first_visit_shows_a_finished_result_of_the_built_in_text() -> None:
    app = open_page("pages/contexts.py")
    assert not app.exception
    assert not app.error
    assert set(charts(app)) == {"occurrence-matrix", "group-distributions", "group-mask"}
    assert "Python" in app.session_state["contexts"].text.name
    assert any("drawn with seed 25" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("pages/contexts.py", {"contexts": REQUEST}),
        ("pages/tornado.py", {"contexts": REQUEST}),
        ("pages/senses.py", {"sentences": SentenceRequest(SENTENCES)}),
    ],
)
def test_every_chart_has_a_reading_and_every_page_explains_them(page: str, state: dict[str, Any]) -> None:
    app = open_page(page, **state)
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
    request = app.session_state["contexts"]
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
    assert app.session_state["contexts"].targets == REQUEST.targets


def test_a_pasted_text_comes_with_words_of_its_own() -> None:
    app = open_page("pages/contexts.py", contexts=REQUEST, **{"text-source": "Your own"})
    kitchen = "".join(
        f"Day {n}: we boiled the soup, cut the bread and drank the cider until late at night. " for n in range(20)
    )
    element(app, "text_area", "or paste one").set_value(kitchen).run()
    element(app, "button", "Use the pasted text").click().run()
    assert not app.exception
    assert app.session_state["contexts"].text == pasted_text(kitchen)
    assert all(f" {target}" in kitchen for target in app.session_state["contexts"].targets)


def test_a_suggestion_is_added_to_the_words() -> None:
    app = contexts_page()
    pills = element(app, "button_group", "Suggestions from this text")
    word = next(option for option in pills.options if option not in REQUEST.targets)
    pills.set_value(word).run()
    assert app.session_state["contexts"].targets == (*REQUEST.targets, word)


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
    assert app.session_state["contexts"].bins.low == 0.4
    assert any("outside the bins" in data["readings"][0] for data in charts(app).values())
    element(app, "button_group", "Compare").set_value("Every pair").run()
    assert sum(name.startswith("tornado") for name in charts(app)) == 6
    element(app, "button_group", "Compare").set_value("Your own").run()
    assert [data["title"] for name, data in charts(app).items() if name.startswith("tornado")] == ["panel A", "panel B"]
    assert not app.exception


def test_senses_show_the_numbers_of_the_core() -> None:
    app = open_page("pages/senses.py", sentences=SentenceRequest(SENTENCES))
    senses = analyse_sentences(SentenceRequest(SENTENCES)).senses
    assert senses is not None
    assert f"Δ is {senses.overall.delta[12]:.3f} over all words" in charts(app)["sense-profile"]["readings"][12]


def edit_sentence(app: AppTest, row: int, **cells: str) -> AppTest:
    key = f"sentences-{app.session_state['sentence_version']}"
    app.session_state[key] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return app.run()


def test_an_edited_sentence_is_used_and_a_broken_one_explained() -> None:
    app = open_page("pages/senses.py", sentences=SentenceRequest(SENTENCES))
    app = edit_sentence(app, 0, text="The otter slid from the bank")
    assert app.session_state["sentences"].sentences[0] == replace(SENTENCES[0], text="The otter slid from the bank")
    app = edit_sentence(app, 0, text="No such word here")
    assert not app.exception
    assert "bank" in errors(app)
    assert app.session_state["sentences"].sentences[0].text == "The otter slid from the bank"
    assert charts(app)


def test_sentences_without_two_senses_of_a_word_are_explained() -> None:
    lone = (*SENTENCES[:2], Sentence("river", "They swam in the cold river", "river"))
    app = open_page("pages/senses.py", sentences=SentenceRequest(lone))
    assert not app.exception
    assert any("in two senses" in info.value for info in app.info)
