"""A visitor's own words in a message: cut, however long they are, and listed, however many they are."""

from collections.abc import Iterable, Iterator
from itertools import islice

MOST_LISTED = 5
"""Names that a list in a message may have."""

MOST_OF_A_KIND = 3
"""Messages of one kind before the rest of them is only counted."""


def shortened(text: str, most: int = 40) -> str:
    """``text``, or its first ``most`` characters and “…”."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def listed(names: Iterable[str]) -> str:
    """``“a”, “b”``; of more than :data:`MOST_LISTED` names the first ones, and how many more there are."""
    remaining = iter(names)
    shown = ", ".join(f"“{name}”" for name in islice(remaining, MOST_LISTED))
    more = sum(1 for _ in remaining)
    return f"{shown} and {more} more" if more else shown


def first_of_a_kind(messages: Iterable[str]) -> Iterator[str]:
    """The first :data:`MOST_OF_A_KIND` messages, and one that says how many more there are."""
    remaining = iter(messages)
    yield from islice(remaining, MOST_OF_A_KIND)
    more = sum(1 for _ in remaining)
    if more:
        yield f"… and {more} more of this kind."
