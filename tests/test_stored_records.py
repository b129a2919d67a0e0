"""Records on their way through a store: arrays, plain values, and records within records."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from catsel_core.store import Entry, FolderStore, entry_of, record_of

KEY = "cd" + "0" * 62


@dataclass(frozen=True, slots=True, eq=False)
class Inner:
    values: NDArray[np.float64]
    name: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Outer:
    one: Inner
    other: Inner
    values: NDArray[np.int64]
    number: int


def test_records_come_back_from_a_store_as_they_were(tmp_path: Path) -> None:
    large = 10**40  # more than any array could hold
    made = Outer(Inner(np.array([1.5, np.nan]), "é"), Inner(np.zeros(0), None), np.arange(3), large)
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, lambda: entry_of(made))
    found = record_of(Outer, store.get_or_compute(KEY, lambda: Entry({}, {})))
    assert isinstance(found.one, Inner)
    np.testing.assert_array_equal(found.one.values, made.one.values)
    np.testing.assert_array_equal(found.values, made.values)
    assert (found.other.values.shape, found.one.name, found.other.name, found.number) == ((0,), "é", None, large)
    assert not found.one.values.flags.writeable
    with pytest.raises(KeyError):
        record_of(Outer, Entry({}, {}))
