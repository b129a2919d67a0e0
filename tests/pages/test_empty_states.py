"""Where there is nothing to show, the page says what to do."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.session import ContextsChoice
from tests.support.pages import ROOT, draft_area, errors
from tests.support.visits import SECONDS, STORY, captions, opened, session_of, words


def test_a_list_without_categories_or_words() -> None:
    app = opened("pages/words.py", words())
    for name in ("space", "furniture", "fruit"):
        draft_area(app, name).set_value("")
    app.run()
    assert "Category “fruit” is empty. Give it words or remove it." in errors(app)
    while remove := [button for button in app.button if str(button.key).startswith("remove-")]:
        remove[0].click().run()
    assert "this list has none. Add two." in errors(app)


def test_no_sentences_and_a_single_sense() -> None:
    app = opened("pages/senses.py", words())
    count = len(app.session_state["session"].sentences.sentences)
    for left, said in (
        (0, "There are no sentences. Add two senses"),
        (1, "all sentences are in “bank/river”. Add another"),
    ):
        gone = {"edited_rows": {}, "added_rows": [], "deleted_rows": list(range(left, count))}
        app.session_state["sentences-1"] = gone
        app.run()
        assert said in errors(app)


@pytest.fixture
def in_a_text(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("catsel_core.session.text_of", lambda *_: STORY)
    monkeypatch.setattr("pages.ui.controls.targets.text_of", lambda *_: STORY)
    session = session_of(words())
    chosen = ContextsChoice(session.contexts.text, ("moon", "star"), WindowChoice(10, 20))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = replace(session, contexts=chosen)
    return app.switch_page("pages/contexts.py").run()


def test_no_text_of_ones_own_no_word_and_no_hit(in_a_text: AppTest) -> None:
    app = in_a_text
    app.segmented_control(key="text-source").set_value("Your own").run()
    assert "No text of yours is here yet. Choose a file or paste one" in captions(app)
    assert not app.error
    app.text_input(key="targets").set_value("").run()
    assert "Type one to eight words" in errors(app) or "choose some of the suggestions" in errors(app)
    app.text_input(key="targets").set_value("qwxyz").run()
    assert "“qwxyz” does not occur in this text. Look at its spelling" in errors(app)


def test_no_prompts() -> None:
    app = opened("pages/prompts.py", words())
    app.multiselect(key="templates").set_value([]).run()
    assert "Choose 2 to 8 different prompts; there are 0." in errors(app)


def test_no_name_of_a_model() -> None:
    app = opened("pages/models.py", words())
    (look,) = [button for button in app.button if button.label == "Look it up"]
    look.click().run()
    assert "No model is named. Type a name of the hub" in errors(app)
