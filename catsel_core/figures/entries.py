"""Files of texts: entries with an ``id``, of which a translation says the words alone."""

import tomllib
from pathlib import Path
from typing import Any

from catsel_core.language import beside


def entries(path: Path) -> dict[str, list[dict[str, Any]]]:
    """All entries by their kind, in the order of the English file.

    That has lists, such as ``[[term]]``; a file beside it in another language has a table for every entry, such as
    ``[term.ID]``, whose values take the place of the English ones.
    """
    english, there = _read(path), beside(path)
    translated = {} if there == path else _read(there)
    return {
        kind: [{**each, **translated.get(kind, {}).get(each["id"], {})} for each in listed]
        for kind, listed in english.items()
    }


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
