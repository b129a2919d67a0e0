"""What is made from vectors only when it is asked for."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from catsel_core.arrays import freeze
from catsel_core.store import Store, content_key, entry_of, record_of

VERSION = 1
"""Raised when the same vectors and labels would give other results than before."""

LARGE = 10_000_000
"""Pairs at all layers from which on it takes longer to go through them than to read what was made of them."""

Record = TypeVar("Record")


class Derived:
    """Results made from the pairs of some items: once for an analysis, and once for a store where that pays.

    Their key in the store is that of the vectors, with the labels and whatever else they depend on. Safe to use from
    several threads.

    Args:
        vectors: key of the items' vectors.
        labels: (item,).
        n_layers: of the vectors.
        store: where results are looked for and kept.
    """

    def __init__(self, vectors: str, labels: Sequence[str], n_layers: int, store: Store) -> None:
        self._vectors, self._labels, self._store = vectors, tuple(labels), store
        self._made: dict[str, Any] = {}
        self._lock = threading.RLock()
        self._large = n_layers * len(labels) * (len(labels) - 1) // 2 >= LARGE

    def get(
        self, kind: type[Record], parts: Mapping[str, Any], compute: Callable[[], Record], *, slow: bool = False
    ) -> Record:
        """A frozen record of arrays and plain values.

        Args:
            kind: of the record.
            parts: plain values that it depends on beside vectors and labels.
            compute: called if it is not known.
            slow: whether computing takes longer than reading even of few pairs.
        """
        name = content_key({"what": kind.__name__, "version": VERSION, **parts})
        with self._lock:
            if name not in self._made:
                self._made[name] = self._through_store(kind, name, compute) if slow or self._large else compute()
                freeze(*entry_of(self._made[name]).arrays.values())
            made: Record = self._made[name]
            return made

    def _through_store(self, kind: type[Record], name: str, compute: Callable[[], Record]) -> Record:
        key = content_key({"what": name, "vectors": self._vectors, "labels": self._labels})
        return record_of(kind, self._store.get_or_compute(key, lambda: entry_of(compute())))
