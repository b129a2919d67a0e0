"""A link opens its session on any page, once, with a way back; one that cannot be used changes nothing."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.export.session_link import packed, put_away
from catsel_core.inputs.text_references import OwnText
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.word_lists import make_word_list
from catsel_core.session import ModelChoice, Session, first_session
from tests.export.test_session_link import code_of
from tests.support.pages import draft_area, errors, session_of
from tests.support.tiny import llama_folder
from tests.support.visits import opened, words

START = replace(first_session(), model=ModelChoice(str(llama_folder())))
MARKUP = "<b>a</b> [x](https://example.org) *y*"


def with_words(**lists: str) -> Session:
    made = make_word_list([(name, text.split()) for name, text in lists.items()])
    return replace(START, words=replace(START.words, words=made))


PETS = with_words(pets="dog cat mouse", tools="hammer saw drill")


def follow(app: AppTest, **parameters: str) -> AppTest:
    """The page is opened with these parameters in its address."""
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def code(session: Session) -> str:
    made = packed(session)
    assert made is not None
    return made


def test_a_link_opens_on_its_page_and_leads_back() -> None:
    app = opened("pages/words.py", words())
    draft_area(app, "fruit").set_value("pear, pear").run()
    mine = session_of(app)
    app.switch_page("pages/one_layer.py").run()
    follow(app, session=code(PETS), layer="7")
    assert not app.exception
    assert session_of(app) == PETS
    assert "session" not in app.query_params
    assert app.query_params["layer"] == "7"
    app.run()
    assert session_of(app) == PETS
    next(button for button in app.button if button.label == "Undo").click().run()
    assert session_of(app) == mine
    app.switch_page("pages/words.py").run()
    assert draft_area(app, "fruit").value == "pear, pear"
    assert "Undo" not in [button.label for button in app.button]


def test_the_same_session_again_is_nothing_new() -> None:
    app = opened("pages/one_layer.py", words())
    follow(app, session=code(session_of(app)))
    assert "Undo" not in [button.label for button in app.button]


def test_a_link_to_what_this_server_keeps_opens_it() -> None:
    text = pasted_text("It was a dark and stormy night, and so it went on until the morning. " * 9)
    contexts = replace(START.contexts, text=OwnText(text.digest, text.name), targets=("dark", "night"))
    key = put_away(replace(START, contexts=contexts), {text.digest: text})
    assert key is not None
    app = follow(opened("pages/contexts.py", words()), kept=key)
    assert not app.exception
    assert not app.error
    assert session_of(app).contexts == contexts


@pytest.mark.parametrize(
    ("parameters", "clue"),
    [
        ({"session": "x"}, "This link is damaged"),
        ({"session": code_of({"catsel_session": 9})}, "written by a newer catsel"),
        ({"session": code_of({"catsel_session": 1, "words": {"template": MARKUP}})}, "exactly once"),
        ({"session": code_of({"catsel_session": 1, "words": {"categories": MARKUP}})}, MARKUP),
        ({"kept": "0" * 64}, "not on this server"),
    ],
)
def test_a_link_that_cannot_be_used_changes_nothing(parameters: dict[str, str], clue: str) -> None:
    app = opened("pages/one_layer.py", words())
    before = session_of(app)
    follow(app, **parameters)
    assert not app.exception
    assert "The link was not opened." in errors(app)
    assert clue in errors(app)
    assert session_of(app) == before
    assert MARKUP not in "".join(error.value for error in app.error)


def test_what_a_link_says_is_never_markup() -> None:
    strange = make_word_list([(MARKUP, ["dog", "cat"]), ("<script>alert(1)</script>", ["saw", "drill"])])
    session = replace(START, words=replace(START.words, words=strange, template="<i>{word}</i> **b**"))
    app = follow(opened("pages/words.py", words()), session=code(session))
    assert not app.exception
    assert session_of(app) == session
    drawn = "".join(each.proto.body for each in app.get("html"))
    written = "".join(each.value for each in [*app.markdown, *app.caption, *app.info])
    assert "&lt;script&gt;alert" in drawn
    assert not [markup for markup in ("<script>alert", "<b>a</b>", "<i>") if markup in drawn + written]
    assert "[x](https" not in written


def share(app: AppTest) -> dict[str, Any]:
    """What the component that shows a link is given."""

    def find(node: Any) -> dict[str, Any] | None:
        for child in getattr(node, "children", {}).values():
            if child.type == "bidi_component":
                [data] = json.loads(child.proto.json)
                if "code" in data:
                    return dict(data)
            if (found := find(child)) is not None:
                return found
        return None

    found = find(app._tree)
    assert found is not None
    return found


def test_the_page_shows_a_link_to_where_the_visitor_was() -> None:
    app = opened("pages/across_layers.py", words())
    app.switch_page("pages/save.py").run()
    shown = share(app)
    assert (shown["name"], shown["page"], shown["base"]) == ("session", "across_layers", "/")
    assert ["One layer", "one_layer"] in shown["pages"]
    assert ["Overview", ""] in shown["pages"]
    there = follow(opened("pages/one_layer.py", words("A {word}")), session=shown["code"])
    assert session_of(there) == session_of(app)


def test_a_long_session_is_said_to_work_here_only() -> None:
    app = opened("pages/save.py", words())
    assert "opens the same on any catsel" in "".join(caption.value for caption in app.caption)
    draw = random.Random(3)
    lists = {f"group{at}": " ".join("".join(draw.choices("abcdefghij", k=12)) for _ in range(40)) for at in range(6)}
    app.session_state["session"] = with_words(**lists)
    app.run()
    assert share(app)["name"] == "kept"
    assert "works here only" in "".join(caption.value for caption in app.caption)
