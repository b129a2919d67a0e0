"""All that a page says goes through the catalogues: in a made-up language nothing else is left on it."""

import functools
import gettext
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from catsel_core.language import translation
from pages.ui.work.cache import MEMORY
from tests.support.pages import ROOT
from tests.support.visits import SECONDS, session_of, words

PAGES = ["app.py", *sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))]
SAID = {"label", "help", "placeholder", "title", "options", "readings", "about", "name", "text", "hovertemplate"}
"""Keys of what is read."""

WRITTEN = {"markdown", "caption", "heading", "header", "subheader", "title", "html"}
"""Elements whose body is read."""

NOT_SAID = re.compile(r"term=|\{word|<style|<script")
"""In texts with links to the glossary, which have a file of their own; in prompts; in what the browser reads."""

_WORDS = "the of and are this that with for from how which to by on at as its or no one you your"
ENGLISH = re.compile(rf"(?<![\w-])(?:{_WORDS.replace(' ', '|')})(?![\w-])")
"""Words of sentences that are no German ones, and stand in no list."""


class MadeUp(gettext.NullTranslations):
    """Says everything between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


class OwnName(MadeUp):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        return self.language if message == translation.OWN_NAME else super().gettext(message)


def around(text: str) -> str:
    """What is left without words of a list, and without all that stands in brackets, which may stand in others."""
    text = re.sub(r"<bdi>.*?</bdi>", " ", text)
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = less
    return text


def elements(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for child in getattr(node, "children", {}).values():
        if hasattr(getattr(child, "proto", None), "DESCRIPTOR"):
            yield child.type, MessageToDict(child.proto)
        yield from elements(child)


def read_of(kind: str, values: Any, key: str = "") -> Iterator[str]:
    """The texts of an element that a visitor reads; a figure's too."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from read_of(kind, value, name)
    elif isinstance(values, list):
        for value in values:
            yield from read_of(kind, value, key) if isinstance(value, dict) or key in SAID - {"text"} else ()
    elif isinstance(values, str):
        if key in ("json", "spec", "columns"):
            yield from read_of(kind, json.loads(values))
        elif key in SAID or (key == "body" and kind in WRITTEN):
            yield values


def said_on(app: AppTest) -> set[str]:
    said = {text for kind, values in elements(app._tree) for text in read_of(kind, values)}
    return {text for text in said if not NOT_SAID.search(text)}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """A visitor who is spoken to in the made-up language, and goes from page to page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translation, "_catalogue", functools.cache(OwnName))
        patch.setenv("CATSEL_LANGUAGE", "de")  # so that what is kept for a language is not English
        patch.setenv("CATSEL_WARM_UP", "0")
        MEMORY.clear()
        visitor = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
        visitor.session_state["session"] = session_of(words())
        yield visitor
        MEMORY.clear()


@pytest.mark.parametrize("page", PAGES)
def test_everything_on_a_page_can_be_translated(page: str, app: AppTest) -> None:
    app.switch_page(page).run()
    assert not app.exception
    said = said_on(app)
    assert sum(around(text) != text for text in said) > 20
    assert {text for text in said if ENGLISH.search(around(text))} == set()
