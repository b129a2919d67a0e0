"""One answer for all who want the same thing at the same time."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class SingleFlight(Generic[K, T]):
    """Work by its key; whoever asks for what is under way waits for it and gets the same result or error."""

    def __init__(self) -> None:
        self._under_way: dict[K, Future[T]] = {}
        self._lock = threading.Lock()

    def result(self, key: K, work: Callable[[], T]) -> T:
        """What ``work`` returns, or what it returned to the one who began it.

        Raises:
            Whatever ``work`` raises.
        """
        with self._lock:
            future = self._under_way.get(key)
            begins = future is None
            if future is None:
                future = self._under_way[key] = Future()
        if begins:
            self._run(key, future, work)
        return future.result()

    def _run(self, key: K, future: "Future[T]", work: Callable[[], T]) -> None:
        try:
            made = work()
        except BaseException as exc:  # also when the one who began is interrupted: the others must not wait forever
            self._end(key)
            future.set_exception(exc)
        else:
            self._end(key)
            future.set_result(made)

    def _end(self, key: K) -> None:
        with self._lock:
            del self._under_way[key]
