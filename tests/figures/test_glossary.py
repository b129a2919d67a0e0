"""The glossary: whole, and every term of the charts' words leads to it."""

import re

import pytest

from catsel_core.figures.explanations import explanations
from catsel_core.figures.formulas import FORMULAS
from catsel_core.figures.glossary import Term, glossary, linked, matching
from catsel_core.figures.pitfalls import Pitfall, pitfalls
from tests.figures.links import EXPLAINED, LINK, PLAIN, names

KNOWN = glossary()
IDS = [term.id for term in KNOWN.terms]


def test_ids_are_addresses_and_no_form_belongs_to_two_terms() -> None:
    forms = [form.lower() for term in KNOWN.terms for form in term.forms]
    assert len(IDS) == len(set(IDS)) > 60
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", id_) for id_ in IDS)
    assert len(forms) == len(set(forms))


def test_everything_that_a_term_names_is_there_and_everything_that_is_there_is_named() -> None:
    topics, references = {topic.id for topic in KNOWN.topics}, {each.id for each in KNOWN.references}
    assert {term.topic for term in KNOWN.terms} == topics
    assert {source for term in KNOWN.terms for source in term.sources} <= references
    assert {name for term in KNOWN.terms for name in term.charts} <= set(explanations())
    assert all(each.url.startswith("https://") or each.id == "cohen-50" for each in KNOWN.references)
    assert {*FORMULAS.values()} - {term.formula for term in KNOWN.terms} == {FORMULAS["CONTRAST_DENSITY"]}


@pytest.mark.parametrize("term", KNOWN.terms, ids=IDS)
def test_a_term_is_explained_in_one_to_three_sentences(term: Term) -> None:
    text = PLAIN.sub("x", term.text)
    assert 1 <= len(re.findall(r"[.:;?](?: |$)", text)) <= 6
    assert len(text) < 420
    assert text.endswith(".")
    assert "\n" not in term.formula
    assert term.text.count("$") % 2 == 0


@pytest.mark.parametrize("name", explanations())
def test_each_term_of_an_explanation_is_a_link_once_and_no_link_is_dead(name: str) -> None:
    links = LINK.findall(EXPLAINED[name])
    found = {id_ for _, id_ in links}
    assert found <= set(IDS)
    assert len(found) == len(links)
    text = PLAIN.sub(" ", explanations()[name])
    assert {term.id for term in KNOWN.terms if names(term, text)} <= found | longer(text)


def longer(text: str) -> set[str]:
    """Terms that a text has within the forms of others alone, as “embedding” in “token embedding”."""
    shortened = LINK.sub(" ", linked(text, "#{}".format))
    for form in sorted((form for term in KNOWN.terms for form in term.forms), key=len, reverse=True):
        if " " in form or "-" in form:
            shortened = re.sub(re.escape(form), " ", shortened, flags=re.IGNORECASE)
    return {term.id for term in KNOWN.terms if not names(term, shortened)}


def test_formulas_code_and_links_stay_as_they_are() -> None:
    text = "A token $token$ and `token`, [a token](https://x.org) and tokens; Emb is no emb. $$\ntoken\n$$"
    made = linked(text, "#{}".format)
    assert made == text.replace("A token ", "A [token](#token) ").replace("Emb is", "[Emb](#emb) is")
    assert linked("token", "#{}".format, but=["token"]) == "token"


def test_words_that_only_contain_a_term_are_no_links() -> None:
    assert linked("detokenise, U-centred, layered, CKAs", "#{}".format) == "detokenise, U-centred, layered, CKAs"


def test_a_search_finds_names_before_explanations_and_says_so_where_there_is_none() -> None:
    found = matching("jackknife", KNOWN.alphabetical())
    assert found[0].id == "jackknife"
    assert matching("  HIDDEN   state ", KNOWN.alphabetical())[0].id == "hidden-state"
    assert len(matching("", KNOWN.alphabetical())) == len(KNOWN.terms)
    assert matching("no such thing", KNOWN.alphabetical()) == ()


def test_terms_stand_by_name() -> None:
    first = [term.id for term in KNOWN.alphabetical()]
    assert first.index("delta") < first.index("density")
    assert first[0] == "adjusted-rand"


@pytest.mark.parametrize("pitfall", pitfalls(), ids=lambda pitfall: str(pitfall.id))
def test_a_pitfall_is_told_in_a_few_sentences(pitfall: Pitfall) -> None:
    text, look = pitfall.text, pitfall.look
    assert 100 < len(text) < 800
    assert text.rstrip().endswith(".")
    assert look.endswith(".")
    assert text.count("$") % 2 == 0
