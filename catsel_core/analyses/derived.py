"""What is made from vectors only when it is asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from numpy.typing import NDArray

from catsel_core.analyses.represent import Represented
from catsel_core.arrays import freeze
from catsel_core.store import Entry, Store, content_key

LARGE = 10_000_000
"""Pairs at all layers from which on it takes longer to go through them than to read what was made of them."""

Arrays = Mapping[str, NDArray[Any]]


class Derived:
    """Results made from the pairs of some items: once for an analysis, and of many pairs once for a store.

    Their key in the store is that of the vectors, with the labels and whatever else they depend on.
    """

    def __init__(self, represented: Represented, store: Store) -> None:
        self._represented, self._store = represented, store
        self._made: dict[str, Arrays] = {}
        count = len(represented.inputs.items)
        self._large = len(represented.vectors) * count * (count - 1) // 2 >= LARGE

    def get(self, what: str, parts: Mapping[str, Any], compute: Callable[[], Arrays]) -> Arrays:
        """Named arrays, read-only.

        Args:
            what: their name.
            parts: plain values that they depend on beside vectors and labels.
            compute: called if they are not known.
        """
        name = content_key({"what": what, **parts})
        if name not in self._made:
            self._made[name] = self._through_store(name, compute) if self._large else _frozen(compute())
        return self._made[name]

    def _through_store(self, name: str, compute: Callable[[], Arrays]) -> Arrays:
        made = self._represented
        key = content_key({"what": name, "vectors": made.key, "labels": made.inputs.labels})
        return self._store.get_or_compute(key, lambda: Entry(_frozen(compute()), {})).arrays


def _frozen(arrays: Arrays) -> Arrays:
    freeze(*arrays.values())
    return arrays
