"""What was typed is still there when the visitor comes back to a page, usable or not."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.inputs.sentences import Sentence
from catsel_core.session import SentencesChoice, first_session
from tests.support.pages import ROOT, draft_area, errors, open_page, request_of, session_of

pytestmark = pytest.mark.bundled

BANKS = (
    Sentence("bank/river", "They fished all day and slept on the bank", "bank"),
    Sentence("bank/river", "The boat was tied to the muddy bank", "bank"),
    Sentence("bank/money", "She borrowed the money from the bank", "bank"),
    Sentence("bank/money", "The robbers had planned for months to enter the bank", "bank"),
)


def away_and_back(app: AppTest, page: str) -> AppTest:
    return app.switch_page("pages/models.py").run().switch_page(page).run()


def test_a_list_and_a_prompt_with_errors_are_kept() -> None:
    app = open_page("pages/words.py")
    draft_area(app, "fruit").set_value("pear, pear").run()
    app.text_input(key="template").set_value("no place for it").run()
    away_and_back(app, "pages/words.py")
    assert draft_area(app, "fruit").value == "pear, pear"
    assert app.text_input(key="template").value == "no place for it"
    assert "“pear” stands 2 times" in errors(app)
    assert "exactly once" in errors(app)


def test_a_pasted_list_that_is_not_used_yet_is_kept() -> None:
    app = open_page("pages/words.py")
    app.segmented_control(key="edit-mode").set_value("Paste, import, export").run()
    app.text_area[0].set_value("pets: dog").run()
    away_and_back(app, "pages/words.py")
    app.segmented_control(key="edit-mode").set_value("Paste, import, export").run()
    assert app.text_area[0].value == "pets: dog"


def edited(app: AppTest, table: str, **changes: Any) -> AppTest:
    app.session_state[app.session_state[table].key] = {
        "edited_rows": {},
        "added_rows": [],
        "deleted_rows": [],
        **changes,
    }
    return app.run()


def test_a_half_filled_row_of_words_is_kept() -> None:
    app = open_page("pages/words.py")
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    edited(app, "table", added_rows=[{"category": "animals"}], edited_rows={0: {"word": "nebula"}})
    assert request_of(app).words.categories[0].words[0] == "nebula"
    away_and_back(app, "pages/words.py")
    app.segmented_control(key="edit-mode").set_value("As a table").run()
    rows = app.session_state["table"].now
    assert rows[0] == {"category": "space", "word": "nebula"}
    assert rows[-1]["category"] == "animals"


def test_sentences_with_errors_are_kept_until_others_take_their_place() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)
    app.session_state["session"] = replace(first_session(), sentences=SentencesChoice(BANKS))
    app.run().switch_page("pages/senses.py").run()
    edited(app, "sentences", edited_rows={0: {"text": "No such word here"}})
    assert "bank" in errors(app)
    away_and_back(app, "pages/senses.py")
    assert app.session_state["sentences"].now[0]["text"] == "No such word here"
    assert "bank" in errors(app)
    assert session_of(app).sentences.sentences == BANKS
    app.session_state["session"] = first_session()
    app.run()
    assert app.session_state["sentences"].now[0]["text"] == session_of(app).sentences.sentences[0].text
