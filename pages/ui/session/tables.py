"""A table under edit: what stands in it, and what was current when it was opened."""

from dataclasses import dataclass
from typing import Any

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open or was: its widget's name, its rows at first, as they are, and what was current then."""

    key: str
    first: Rows
    now: Rows
    current: Rows
