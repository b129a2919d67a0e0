"""Terms and links in the words of charts."""

import re
from collections.abc import Iterator

from catsel_core.figures.explanations import explanations
from catsel_core.figures.glossary import Term, explanation

PLAIN = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`", re.DOTALL)
"""Formulas and code."""
LINK = re.compile(r"\[([^\]]+)\]\(#([\w-]+)\)")
EXPLAINED = {name: explanation(name, "#{}".format) for name in explanations()}


def names(term: Term, text: str) -> bool:
    """Whether a text has the term in one of its forms: looked for in another way than links are made."""
    words = _simple(text)
    return any(
        _simple(form) in words if form != form.lower() else _simple(form) in words.lower() for form in term.forms
    )


def _simple(text: str) -> str:
    """Words alone, with a space around each."""
    return f" {re.sub(r'[^A-Za-zΔ0-9*&’′-]+', ' ', text)} "


def titles(value: object) -> Iterator[str]:
    """Titles of axes and colour bars, wherever they stand in a figure."""
    if isinstance(value, dict):
        title = value.get("title")
        if isinstance(title, dict) and isinstance(title.get("text"), str):
            yield title["text"]
        for each in value.values():
            yield from titles(each)
    elif isinstance(value, list):
        for each in value:
            yield from titles(each)
