"""The line that a page's controls are folded into: what is chosen is read in it, and what is wrong stands outside."""

import re
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.session import ModelChoice, Session, first_session
from tests.support.pages import ROOT, errors
from tests.support.tiny import llama_folder
from tests.support.visits import SECONDS, opened, words


def line(app: AppTest) -> str:
    """The text of the line."""
    [found] = [html.proto.body for html in app.get("html") if '<p class="catsel-chosen"' in html.proto.body]
    return re.sub(r"<[^>]+>", "", found)


def fold(app: AppTest, name: str) -> Any:
    return next(expander for expander in app.expander if expander.label == name)


def page_of(path: str, session: Session | None = None) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    chosen = replace(session or first_session(), model=ModelChoice(str(llama_folder())))
    app.session_state["session"] = chosen
    return app.switch_page(path).run()


@pytest.mark.parametrize("page", ["app.py", "pages/one_layer.py", "pages/across_layers.py"])
def test_pages_of_words_say_which_words(page: str) -> None:
    app = opened(page, words("I <b>like</b> {word}"))
    assert not app.exception
    assert line(app) == "34 words in 3 categories · I &lt;b&gt;like&lt;/b&gt; {word} · last piece · cosine"


def test_senses_say_which_sentences_and_keep_their_errors_in_sight() -> None:
    app = page_of("pages/senses.py")
    assert not app.exception
    before = line(app)
    assert re.match(r"\d+ sentences · \d+ words · bank", before)
    key = app.session_state["sentences"].key
    app.session_state[key] = {"edited_rows": {0: {"text": "Nothing of the kind"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    assert "bank" in errors(app)
    assert not fold(app, "Sentences").error
    assert line(app) == before


def test_compare_says_what_differs_and_once_what_does_not() -> None:
    app = page_of("pages/compare.py")
    assert not app.exception
    same = "The next word is {word} · last piece · cosine"
    assert re.fullmatch(rf"A: tiny-llama · B: [^·]+ · {re.escape(same)}", line(app))
    app.text_input(key="template-B").set_value("no place").run()
    assert "no place" in errors(app)
    assert not fold(app, "Sides").error
