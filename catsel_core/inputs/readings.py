"""What was read from a file or a pasted text, and what was guessed about it or left out of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Content]):
    """A list as it was read.

    content: the list itself.
    remarks: what was guessed or left out, such as “read as Windows-1251 (Cyrillic)”; none where nothing was.
    has_header: whether the first row was taken for names of columns; None where there was nothing to guess.
    """

    content: Content
    remarks: tuple[str, ...] = ()
    has_header: bool | None = None

    def after(self, remarks: Iterable[str]) -> Self:
        """The same with further remarks before its own; empty ones are none."""
        return replace(self, remarks=(*filter(None, remarks), *self.remarks))
