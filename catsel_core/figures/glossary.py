"""The glossary: every term of the pages, read from ``glossary.toml``, and texts whose terms lead to it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from catsel_core.figures.entries import entries
from catsel_core.figures.explanations import explanations
from catsel_core.figures.formulas import formulas
from catsel_core.language import once_each_language, tr

FILE = Path(__file__).with_name("glossary.toml")

_PROTECTED = re.compile(r"(\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\[[^\]]*\]\([^)]*\))", re.DOTALL)
"""What a link must not stand in: formulas, code, and other links."""

Address = Callable[[str], str]
"""Where a term is explained, by its id."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A step of the method, in whose order terms stand."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something is from; ``short`` as it is cited, ``url`` empty where there is none."""

    id: str
    short: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term, explained.

    id: its address on the page.
    forms: how it is written in texts; one with a capital letter is found as it stands, others in any case.
    formula: in LaTeX, or an empty text.
    charts: names of charts with the term in their title or on their axes.
    sources: ids of references.
    """

    id: str
    topic: str
    name: str
    text: str
    forms: tuple[str, ...]
    formula: str
    charts: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """All of it, in the order of the method."""

    topics: tuple[Topic, ...]
    terms: tuple[Term, ...]
    references: tuple[Reference, ...]

    def alphabetical(self) -> tuple[Term, ...]:
        """The terms by name; Δ is a delta, and ä an a."""
        return tuple(sorted(self.terms, key=lambda term: _plain(term.name.replace("Δ", "delta"))))

    def of_topic(self, topic: str) -> tuple[Term, ...]:
        """The terms of one step."""
        return tuple(term for term in self.terms if term.topic == topic)

    def cited(self, term: Term) -> tuple[Reference, ...]:
        """Where a term is from."""
        return tuple(each for each in self.references if each.id in term.sources)


def _plain(name: str) -> str:
    return "".join(letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))


@once_each_language
def glossary() -> Glossary:
    """The glossary of the pages, in the language that is spoken: read once."""
    read = entries(FILE)
    return Glossary(
        tuple(Topic(**each) for each in read["topic"]),
        tuple(_term(**each) for each in read["term"]),
        tuple(Reference(**each) for each in read["reference"]),
    )


def _term(formula: str = "", **parts: Any) -> Term:
    lists: dict[str, Any] = {name: tuple(parts.pop(name, ())) for name in ("forms", "charts", "sources")}
    return Term(formula=formulas()[formula] if formula else "", **lists, **parts)


def matching(query: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms that a query names, before those whose explanation has it; all where nothing is asked for."""
    asked = " ".join(query.lower().split())
    all_terms = tuple(terms)
    named = [term for term in all_terms if any(asked in each.lower() for each in (term.name, term.id, *term.forms))]
    told = [term for term in all_terms if term not in named and asked in term.text.lower()]
    return (*named, *told)


def linked(text: str, address: Address, but: Iterable[str] = ()) -> str:
    """Markdown in which the first occurrence of every term is a link, except of the ids ``but``.

    Formulas, code and links stay as they are.
    """
    seen = set(but)

    def link(found: re.Match[str]) -> str:
        term = _id_of(found[0])
        if term in seen:
            return found[0]
        seen.add(term)
        return f"[{found[0]}]({address(term)})"

    parts = _PROTECTED.split(text)  # every second one is protected
    parts[::2] = [_forms().sub(link, part) for part in parts[::2]]
    return "".join(parts)


@once_each_language
def _ids() -> dict[str, str]:
    """The id of a term by each of its forms."""
    return {form: term.id for term in glossary().terms for form in term.forms}


def _id_of(found: str) -> str:
    return _ids().get(found) or _ids()[found.lower()]


@once_each_language
def _forms() -> re.Pattern[str]:
    """Any form as a word of its own, the longest first."""
    longest_first = sorted(_ids(), key=len, reverse=True)
    each = (re.escape(form) if form != form.lower() else f"(?i:{re.escape(form)})" for form in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?![\w-])")


def explanation(name: str, address: Address) -> str:
    """How a chart is computed, with its terms as links: those in the text, and those of its title and axes."""
    text = linked(explanations()[name], address).rstrip()
    further = [term for term in glossary().terms if name in term.charts and f"({address(term.id)})" not in text]
    if not further:
        return text
    links = " · ".join(f"[{each.name}]({address(each.id)})" for each in further)
    return text + "\n\n" + tr("In the glossary: {terms}", terms=links)
