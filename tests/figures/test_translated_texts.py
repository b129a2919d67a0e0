"""Explanations, glossary and pitfalls in every language: whole, with the same data, and with terms that are found."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from catsel_core.figures import explanations, glossary, pitfalls
from catsel_core.figures.entries import entries
from catsel_core.figures.formulas import FORMULAS, TEXT, WORDS, formulas
from catsel_core.language import LANGUAGES, USUAL, beside
from tests.figures.links import LINK, PLAIN
from tests.support.languages import speaking

FILES = (explanations.FILE, glossary.FILE, pitfalls.FILE)
SAID = {"title", "name", "text", "forms", "look"}
"""What an entry says; all else of it is the same in every language."""

TRANSLATED = [language for language in LANGUAGES if language != USUAL]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fixed(text: str) -> Counter[str]:
    """What a translation keeps: formulas but for their words, code, and places where something is put in."""
    found = [*PLAIN.findall(text), *explanations.PLACE.findall(text)]
    return Counter(TEXT.sub("", each) for each in found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_words_of_every_entry_and_nothing_else(path: Path, language: str) -> None:
    with speaking(language):
        there = read(beside(path))
    english = read(path)
    words = {kind: {each["id"]: SAID & set(each) for each in listed} for kind, listed in english.items()}
    cited = words.pop("reference", {})
    assert set(there.pop("reference", {})) <= set(cited)
    assert {kind: {id_: set(said) for id_, said in texts.items()} for kind, texts in there.items()} == words


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
@pytest.mark.parametrize("language", TRANSLATED)
def test_formulas_code_and_what_is_put_in_are_the_same(path: Path, language: str) -> None:
    with speaking(language):
        there = entries(path)
    for kind, listed in entries(path).items():
        for each, said in zip(listed, there[kind], strict=True):
            assert {"id": said["id"], "of": fixed(said["text"])} == {"id": each["id"], "of": fixed(each["text"])}
            assert said.keys() == each.keys()
            assert {key: said[key] for key in said.keys() - SAID} == {key: each[key] for key in each.keys() - SAID}


def test_an_entry_that_is_not_translated_is_english(tmp_path: Path) -> None:
    path = tmp_path / "things.toml"
    path.write_text("[[thing]]\nid = 'one'\ntext = 'One'\n\n[[thing]]\nid = 'two'\ntext = 'Two'\n", encoding="utf-8")
    (tmp_path / f"things.{TRANSLATED[0]}.toml").write_text("[thing.two]\ntext = '2'\n", encoding="utf-8")
    with speaking(TRANSLATED[0]):
        assert entries(path) == {"thing": [{"id": "one", "text": "One"}, {"id": "two", "text": "2"}]}
    assert entries(path)["thing"][1]["text"] == "Two"


def linked_terms(language: str) -> dict[str, set[str]]:
    """The terms that are links in every explanation and pitfall."""
    with speaking(language):
        texts = {**explanations.explanations(), **{each.id: each.text for each in pitfalls.pitfalls()}}
        return {
            name: {id_ for _, id_ in LINK.findall(glossary.linked(text, "#{}".format))} for name, text in texts.items()
        }


@pytest.mark.parametrize("language", TRANSLATED)
def test_terms_are_found_in_a_translation_as_in_english(language: str) -> None:
    english, found = linked_terms(USUAL), linked_terms(language)
    assert english.keys() == found.keys()
    missing = {name: terms - found[name] for name, terms in english.items() if terms - found[name]}
    assert missing == {"product-labels": {"layer"}}  # “block” is one of the matrix there


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_belongs_to_two_terms_and_no_text_is_long(language: str) -> None:
    with speaking(language):
        known, told = glossary.glossary(), pitfalls.pitfalls()
    forms = [form for term in known.terms for form in {each.lower() for each in term.forms}]
    assert len(forms) == len(set(forms))
    assert all(len(term.text) < 420 and term.text.endswith(".") for term in known.terms)
    assert all(len(each.text) < 800 and each.text.rstrip().endswith(".") for each in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_formulas_are_all_translatable_and_nothing_else_of_them_changes(language: str) -> None:
    assert {words for formula in FORMULAS.values() for words, _ in TEXT.findall(formula)} == set(WORDS)
    with speaking(language):
        said = formulas()
    assert {name: TEXT.sub("", each) for name, each in said.items()} == {
        name: TEXT.sub("", each) for name, each in FORMULAS.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_stand_by_name_in_every_language(language: str) -> None:
    with speaking(language):
        names = [term.name.lower() for term in glossary.glossary().alphabetical()]
    plain = [name.translate(str.maketrans("äöüδ", "aoud")) for name in names]
    assert [name[0] for name in plain] == sorted(name[0] for name in plain)
