"""A visitor's own words in a message: cut, however long they are, and listed, however many they are."""

from collections.abc import Iterable, Iterator
from itertools import islice

from catsel_core.language import tr

MOST_LISTED = 5
"""Names that a list in a message may have."""

MOST_OF_A_KIND = 3
"""Messages of one kind before the rest of them is only counted."""


_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def shortened(text: str, most: int = 40) -> str:
    """``text`` on one line, or its first ``most`` characters and “…”; half characters are escaped."""
    shown = text[: most + 1].encode("utf-8", "backslashreplace").decode().translate(_LINE_ENDS)
    return shown if len(text) <= most else f"{shown[:most].rstrip()}…"


def listed(names: Iterable[str]) -> str:
    """``“a”, “b”``, each :func:`shortened`; of more than :data:`MOST_LISTED` the first ones, and how many more."""
    remaining = iter(names)
    shown = ", ".join(quoted(shortened(name)) for name in islice(remaining, MOST_LISTED))
    more = sum(1 for _ in remaining)
    return and_more(shown, more) if more else shown


def quoted(name: str) -> str:
    """The name in quotation marks."""
    return tr("“{name}”", name=name)


def and_more(shown: str, more: int) -> str:
    """What is named of a list, and how many more there are."""
    return tr("{shown} and {more} more", shown=shown, more=more)


def first_of_a_kind(messages: Iterable[str]) -> Iterator[str]:
    """The first :data:`MOST_OF_A_KIND` messages, and one that says how many more there are."""
    remaining = iter(messages)
    yield from islice(remaining, MOST_OF_A_KIND)
    more = sum(1 for _ in remaining)
    if more:
        yield tr("… and {more} more of this kind.", more=more)
