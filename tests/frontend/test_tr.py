"""tr.js and speak.js: what scripts say in the language of their page."""

from typing import TYPE_CHECKING

import pytest

from tests.frontend.scripts import load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def page(page: "Page") -> "Page":
    load(page, "tr.js", "speak.js")
    return page


def said(page: "Page", call: str) -> str:
    text: str = page.evaluate(f"() => {call}")
    return text


def test_before_anything_is_spoken_it_is_english(page: "Page") -> None:
    assert said(page, "tr('Layer')") == "Layer"
    assert said(page, "tr('{layer} of {last}', { layer: 'L3', last: 12 })") == "L3 of 12"


def test_words_are_those_of_the_language_and_others_stay(page: "Page") -> None:
    page.evaluate("""() => speak("de", { "Layer": "Schicht", "{layer} of {last}": "{last}, davon {layer}" })""")
    assert said(page, "tr('Layer')") == "Schicht"
    assert said(page, "tr('No such message')") == "No such message"
    assert said(page, "tr('{layer} of {last}', { layer: 'L3', last: 12 })") == "12, davon L3"
    assert said(page, "document.documentElement.lang") == "de"


def test_what_is_typed_is_put_in_as_it_is(page: "Page") -> None:
    assert said(page, "tr('{word}: {none}', { word: '$& {none}' })") == "$& {none}: {none}"
