"""Saying something in the language that is spoken."""

import threading
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from catsel_core.language import (
    LANGUAGES,
    USUAL,
    beside,
    mark,
    name_of,
    nearest,
    of_viewer,
    once_each_language,
    speak,
    spoken,
    tr,
    tr_count,
    translation,
)

SAID: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "English": "Deutsch",
    "Words": "Wörter",
    "At {layer} the mean is {mean:.3f}.": "Der Mittelwert bei {layer} ist {mean:.3f}.",
    "{{word}} in {place}": "{{word}} an {place}",
    "Put {word} into it.": "Setzen Sie {word} ein.",
    ("{count:,} word of {name}", "{count:,} words of {name}"): (
        "{count:,} Wort aus {name}",
        "{count:,} Wörter aus {name}",
    ),
}
IN_VIEWER: dict[str | tuple[str, ...], str | tuple[str, ...]] = {"Close": "Schließen", "“Play”": "„Abspielen“"}


@pytest.fixture(autouse=True)
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A German of a few words; English is spoken before and after."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain, said in (("catsel", SAID), ("viewer", IN_VIEWER)):
        made = Catalog(locale="de")
        for english, german in said.items():
            made.add(english, german)
        with (folder / f"{domain}.mo").open("wb") as file:
            write_mo(file, made)
        with (tmp_path / f"{domain}.pot").open("wb") as file:
            write_po(file, made, omit_header=True, width=0)
    monkeypatch.setattr(translation, "FOLDER", tmp_path)
    _forget()
    yield
    speak(USUAL)
    _forget()


def _forget() -> None:
    translation._catalogue.cache_clear()
    translation._said_by_viewer.cache_clear()


def test_english_is_usual_and_first_of_the_languages() -> None:
    assert (spoken(), USUAL, LANGUAGES[0]) == ("en", "en", "en")
    assert "de" in LANGUAGES
    assert len(set(LANGUAGES)) == len(LANGUAGES)


def test_in_english_everything_is_said_as_it_stands() -> None:
    assert tr("Words") == mark("Words") == "Words"
    assert tr("At {layer} the mean is {mean:.3f}.", layer="L4", mean=0.25) == "At L4 the mean is 0.250."
    assert tr_count("{count} word", "{count} words", 1) == "1 word"
    assert tr_count("{count} word", "{count} words", 0) == "0 words"


def test_a_message_is_said_in_the_language_that_is_spoken() -> None:
    speak("de")
    assert spoken() == "de"
    assert tr("Words") == "Wörter"
    assert tr("At {layer} the mean is {mean:.3f}.", layer="L4", mean=0.25) == "Der Mittelwert bei L4 ist 0.250."


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_not_translated_and_nothing_at_all_are_said_as_they_stand(language: str) -> None:
    speak(language)
    assert tr("Nobody has translated this.") == "Nobody has translated this."
    assert tr_count("{count} stone", "{count} stones", 3) == "3 stones"
    assert tr("") == ""


@pytest.mark.parametrize(
    ("count", "english", "german"),
    [
        (0, "0 words of x", "0 Wörter aus x"),
        (1, "1 word of x", "1 Wort aus x"),
        (1_234, "1,234 words", "1\N{NARROW NO-BREAK SPACE}234 Wörter"),
    ],
)
def test_a_number_has_its_form(count: int, english: str, german: str) -> None:
    for language, said in (("en", english), ("de", german)):
        speak(language)
        told = tr_count("{count:,} word of {name}", "{count:,} words of {name}", count, name="x")
        assert told.startswith(said)


@pytest.mark.parametrize(("language", "said"), [("en", "{word} in {x}"), ("de", "{word} an {x}")])
def test_braces_are_doubled_where_there_are_values_and_values_are_put_in_as_they_are(language: str, said: str) -> None:
    speak(language)
    assert tr("{{word}} in {place}", place="{x}") == said


def test_braces_stay_single_where_there_are_no_values() -> None:
    assert tr("Put {word} into it.") == "Put {word} into it."
    speak("de")
    assert tr("Put {word} into it.") == "Setzen Sie {word} ein."


def test_a_value_may_have_any_name() -> None:
    assert tr("{message} and {values}", message="a", values="b") == "a and b"
    assert tr_count("{one}{many}", "{many}{one}", 2, one="a", many="b") == "ba"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_DE", "de"),
        ("DE", "de"),
        ("en-GB", "en"),
        ("tlh", "en"),
        ("deu", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_browser_is_answered_in_the_nearest_language(locale: str | None, language: str) -> None:
    assert nearest(locale) == language


def test_a_language_calls_itself_by_its_own_name_whatever_is_spoken() -> None:
    for language in ("en", "de"):
        speak(language)
        assert [name_of("en"), name_of("de")] == ["English", "Deutsch"]


def test_what_is_kept_is_kept_for_each_language() -> None:
    made: list[tuple[str, str]] = []

    @once_each_language
    def greeting(name: str) -> str:
        """Says hello."""
        made.append((spoken(), name))
        return f"{tr('Words')} {name}"

    for language in ("en", "de", "en", "de"):
        speak(language)
        assert greeting("a") == {"en": "Words a", "de": "Wörter a"}[language]
    greeting("b")
    assert made == [("en", "a"), ("de", "a"), ("de", "b")]
    assert (greeting.__name__, greeting.__doc__) == ("greeting", "Says hello.")


def test_a_longer_text_lies_beside_the_english_one(tmp_path: Path) -> None:
    terms, answers = tmp_path / "terms.toml", tmp_path / "answers.md"
    translated = tmp_path / "terms.de.toml"
    translated.touch()
    assert (beside(terms), beside(answers)) == (terms, answers)
    speak("de")
    assert (beside(terms), beside(answers)) == (translated, answers)


def test_what_the_viewers_scripts_say_is_a_table_of_what_is_translated() -> None:
    assert of_viewer() == {}
    speak("de")
    assert of_viewer() == IN_VIEWER


def test_each_thread_speaks_its_own_language_unless_it_is_given_one() -> None:
    said: dict[str, str] = {}

    def say(name: str, language: str | None) -> None:
        if language is not None:
            speak(language)
        said[name] = tr("Words")

    speak("de")
    threads = [
        threading.Thread(target=say, args=("new", None)),
        threading.Thread(target=say, args=("english", "en")),
        threading.Thread(target=copy_context().run, args=(say, "given", None)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"new": "Words", "english": "Words", "given": "Wörter"}
    assert tr("Words") == "Wörter"
