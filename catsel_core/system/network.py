"""What every request over the network needs: a deadline, and plain sentences for what goes wrong."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import TYPE_CHECKING, TypeVar

from catsel_core.language import mark, tr

if TYPE_CHECKING:
    import requests

NO_ANSWER = mark("there was no answer in time; check that this computer is online")

T = TypeVar("T")


class TooSlowError(Exception):
    """Work was not done in time; it may go on unseen."""


def in_time(work: Callable[[], T], seconds: float, name: str) -> T:
    """What ``work`` returns, if that takes no longer than ``seconds``.

    It runs in a thread of its own, called ``name``: look-ups of names that hang, and headers that come byte by byte,
    know no time-out.

    Raises:
        TooSlowError: if it takes longer. The thread is left alone; it does not keep the program from ending.
        Whatever ``work`` raises.
    """
    outcomes: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcomes.put((work(),))
        except Exception as exc:  # whatever it is, it belongs to the thread that waits
            outcomes.put(exc)

    speaking = copy_context().run  # in the language of the thread that waits
    threading.Thread(target=speaking, args=(run,), name=name, daemon=True).start()
    try:
        outcome = outcomes.get(timeout=seconds)
    except queue.Empty:
        raise TooSlowError from None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome[0]


def body(response: "requests.Response", chunk_bytes: int) -> Iterator[bytes]:
    """The body of an answer, unpacked, piece by piece.

    Raises:
        requests.Timeout: if the other side falls silent, which requests calls a ConnectionError within a body.
        requests.RequestException: if the body ends too early or cannot be unpacked.
    """
    import requests

    try:
        yield from response.iter_content(chunk_bytes)
    except requests.ConnectionError as exc:
        raise requests.Timeout from exc


def connection_problem(exc: Exception) -> str | None:
    """What a failed request means for the user; None if it was not the connection that failed."""
    import requests

    if isinstance(exc, requests.exceptions.SSLError):
        return tr("the connection is not secure; a filter in the network may be the reason")
    if isinstance(exc, requests.exceptions.ProxyError):
        return tr("the network's proxy does not let the request through")
    if isinstance(exc, requests.Timeout):
        return tr(NO_ANSWER)
    if isinstance(exc, requests.ConnectionError):
        return tr("there is no connection; check that this computer is online")
    return None
