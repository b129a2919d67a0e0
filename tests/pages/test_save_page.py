"""A session saved as a file and opened on another page: all of it, with a way back to what was there."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.contexts import Bins
from catsel_core.export.session_file import from_json, to_json
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.text_references import GutenbergBook, OwnText
from catsel_core.inputs.texts import pasted_text
from catsel_core.session import ModelChoice, Session, first_session
from catsel_core.statistics.measures import Basis
from tests.support.core_fixtures import word_list
from tests.support.pages import draft_area, errors, session_of
from tests.support.tiny import llama_folder
from tests.support.visits import opened as visit
from tests.support.visits import words

TEXT = pasted_text("It was a dark and stormy night, and so it went on until the morning. " * 9)
START = replace(first_session(), model=ModelChoice(str(llama_folder())))
OTHER = replace(
    START,
    words=replace(
        START.words,
        words=word_list(pets="dog cat mouse", tools="hammer saw drill"),
        template="I like the {word}",
        measure="centred",
        basis=Basis("text"),
    ),
    contexts=replace(START.contexts, text=OwnText(TEXT.digest, TEXT.name), targets=("dark", "night")),
    view=replace(START.view, scale="shared", approach="careful"),
)


def opened(app: AppTest, content: bytes, name: str = "theirs.catsel.json") -> AppTest:
    return app.file_uploader[0].set_value((name, content, "application/json")).run()


def saved_of(app: AppTest) -> Session:
    """What the button saves, as it is read back."""
    labels = [button.proto.label for button in app.get("download_button")]
    content = app.session_state["session"]
    assert labels.count("Save as a file") == 1
    return from_json(to_json(content))


def test_an_opened_file_is_what_all_pages_show() -> None:
    app = visit("pages/words.py", words())
    draft_area(app, "fruit").set_value("pear, plum").run()
    mine = session_of(app)
    app.switch_page("pages/save.py").run()
    opened(app, to_json(OTHER, {TEXT.digest: TEXT}).encode())
    assert not app.exception
    assert session_of(app) == OTHER == saved_of(app)
    assert "has taken the place of what was here" in "".join(caption.value for caption in app.caption)
    app.switch_page("pages/words.py").run()
    assert draft_area(app, "pets").value == "dog, cat, mouse"
    assert app.text_input(key="template").value == "I like the {word}"
    assert session_of(app) == OTHER
    app.switch_page("pages/contexts.py").run()
    assert not app.error
    assert session_of(app) == OTHER
    app.switch_page("pages/save.py").run()
    next(button for button in app.button if button.label == "Undo").click().run()
    assert session_of(app) == mine
    app.switch_page("pages/words.py").run()
    assert draft_area(app, "fruit").value == "pear, plum"


def test_pages_keep_a_book_and_bins_that_they_do_not_offer() -> None:
    windows = WindowChoice(20, 500)
    contexts = replace(START.contexts, text=GutenbergBook(1342, True), targets=("love",), windows=windows)
    session = replace(START, contexts=contexts, view=replace(START.view, bins=Bins(12, -0.5, 1.0)))
    app = opened(visit("pages/save.py", words()), to_json(session).encode())
    assert "Pages take at most 200 occurrences" in "".join(caption.value for caption in app.caption)
    expected = replace(session, contexts=replace(contexts, windows=replace(windows, most=200)))
    for page in ("pages/contexts.py", "pages/tornado.py", "pages/save.py"):
        app.switch_page(page).run()
        assert not app.exception
        assert session_of(app) == expected


def test_a_model_that_is_not_here_is_said_to_be() -> None:
    session = replace(START, model=replace(START.model, reference="someone/elsewhere"))
    app = opened(visit("pages/save.py", words()), to_json(session).encode())
    told = "".join(caption.value for caption in app.sidebar.caption).replace("\\", "")
    assert "elsewhere, not on this computer yet" in told


def test_a_list_with_errors_is_back_with_the_session() -> None:
    app = visit("pages/words.py", words())
    draft_area(app, "fruit").set_value("pear, pear").run()
    assert errors(app)
    app.switch_page("pages/save.py").run()
    opened(app, to_json(OTHER).encode())
    next(button for button in app.button if button.label == "Undo").click().run()
    app.switch_page("pages/words.py").run()
    assert draft_area(app, "fruit").value == "pear, pear"
    assert errors(app)


@pytest.mark.parametrize(
    ("content", "clue"),
    [
        (b"\xff\xfe\x00", "it is not text in UTF-8"),
        (b"{", "its JSON cannot be read"),
        (json.dumps({"catsel_session": 1, "words": {"template": "no place"}}).encode(), "exactly once"),
        (b'{"catsel_session": 7}', "written by a newer catsel"),
        (b'{"catsel_session": 1, "texts": [{"content": "  "}]}', "nothing but white space"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(content: bytes, clue: str) -> None:
    app = visit("pages/save.py", words())
    before = session_of(app)
    opened(app, content, "<b>broken</b>.json")
    assert not app.exception
    assert clue in errors(app)
    assert session_of(app) == before


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def pressed(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_data_are_made_when_they_are_asked_for_and_anew_for_another_result() -> None:
    app = visit("pages/save.py", words())
    assert downloads(app) == ["Save as a file", "Notebook"]
    pressed(app, "Make the data")
    assert not app.exception
    assert downloads(app) == ["Save as a file", "Notebook", "Data as a zip"]
    app.segmented_control[0].set_value("sentences").run()
    assert downloads(app) == ["Save as a file", "Notebook"]


def test_why_there_is_nothing_to_take_along_is_said() -> None:
    app = visit("pages/save.py", words())
    app.session_state["session"] = OTHER  # whose text has not come along
    app.segmented_control[0].set_value("contexts").run()
    assert "is not here. Upload or paste it again" in errors(app)
    assert downloads(app) == ["Save as a file"]
    app.session_state["session"] = replace(START, contexts=replace(START.contexts, targets=("zyzzyva",)))
    pressed(app.run(), "Make the data")
    assert not app.exception
    assert "zyzzyva" in errors(app)
    assert downloads(app) == ["Save as a file", "Notebook"]
