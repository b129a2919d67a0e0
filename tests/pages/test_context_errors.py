"""Contexts while something is wrong: the last result stays on the page, marked as the last."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.inputs.text_references import OwnText
from catsel_core.inputs.texts import pasted_text
from catsel_core.session import ContextsChoice, ModelChoice, first_session
from tests.support.gate import Gate
from tests.support.pages import ROOT, charts, errors, session_of
from tests.support.tiny import gpt2_folder
from tests.support.visits import SECONDS, STORY, captions, contexts

pytestmark = pytest.mark.usefixtures("fresh")

LAST = "Below is still the last result."


@pytest.fixture
def shown(gate: Gate) -> AppTest:
    """Contexts of one word in the story, finished."""
    gate.open()
    request = contexts("moon")
    text = OwnText(STORY.digest, STORY.name)
    chosen = ContextsChoice(text, request.targets, request.windows)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = replace(first_session(), contexts=chosen, model=ModelChoice(request.model))
    app.session_state["own_texts"] = {STORY.digest: STORY}
    app.session_state["own-text"] = text
    app.session_state["text-source"] = "Your own"
    app.switch_page("pages/contexts.py").run()
    assert not app.exception
    assert readings(app)
    assert LAST not in captions(app)
    return app


def readings(app: AppTest) -> Any:
    return charts(app)["occurrence-matrix"]["readings"]


def test_a_text_that_is_gone_leaves_the_last_result(shown: AppTest) -> None:
    before = readings(shown)
    shown.session_state["own_texts"] = {}
    for page in ("pages/contexts.py", "pages/tornado.py"):
        shown.switch_page(page).run()
        assert not shown.exception
        assert "is not here. Upload or paste it again." in errors(shown)
        assert LAST in captions(shown)
    shown.switch_page("pages/contexts.py").run()
    assert readings(shown) == before


def test_words_that_are_not_there_leave_the_last_result(shown: AppTest) -> None:
    before = readings(shown)
    shown.text_input(key="targets").set_value("moon, unicorn").run()
    assert "“unicorn” does not occur in this text" in errors(shown)
    assert readings(shown) == before


def test_a_model_that_is_gone_leaves_the_last_result(shown: AppTest) -> None:
    before = readings(shown)
    shown.session_state["session"] = replace(session_of(shown), model=ModelChoice("/no/such/model"))
    shown.run()
    assert not shown.exception
    assert "There is no model “/no/such/model”" in errors(shown)
    assert LAST in captions(shown)
    assert readings(shown) == before


def test_a_stop_leaves_the_last_result(shown: AppTest) -> None:
    before = readings(shown)
    session = replace(session_of(shown), model=ModelChoice(str(gpt2_folder())))
    request = session.context_request({STORY.digest: STORY})
    shown.session_state["session"] = session
    shown.session_state["stopped"] = (request, 12, 200)
    shown.run()
    assert "Stopped after 12 of 200 windows. What was finished is kept." in shown.info[0].value.replace("\\", "")
    assert LAST in captions(shown)
    assert readings(shown) == before


def test_without_a_last_result_the_page_says_only_what_is_wrong() -> None:
    gone = OwnText(pasted_text("no longer here " * 9).digest, "Mine")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = replace(
        first_session(), contexts=ContextsChoice(gone, ("moon",)), model=ModelChoice(contexts("moon").model)
    )
    app.switch_page("pages/contexts.py").run()
    assert not app.exception
    assert "The text “Mine” is not here" in errors(app)
    assert not charts(app)
    assert LAST not in captions(app)
