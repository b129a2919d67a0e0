"""Sentences in the language that is spoken: gettext's catalogues, of which each language has one.

The English words are the keys. ``make words`` writes what the code says into ``catsel.pot`` and into the catalogue of
every language; docs/languages.md says how one is added.
"""

import functools
import gettext
import json
import re
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from string import Formatter
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")

FOLDER = Path(__file__).parent
USUAL = "en"
"""What is spoken unless another language is wanted."""

LANGUAGES = (USUAL, *sorted(path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/catsel.mo")))
"""Codes of the languages that there are, the usual one first."""

_SPOKEN: ContextVar[str] = ContextVar("language", default=USUAL)


def mark(message: str) -> str:
    """The message itself, marked for translation: for tables that are read before anybody knows the language.

    Whoever shows it calls :func:`tr` with it.
    """
    return message


OWN_NAME = mark("English")
"""Every translation says its own name here, such as “Deutsch”."""


def tr(message: str, /, **values: Any) -> str:
    """A message in the language that is spoken.

    Args:
        message: in English; a literal, or something that was marked. If there are values, ``{name}`` and
            ``{name:.2f}`` stand for them as in :meth:`str.format`, and a brace itself is doubled.
        values: put into the message as they are.
    """
    said = _catalogue(_SPOKEN.get()).gettext(message) if message else ""  # the empty one is a catalogue's own header
    return _filled(said, values) if values else said


def tr_count(one: str, many: str, count: int, /, **values: Any) -> str:
    """A message in the form that goes with a number, which stands in it as ``{count}``.

    Args:
        one: the English message for one.
        many: that for every other number.
        count: the number.
        values: as for :func:`tr`.
    """
    return _filled(_catalogue(_SPOKEN.get()).ngettext(one, many, count), {"count": count, **values})


class _InOtherLanguages(Formatter):
    """Thousands have a narrow space between them: a comma would be read as the decimal one."""

    def format_field(self, value: Any, format_spec: str) -> str:
        said: str = super().format_field(value, format_spec)
        return said.replace(",", "\N{NARROW NO-BREAK SPACE}") if format_spec.startswith(",") else said


def _filled(said: str, values: dict[str, Any]) -> str:
    return said.format(**values) if spoken() == USUAL else _InOtherLanguages().vformat(said, (), values)


def grouped(number: int) -> str:
    """A whole number with its thousands apart, as the language that is spoken has them."""
    return _filled("{number:,}", {"number": number})


def speak(language: str) -> None:
    """Say everything in one of the :data:`LANGUAGES` from now on, in this thread or task alone."""
    _SPOKEN.set(language)


def spoken() -> str:
    """The code of the language that is spoken here."""
    return _SPOKEN.get()


def nearest(locale: str | None) -> str:
    """The language for what a browser asks for, such as ``de-AT``; the usual one if there is none."""
    code = (locale or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else USUAL


def once_each_language(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """``make``, of hashable arguments, whose results are kept: one for every language that is spoken."""

    @functools.cache
    def kept(_: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> Made:
        return make(*args, **dict(named))

    @functools.wraps(make)
    def made(*args: Arguments.args, **named: Arguments.kwargs) -> Made:
        return kept(spoken(), args, tuple(named.items()))

    return made


def of_viewer() -> dict[str, str]:
    """What the viewer's scripts say, in the language that is spoken: {English: translated}, empty for English."""
    if spoken() == USUAL:
        return {}
    translated = gettext.translation("viewer", FOLDER, [spoken()], fallback=True)
    return {english: translated.gettext(english) for english in _said_by_viewer()}


@functools.cache
def _said_by_viewer() -> tuple[str, ...]:
    written = (FOLDER / "viewer.pot").read_text(encoding="utf-8")
    return tuple(json.loads(quoted) for quoted in re.findall(r'^msgid (".+")$', written, re.MULTILINE))


def name_of(language: str) -> str:
    """How a language calls itself."""
    return _catalogue(language).gettext(OWN_NAME)


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("catsel", FOLDER, [language], fallback=language == USUAL)
