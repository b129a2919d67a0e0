"""Passes of one model that are under way: several may be, and the model goes from memory when none is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Passes:
    """Counts them. Safe to use from several threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._under_way = 0

    @property
    def under_way(self) -> int:
        """How many are."""
        return self._under_way

    @contextmanager
    def one(self) -> Iterator[None]:
        """Enter for the length of one pass, or of several in a row."""
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def wait_for_none(self) -> None:
        """Wait until all have ended."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way)
