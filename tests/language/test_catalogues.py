"""Catalogues: whole, true to the code, and with everything in a translation that is not words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from catsel_core.language import LANGUAGES, USUAL
from catsel_core.language.translation import FOLDER

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "catsel_core" / "viewer" / "frontend"
DOMAINS = ("catsel", "viewer")
TRANSLATED = [language for language in LANGUAGES if language != USUAL]
_KEYWORDS = re.compile(r'--keyword "([^"]+)".* --output \$\(WORDS\)/(\w+)\.pot')

Id = str | tuple[str, ...]

each_domain = pytest.mark.parametrize("domain", DOMAINS)
each_translation = pytest.mark.parametrize("language", TRANSLATED)


def template(domain: str) -> Catalog:
    with (FOLDER / f"{domain}.pot").open("rb") as file:
        return read_po(file)


def catalogue(language: str, domain: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """A message's one form, or those for one and for more."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def id_of(text: str | Iterable[str]) -> Id:
    return text if isinstance(text, str) else tuple(text)


def messages(of: Catalog) -> dict[Id, Message]:
    """Without the header."""
    return {id_of(message.id): message for message in of if message.id}


def pairs(language: str, domain: str) -> Iterator[tuple[str, str]]:
    """Every form of every message that is translated, in English and in the language."""
    for message in messages(catalogue(language, domain)).values():
        english = forms(message.id)
        for at, said in enumerate(forms(message.string)):
            if said:
                yield english[min(at, len(english) - 1)], said


def placeholders(text: str) -> Counter[tuple[str, str, str]]:
    """Those that :meth:`str.format` fills, with their formats; braces alone where the text is none for it."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return Counter({("{", "", ""): text.count("{"), ("}", "", ""): text.count("}")})
    return Counter((name, spec or "", conversion or "") for _, name, spec, conversion in parsed if name is not None)


def marks(text: str) -> tuple[int, ...]:
    """How many marks there are of Markdown and of formulas."""
    return tuple(text.count(mark) for mark in ("**", "`", "$"))


def ends(text: str) -> tuple[str, str]:
    """The white space around it."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def said_by_code(domain: str) -> set[Id]:
    """What extraction finds now, with the keywords of ``make words``."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = next(words for words, name in _KEYWORDS.findall(makefile) if name == domain)
    keywords = parse_keywords(words.split())
    if domain == "viewer":
        found = [
            one for path in sorted(SCRIPTS.glob("*.js")) for one in extract_from_file("javascript", path, keywords)
        ]
        return {id_of(one[1]) for one in found}
    said = {id_of(one[1]) for one in extract_from_file("python", ROOT / "app.py", keywords)}
    for folder in ("pages", "catsel_core"):
        said |= {id_of(one[2]) for one in extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=keywords)}
    return said


@each_domain
def test_the_templates_have_what_the_code_says(domain: str) -> None:
    code, written = said_by_code(domain), set(messages(template(domain)))
    assert code - written == set(), "Run `make words`: the code says what the template has not."
    assert written - code == set(), "Run `make words`: the template has what nobody says any more."


@each_domain
@each_translation
def test_every_message_is_translated(domain: str, language: str) -> None:
    translated = messages(catalogue(language, domain))
    wanted = messages(template(domain))
    assert set(wanted) - set(translated) == set(), "Run `make words`."
    missing = [id_ for id_ in wanted if not all(forms(translated[id_].string))]
    assert missing == []
    assert [id_ for id_, message in translated.items() if message.fuzzy] == []


@each_domain
@each_translation
def test_a_translation_has_the_same_placeholders(domain: str, language: str) -> None:
    wrong = [
        (english, said) for english, said in pairs(language, domain) if placeholders(english) != placeholders(said)
    ]
    assert wrong == []


@each_domain
@each_translation
def test_a_translation_has_the_same_marks_and_the_same_space_around_it(domain: str, language: str) -> None:
    wrong = [
        (english, said)
        for english, said in pairs(language, domain)
        if (marks(english), ends(english)) != (marks(said), ends(said))
    ]
    assert wrong == []


@each_domain
@each_translation
def test_what_is_read_is_what_is_written(domain: str, language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language, domain))
    compiled.seek(0)
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        there, made = read_mo(file), read_mo(compiled)
    assert there.plural_forms == made.plural_forms
    said = [{id_: forms(message.string) for id_, message in messages(one).items()} for one in (there, made)]
    assert said[0] == said[1], "Run `make words`."


def test_both_forms_of_a_message_have_one_set_of_names() -> None:
    """What differs between one and many is the words; a name that one form lacks may be the number alone."""
    for domain in DOMAINS:
        for id_ in messages(template(domain)):
            if not isinstance(id_, str):
                one, many = ({name for name, _, _ in placeholders(form)} for form in id_)
                assert one ^ many <= {"count"}, id_


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{a} of {b:.2f}, {c!r}", ["a", "b", "c"]),
        ("{{word}} in {place}", ["place"]),
        ("{a}, {a}", ["a", "a"]),
        ("none", []),
    ],
)
def test_placeholders_are_those_of_format(text: str, names: list[str]) -> None:
    assert sorted(name for name, _, _ in placeholders(text).elements()) == names


def test_a_text_that_is_not_for_format_is_compared_by_its_braces() -> None:
    assert placeholders("a } of {") == placeholders("ein } von {") != placeholders("ein { von")
