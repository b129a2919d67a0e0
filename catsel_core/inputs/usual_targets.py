"""Words to begin with in the texts that everybody has."""

import re

from catsel_core.inputs import shakespeare
from catsel_core.inputs.builtin_texts import BUILTIN, PYTHON_REFERENCE
from catsel_core.inputs.text_references import BuiltinText, TextReference
from catsel_core.inputs.texts import Text

GATSBY = ("years", "garage", "lawn")
"""The book's own."""

PYTHON = ("object", "class", "function")

_OFTEN = 5
"""Occurrences that a word of a play needs at least: some pairs of it are wanted."""


def first_targets(reference: TextReference) -> tuple[str, ...]:
    """Of the texts that a session may begin with."""
    if not isinstance(reference, BuiltinText):
        return GATSBY
    return PYTHON if reference.name == BUILTIN else shakespeare.TARGETS


def known_targets(text: Text) -> tuple[str, ...]:
    """Of a text by its title; nothing where there are none, or a play hardly has them."""
    if text.name in shakespeare.titles().values():
        often = all(len(re.findall(rf" {target}\b", text.content)) >= _OFTEN for target in shakespeare.TARGETS)
        return shakespeare.TARGETS if often else ()
    return {"The Great Gatsby": GATSBY, PYTHON_REFERENCE: PYTHON}.get(text.name, ())
