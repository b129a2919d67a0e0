"""Calls in the code: each names a message that extraction can read, with the values that stand in it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "catsel_core").rglob("*.py"))]
MESSAGES = {"mark": 1, "tr": 1, "tr_count": 2}
"""How many of the first arguments are messages."""


def calls(within: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(within):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MESSAGES:
            yield node


def problems(source: str) -> list[str]:
    tree = ast.parse(source)
    told = [f"line {call.lineno}: {told}" for call in calls(tree) if (told := problem(call))]
    return told + [f"line {line}: inside an f-string, where extraction does not look" for line in in_strings(tree)]


def in_strings(tree: ast.AST) -> Iterator[int]:
    """Lines with a message that Python 3.11 shows to extraction as a part of the string around it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(_is_literal(call.args[0]) for call in calls(node) if call.args):
            yield node.lineno


def problem(call: ast.Call) -> str:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    texts = call.args[: MESSAGES[name]]
    if name != "tr" and not all(map(_is_literal, texts)):
        return "not a literal"
    if any(map(_is_put_together, texts)):
        return "put together, so that extraction does not find it"
    given = {keyword.arg for keyword in call.keywords}
    if not given or None in given or not all(map(_is_literal, texts)):
        return ""  # nothing is put in, or it is not seen here what
    named = {name for text in texts for name in _names(text)} - ({"count"} if name == "tr_count" else set())
    return "" if named == given else f"{sorted(named)} stand in it, and {sorted(map(str, given))} are given"


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_put_together(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}
    return isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp)


def _names(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        for _, name, _, _ in Formatter().parse(node.value):
            if name is not None:
                yield name


def test_every_call_names_a_message_and_its_values() -> None:
    found = {str(path.relative_to(ROOT)): problems(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("call", "is_usable"),
    [
        ("tr('Words')", True),
        ("tr('A ' 'B')", True),
        ("tr(TABLE[key], name=name)", True),
        ("tr(TABLE.get(key, ''))", True),
        ("tr('{a:.2f}', a=1)", True),
        ("tr('{a}', **values)", True),
        ("tr('{word}')", True),
        ("tr_count('{count} {a}', '{count} {a}', n, a=1)", True),
        ("f'{tr(label)}'", True),
        ("f'{tr(\"A\")}'", False),
        ("tr(f'{a}')", False),
        ("tr('A' + b)", False),
        ("tr('A' if b else 'C')", False),
        ("tr('{a}'.format(a=1))", False),
        ("mark(name)", False),
        ("tr_count(one, 'many', n)", False),
        ("tr('{a}', b=1)", False),
        ("tr('{{a}}', a=1)", False),
        ("tr_count('one', '{count} of {b}', n)", True),
        ("tr_count('one {a}', '{count}', n, b=1)", False),
    ],
)
def test_what_is_a_usable_call(call: str, is_usable: bool) -> None:
    assert (problems(dedent(call)) == []) == is_usable
