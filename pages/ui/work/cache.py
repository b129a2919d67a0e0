"""What is kept in memory for all visitors, bounded by bytes: the least recently used goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from catsel_core.arrays import n_bytes
from catsel_core.settings import current_settings

Value = TypeVar("Value")


class ByteBoundedCache(Generic[Value]):
    """Values by key. Safe to use from several threads; a value larger than the whole cache is not kept.

    Args:
        max_bytes: most that all values together may take; asked whenever one comes.
        size_of: bytes of one value; its key is counted too.
    """

    def __init__(self, max_bytes: Callable[[], int], size_of: Callable[[Value], int]) -> None:
        self.max_bytes = max_bytes
        self._size_of = size_of
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._building: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self.n_bytes = 0

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._values)

    def clear(self) -> None:
        """Let all values go."""
        with self._lock:
            self._values.clear()
            self.n_bytes = 0

    def get(self, key: Hashable) -> Value | None:
        """The value, which counts as used just now; None if there is none."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value in place of what the key had, and let others go until all fit."""
        size = self._size_of(value) + n_bytes(key)  # requests hold whole texts
        with self._lock:
            self.n_bytes -= self._values.pop(key, (None, 0))[1]
            most = self.max_bytes()
            if size > most:
                return
            self._values[key] = value, size
            self.n_bytes += size
            while self.n_bytes > most:
                _, (_, gone) = self._values.popitem(last=False)
                self.n_bytes -= gone

    def get_or_build(self, key: Hashable, build: Callable[[], Value]) -> Value:
        """The value, built first if need be: once, however many ask at the same time.

        What ``build`` raises is raised here, and by whoever asks next it is tried again.
        """
        with self._lock:
            turn = self._building.setdefault(key, threading.Lock())
        try:
            with turn:
                found = self.get(key)
                if found is None:
                    found = build()
                    self.put(key, found)
        finally:
            with self._lock:
                self._building.pop(key, None)
        return found


MEMORY: ByteBoundedCache[Any] = ByteBoundedCache(lambda: current_settings().memory_bytes, n_bytes)
"""Analyses and charts of all visitors."""
