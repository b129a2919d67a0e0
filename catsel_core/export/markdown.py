"""Typed texts within Markdown."""

import re

from catsel_core.inputs.writing import isolated

_READ = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>:~^&])")


def literal(text: str) -> str:
    """``text`` with every character that Markdown would read made literal, and right-to-left words set apart."""
    return _READ.sub(r"\\\1", isolated(text))
