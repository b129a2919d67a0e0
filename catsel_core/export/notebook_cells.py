"""The cells of a notebook, and the file that they become (nbformat 4.5): equal cells give equal bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

_LONG = 20_000
"""Characters of a cell's source from which on Jupyter shows it folded."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, with a name that no other of its notebook has: letters, digits and hyphens."""

    name: str
    kind: Literal["markdown", "code"]
    source: str


def said(name: str, text: str) -> Cell:
    """Words in Markdown."""
    return Cell(name, "markdown", text.strip())


def code(name: str, source: str) -> Cell:
    """Lines of Python; what the last one is worth is shown."""
    return Cell(name, "code", source.strip())


def notebook_json(cells: Sequence[Cell]) -> str:
    """The file, as Jupyter itself writes it."""
    document = {
        "cells": [_cell(cell) for cell in cells],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(cell: Cell) -> dict[str, Any]:
    lines = cell.source.split("\n")
    folded = {"jupyter": {"source_hidden": True}} if len(cell.source) > _LONG else {}
    own: dict[str, Any] = {"execution_count": None, "outputs": []} if cell.kind == "code" else {}
    source = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    return {"cell_type": cell.kind, "id": cell.name, "metadata": folded, "source": source, **own}
