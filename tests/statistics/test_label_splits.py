"""Ways to share labels out: counted and listed once each, as trying all orders finds them."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from catsel_core.statistics.label_splits import count_splits, every_split

CASES = [
    ("aabb", "...."),
    ("aaab", "...."),
    ("aabbcc", "......"),
    ("aabbc", "....."),
    ("abab", "0011"),
    ("ababab", "001122"),
    ("aabbab", "000011"),
    ("aabc", "0011"),
    ("abcabc", "000111"),
    ("aaaa", "...."),
]


def split_of(labels: Sequence[object]) -> tuple[int, ...]:
    """Which items share a label, whatever its name."""
    return tuple(labels.index(label) for label in labels)


def splits_by_trying(labels: str, strata: str) -> set[tuple[int, ...]]:
    places = range(len(labels))
    orders = (order for order in permutations(places) if all(strata[a] == strata[b] for a, b in enumerate(order)))
    return {split_of([labels[at] for at in order]) for order in orders}


@pytest.mark.parametrize(("labels", "strata"), CASES)
def test_every_split_is_counted_and_listed_once(labels: str, strata: str) -> None:
    expected = splits_by_trying(labels, strata)
    codes = every_split(labels, strata)
    listed = [split_of(column) for column in codes.T.tolist()]
    assert len(listed) == len(set(listed)) == count_splits(labels, strata) == len(expected)
    assert set(listed) == expected
    assert listed[0] == split_of(labels)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [((4, 4), 35), ((2, 2, 2, 2, 2), 945), ((5, 5), 126), ((3, 3, 3), 280), ((10, 13, 11), 327_314_719_892_160)],
)
def test_numbers_of_splits(sizes: tuple[int, ...], expected: int) -> None:
    labels = [label for label, size in enumerate(sizes) for _ in range(size)]
    assert count_splits(labels, [0] * len(labels)) == expected


def test_thousands_are_listed() -> None:
    labels = "a" * 6 + "b" * 5 + "c"
    codes = every_split(labels, "." * 12)
    assert codes.shape == (12, count_splits(labels, "." * 12))
    assert len({split_of(column) for column in codes.T.tolist()}) == codes.shape[1]
