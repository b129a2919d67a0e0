"""Built-in texts: the language reference that is always there, and plays by name."""

import platform
import sys

import pytest

from catsel_core.errors import InputError
from catsel_core.inputs import builtin_texts, shakespeare
from catsel_core.inputs.builtin_texts import BUILTIN, builtin_text, checked_name, titles
from catsel_core.inputs.text_references import BuiltinText, GutenbergBook, OwnText, text_of
from catsel_core.inputs.texts import make_text
from catsel_core.inputs.usual_targets import GATSBY, PYTHON, first_targets, known_targets


def test_the_built_in_text_is_pythons_language_reference() -> None:
    text = builtin_text()
    assert text.name == "Python's language reference"
    assert platform.python_version() in text.origin
    assert "offline" in text.origin
    assert text.content.startswith('The "assert" statement')
    assert len(text.content) > 300_000
    assert builtin_text(BUILTIN) is text


def test_an_unknown_built_in_text() -> None:
    with pytest.raises(InputError) as caught:
        builtin_text("gatsby")
    assert str(caught.value).startswith(
        "There is no built-in text “gatsby”; choose python-reference, shakespeare, a group"
    )


def test_a_python_without_its_help_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    builtin_texts._python_reference.cache_clear()
    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    with pytest.raises(InputError, match=r"without its help texts \(pydoc_data\)\. Upload a text instead\."):
        builtin_text()


@pytest.mark.parametrize("name", ["", "Shakespeare", "shakespeare/", "shakespeare/../hamlet", "hamlet", "x" * 10_000])
def test_other_names_are_refused_in_one_line(name: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_name(name)
    assert len(str(caught.value)) < 250


def test_every_name_has_a_title_of_its_own() -> None:
    assert len(titles()) == len(set(titles().values())) == 38 + 6 + 1 + 1
    assert all(checked_name(name) == name for name in titles())


def test_a_reference_names_a_text_and_whether_its_directions_stay() -> None:
    play = text_of(BuiltinText("shakespeare/macbeth"), {})
    assert play == builtin_text("shakespeare/macbeth")
    assert text_of(BuiltinText("shakespeare/macbeth", directions=True), {}) == builtin_text("shakespeare/macbeth", True)
    assert text_of(BuiltinText(), {}) == builtin_text()


def test_words_to_begin_with() -> None:
    assert first_targets(GutenbergBook(64317)) == GATSBY
    assert first_targets(BuiltinText()) == known_targets(builtin_text()) == PYTHON
    assert first_targets(BuiltinText(shakespeare.FIRST)) == shakespeare.TARGETS
    assert known_targets(builtin_text("shakespeare/romeo-and-juliet")) == shakespeare.TARGETS
    assert known_targets(builtin_text("shakespeare/the-merry-wives-of-windsor")) == ()  # one drop of blood in it
    assert known_targets(make_text("Your text", "pasted", "The blood of night and love.")) == ()
    assert first_targets(OwnText("0" * 64, "Your text")) == GATSBY
