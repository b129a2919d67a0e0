"""Plain values from outside, such as those of a JSON file, taken out one by one and checked."""

from collections.abc import Mapping
from typing import Any, get_args

from catsel_core.errors import InputError
from catsel_core.language import mark, tr

_MOST_SHOWN = 60


class PlainValues:
    """The values of one JSON object; every error says where the value stands and what it must be.

    Args:
        values: the object.
        where: what it is called in messages, such as ``words``.

    Raises:
        InputError: if ``values`` is no object.
    """

    def __init__(self, values: Any, where: str) -> None:
        if not isinstance(values, Mapping):
            raise InputError(
                tr("“{where}” must be an object in braces; it is {found}.", where=where, found=shown(values))
            )
        self._left = dict(values)
        self.where = where

    def take(self, name: str, default: Any = None) -> Any:
        """The value as it is, or ``default`` where there is none."""
        return self._left.pop(name, default)

    def has(self, name: str) -> bool:
        """Whether there is a value other than null; a null counts as taken."""
        if self._left.get(name) is not None:
            return True
        self._left.pop(name, None)
        return False

    def names(self, name: str) -> bool:
        """Whether the name is there at all, with a value or with null."""
        return name in self._left

    def part(self, name: str) -> "PlainValues":
        """An object within this one; an empty one where there is none."""
        return PlainValues(self.take(name, {}), name)

    def text(self, name: str, default: str) -> str:
        """A text without half characters."""
        found = self.take(name, default)
        if isinstance(found, str) and not any("\ud800" <= character <= "\udfff" for character in found):
            return found
        raise self._wrong(mark("“{name}” of “{where}” must be a text; it is {found}."), name, found)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        found = self.take(name, default)
        if isinstance(found, bool):
            return found
        raise self._wrong(mark("“{name}” of “{where}” must be true or false; it is {found}."), name, found)

    def whole(self, name: str, default: int) -> int:
        """A whole number."""
        found = self.take(name, default)
        if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**53:
            return found
        raise self._wrong(mark("“{name}” of “{where}” must be a whole number; it is {found}."), name, found)

    def number(self, name: str) -> float:
        """A finite number."""
        found = self.take(name)
        if isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 1e300:
            return float(found)
        raise self._wrong(mark("“{name}” of “{where}” must be a number; it is {found}."), name, found)

    def rows(self, name: str) -> list[Any]:
        """A list; an empty one where there is none."""
        found = self.take(name, [])
        if isinstance(found, list):
            return found
        raise self._wrong(mark("“{name}” of “{where}” must be a list; it is {found}."), name, found)

    def choice(self, name: str, choices: Any, default: Any = None) -> Any:
        """One of the values of a ``Literal``."""
        found = self.take(name, default)
        known = get_args(choices)
        if isinstance(found, str) and found in known:
            return found
        message = mark("“{name}” of “{where}” must be one of {known}; it is {found}.")
        raise self._wrong(message, name, found, known=known)

    def end(self) -> None:
        """Nothing, if every value has been taken.

        Raises:
            InputError: naming the first one that nobody knows.
        """
        for name in self._left:
            raise InputError(
                tr(
                    "“{where}” has “{name}”, which this catsel does not know. Remove it.",
                    where=self.where,
                    name=shown(name),
                )
            )

    def _wrong(self, message: str, name: str, found: Any, **values: Any) -> InputError:
        return InputError(tr(message, name=name, where=self.where, found=shown(found), **values))


def shown(value: Any) -> str:
    """A value as messages quote it: printable, and not too long."""
    text = value if isinstance(value, str) and value.isprintable() else ascii(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
