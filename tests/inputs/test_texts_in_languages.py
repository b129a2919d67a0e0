"""Texts are kept for as long as a server runs: what is said about them is said anew in every language."""

import gettext
from contextvars import copy_context

import pytest

from catsel_core.inputs.presets import BOOK, Preset
from catsel_core.inputs.remarks import in_english
from catsel_core.inputs.texts import Text, make_text, own_text, pasted_text, without_boilerplate
from catsel_core.language import speak, tr, translation

BOOK_IN_A_FILE = (
    "*** START OF THE PROJECT GUTENBERG EBOOK X ***\nIt was _late_.\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n"
)


class Other(gettext.NullTranslations):
    """Every message as it is, behind a mark."""

    def gettext(self, message: str) -> str:
        return f"+{message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"+{msgid1 if n == 1 else msgid2}"


@pytest.fixture(autouse=True)
def other_language(monkeypatch: pytest.MonkeyPatch) -> None:
    english = gettext.NullTranslations()
    monkeypatch.setattr(translation, "_catalogue", lambda language: Other() if language == "other" else english)


def shown(text: Text, language: str) -> tuple[str, str, tuple[str, ...]]:
    def show() -> tuple[str, str, tuple[str, ...]]:
        speak(language)
        return text.title, text.source, text.remarks

    return copy_context().run(show)


def test_what_is_kept_of_a_file_is_said_in_the_language_of_whoever_looks() -> None:
    kept = without_boilerplate(own_text(BOOK_IN_A_FILE.encode("utf-16"), "", "utf-16"))
    title, source, remarks = shown(kept, "en")
    assert (title, source) == (kept.name, kept.origin) == ("Your file", "a file of your own")
    assert len(remarks) == 2
    assert shown(kept, "other") == (f"+{title}", f"+{source}", tuple(f"+{remark}" for remark in remarks))
    assert shown(kept, "en") == (title, source, remarks)


def test_what_was_guessed_about_a_file_is_said_anew_too() -> None:
    kept = own_text("müde Füße, süße Grüße".encode("utf-16-le"), "feet.txt")
    assert shown(kept, "en")[2] == ("The file was read as UTF-16 without a mark, little-endian.",)
    assert shown(kept, "other")[2] == ("+The file was +read as +UTF-16 without a mark, little-endian.",)


def test_names_that_somebody_gave_stay() -> None:
    assert shown(own_text(b"some words", "Hamlet"), "other")[0] == "Hamlet"
    assert shown(pasted_text("some words"), "other")[0] == "+Your text"


def test_files_have_the_english_origin() -> None:
    def made() -> Text:
        speak("other")
        return make_text("Hamlet", lambda: tr("{count} acts", count=5), "To be")

    kept = copy_context().run(made)
    assert (kept.name, kept.origin) == ("Hamlet", "5 acts")
    assert shown(kept, "other")[:2] == ("+Hamlet", "+5 acts")
    assert in_english(lambda: tr("a test")) == "a test"


def test_ready_lists_are_shown_translated_and_own_ones_as_they_are() -> None:
    def names() -> tuple[str, ...]:
        speak("other")
        own = Preset("Words", "What is it?", BOOK.words, is_own=True)
        return BOOK.title, BOOK.about, own.title, own.about

    assert copy_context().run(names) == (f"+{BOOK.name}", f"+{BOOK.question}", "Words", "What is it?")
