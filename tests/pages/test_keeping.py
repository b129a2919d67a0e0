"""What a visitor has is there again for the same browser: after a reload, in a second tab, after a restart."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.export.session_file import to_json
from catsel_core.inputs.text_references import OwnText
from catsel_core.inputs.texts import pasted_text
from catsel_core.session import ModelChoice, first_session
from catsel_core.settings import visitors_dir
from catsel_core.store import Entry, FolderStore, content_key
from pages.ui.session import names
from pages.ui.session.visitor import ANSWERS
from tests.support.pages import ROOT, draft_area, errors, session_of
from tests.support.tiny import book_model_home

TEXT = pasted_text("It was a dark and stormy night, and so it went on until the morning. " * 9)


@pytest.fixture(scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_model_home(tmp_path_factory.mktemp("home"))


Browser = Callable[[str], AppTest]
Named = Callable[[str | None], Browser]


@pytest.fixture
def named(_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Named:
    """A browser with a cookie, or without: each page that it opens is a tab of its own on a server just started."""
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    monkeypatch.setenv("HF_HOME", str(_home))
    monkeypatch.setenv("HF_HUB_CACHE", str(_home / "hub"))

    def browser(name: str | None) -> Browser:
        def opens(page: str) -> AppTest:
            monkeypatch.setattr(names, "in_browser", lambda: name)
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
            return app if page == "app.py" else app.switch_page(page).run()

        return opens

    return browser


MINE, THEIRS = "0123456789abcdef" * 2, "f" * 32


def undo(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "Undo").click().run()


def test_lists_prompts_and_drafts_with_errors_are_there_again(named: Named) -> None:
    first = named(MINE)("pages/words.py")
    draft_area(first, "fruit").set_value("pear, plum").run()
    mine = session_of(first)
    draft_area(first, "space").set_value("moon, moon").run()
    first.text_input(key="template").set_value("no place").run()
    assert errors(first)
    again = named(MINE)("pages/words.py")
    assert not again.exception
    assert session_of(again) == mine
    assert draft_area(again, "fruit").value == "pear, plum"
    assert draft_area(again, "space").value == "moon, moon"
    assert again.text_input(key="template").value == "no place"
    assert errors(again) == errors(first)
    for other in (THEIRS, None):
        assert session_of(named(other)("pages/words.py")) != mine


def test_words_to_look_for_are_there_again_for_every_text(named: Named) -> None:
    first = named(MINE)("pages/contexts.py")
    first.text_input(key="targets").set_value("xylophone").run()
    assert errors(first)
    first.number_input(key="window").set_value(7).run()
    again = named(MINE)("pages/contexts.py")
    assert again.text_input(key="targets").value == "xylophone"
    assert again.number_input(key="window").value == 7
    assert errors(again) == errors(first)
    assert session_of(again) == session_of(first)


def test_an_own_text_is_there_again(named: Named) -> None:
    session = first_session()
    contexts = replace(session.contexts, text=OwnText(TEXT.digest, TEXT.name), targets=("dark", "night"))
    first = named(MINE)("pages/save.py")
    saved = to_json(replace(session, contexts=contexts), {TEXT.digest: TEXT})
    first.file_uploader[0].set_value(("theirs.catsel.json", saved.encode(), "application/json")).run()
    again = named(MINE)("pages/contexts.py")
    assert not again.error
    assert not again.exception
    assert session_of(again).contexts.text == contexts.text
    assert again.session_state["own_texts"][TEXT.digest].content == TEXT.content


def test_the_way_back_is_there_again(named: Named) -> None:
    first = named(MINE)("pages/words.py")
    draft_area(first, "fruit").set_value("pear, pear").run()
    mine = session_of(first)
    first.switch_page("pages/save.py").run()
    other = to_json(replace(mine, words=replace(mine.words, template="I like the {word}")))
    first.file_uploader[0].set_value(("theirs.catsel.json", other.encode(), "application/json")).run()
    again = named(MINE)("pages/save.py")
    assert session_of(again).words.template == "I like the {word}"
    undo(again)
    assert session_of(again) == mine
    again.switch_page("pages/words.py").run()
    assert draft_area(again, "fruit").value == "pear, pear"


def test_who_begins_anew_leaves_nothing_to_the_next(named: Named) -> None:
    first = named(MINE)("pages/words.py")
    draft_area(first, "fruit").set_value("pear, plum").run()
    mine = session_of(first)
    first.switch_page("pages/save.py").run()
    next(button for button in first.button if button.label == "Begin anew").click().run()
    assert session_of(first) == first_session()
    again = named(MINE)("pages/save.py")
    assert session_of(again) == first_session()
    assert "Undo" not in [button.label for button in again.button]
    assert not [path for path in visitors_dir().glob("*.npz") if b"plum" in path.read_bytes()]
    undo(first)
    assert session_of(first) == mine


def test_answers_of_lessons_are_there_again_until_somebody_begins_anew(named: Named) -> None:
    first = named(MINE)("pages/save.py")
    first.session_state[ANSWERS] = answers = {"delta-and-t/look/predict": "L0"}
    first.run()
    again = named(MINE)("pages/save.py")
    assert again.session_state[ANSWERS] == answers
    next(button for button in again.button if button.label == "Begin anew").click().run()
    assert again.session_state[ANSWERS] == {}
    assert named(MINE)("pages/save.py").session_state[ANSWERS] == {}
    undo(again)
    assert again.session_state[ANSWERS] == answers


def test_a_newcomer_leaves_no_file_and_gets_a_name(named: Named) -> None:
    app = named(None)("app.py")
    assert not visitors_dir().exists()
    assert app.session_state["visitor-name"] in "".join(element.proto.body for element in app.get("html"))


def test_nothing_is_kept_where_that_is_not_wanted(named: Named, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_VISITORS_MB", "0")
    app = named(MINE)("pages/words.py")
    draft_area(app, "fruit").set_value("pear, plum").run()
    assert not visitors_dir().exists()
    assert session_of(named(MINE)("app.py")) == first_session()
    assert "keeps nothing" in "".join(each.value for each in named(MINE)("pages/save.py").caption)


@pytest.mark.parametrize(
    "damage", [{}, {"form": 1}, {"form": 1, "session": "{}", "texts": 3}, {"form": 2, "session": "x"}]
)
def test_what_cannot_be_taken_up_again_is_as_for_a_newcomer(
    named: Named, damage: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    FolderStore(visitors_dir()).put(content_key({"visitor": MINE}), Entry({}, damage))
    app = named(MINE)("pages/words.py")
    assert not app.exception
    assert session_of(app) == first_session()
    draft_area(app, "fruit").set_value("pear, plum").run()
    assert session_of(named(MINE)("app.py")) == session_of(app)


def test_a_model_that_has_gone_is_said_to_have(named: Named) -> None:
    first = named(MINE)("pages/save.py")
    session = replace(first_session(), model=ModelChoice("someone/elsewhere"))
    first.file_uploader[0].set_value(("theirs.catsel.json", to_json(session).encode(), "application/json")).run()
    again = named(MINE)("app.py")
    assert not again.exception
    assert "someone/elsewhere" in errors(again)
