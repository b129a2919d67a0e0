"""Every control says what it is for, in a sentence, unless its label or its place does."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.pages import ROOT

FIELDS = {"selectbox", "multiselect", "text_input", "text_area", "number_input", "toggle", "checkbox", "radio"} | {
    *("segmented_control", "pills", "slider", "file_uploader", "color_picker", "one_of"),
}
HELP_AT = 4
"""Place of the help among the arguments of ``one_of``."""

SELF_EVIDENT = {
    "'Part'",  # four tabs in words
    "'Edit'",
    "'Language'",  # each has its own name
    "'Word'",  # of a table of occurrences, by name
    "'or paste one'",
    "'A session file (.catsel.json)'",
    "'A plain text file (.txt), at most {megabytes:g} MB'",
    "label",  # what is uploaded, and in which forms; of a question, which stands above it
    "'Words of {name}'",
    "'Colour of {name}'",
    "'Category name'",
    "'Search'",
    "'Result'",
    "'Find a word'",
    "'Your name, for the sheet'",
}
"""Labels of fields that need no help: they say all, or what is written in the empty field does."""


def fields(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in FIELDS:
                yield node


def has_help(call: ast.Call) -> bool:
    named = any(keyword.arg in ("help", "help_text") for keyword in call.keywords)
    return named or (getattr(call.func, "id", "") == "one_of" and len(call.args) > HELP_AT)


def label(call: ast.Call) -> str:
    """As it stands in the code, in English."""
    first = call.args[0]
    return ast.unparse(first.args[0] if isinstance(first, ast.Call) and first.args else first)


def test_every_control_has_a_help_or_needs_none() -> None:
    calls = [call for path in (ROOT / "pages").rglob("*.py") for call in fields(path)]
    without = {label(call) for call in calls if not has_help(call)}
    assert without == SELF_EVIDENT
    assert len(calls) > 40
