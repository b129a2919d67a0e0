"""A book of Project Gutenberg on its way here: redirects, a second attempt, limits of time and size.

Whatever the other side does, a transfer ends in time and in one clear sentence.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from catsel_core.errors import FetchError
from catsel_core.inputs.gutenberg_book import CUT_OFF, Book, PassingError, checked_book, message
from catsel_core.language import tr
from catsel_core.settings import WEB_ADDRESS, current_settings
from catsel_core.system.network import TooSlowError, body, connection_problem, in_time

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
"""Longest silence of the other side."""
TOTAL_SECONDS = 60.0
"""Longest wait for everything: redirects, the second attempt, and a server that sends a byte now and then."""
PAUSE_SECONDS = 0.5
"""Between the first and the second attempt."""
MAX_REDIRECTS = 3

Progress = Callable[[int, int], None]
"""Called with (bytes here, bytes in all, or 0 where the other side does not say)."""

_CHUNK_BYTES = 16_384  # what is read at once; packed 1:1000 it still unpacks to a bearable size


def fetch(number: int, base: str, progress: Progress | None = None) -> tuple[bytes, Book]:
    """A book as served and read, within :data:`TOTAL_SECONDS`.

    Args:
        number: of the book.
        base: web address of Project Gutenberg or a mirror, without a slash at its end.
        progress: told how far it is, in a thread of the transfer's own.

    Raises:
        FetchError: if the book cannot be had from there.
        Whatever ``progress`` raises.
    """
    transfer = _Transfer(number, base, time.monotonic() + TOTAL_SECONDS, progress)
    try:
        return in_time(transfer.run, TOTAL_SECONDS, "gutenberg")
    except FetchError:
        raise
    except TooSlowError as exc:
        transfer.break_off()
        raise transfer.too_slow() from exc
    except Exception as exc:
        if exc is transfer.ended_by:
            raise
        # else a broken address to be sent on to, a proxy of an unknown kind, …
        raise transfer.failure(tr("the answer or this computer's network settings cannot be used")) from exc


@dataclass(slots=True)
class _Transfer:
    """One book on its way; ``deadline`` in seconds of the monotonic clock."""

    number: int
    base: str
    deadline: float
    progress: Progress | None = None
    ended_by: Exception | None = None
    response: "requests.Response | None" = None

    def run(self) -> tuple[bytes, Book]:
        """The book; a failure that may pass is followed by a second attempt, if there is time."""
        try:
            return self._attempt()
        except PassingError:
            if time.monotonic() + PAUSE_SECONDS > self.deadline:
                raise
        time.sleep(PAUSE_SECONDS)
        return self._attempt()

    def break_off(self) -> None:
        """End a body's reading in the other thread: a blocked read returns at once."""
        if self.response is not None:
            with suppress(Exception):  # closed in between, or a socket that cannot be shut down
                self.response.raw.shutdown()

    def failure(self, reason: str, passing: bool = False) -> FetchError:
        """The error that names book, host, ``reason`` and the way out."""
        return (PassingError if passing else FetchError)(message(self.number, urlsplit(self.base).netloc, reason))

    def too_slow(self) -> FetchError:
        """The error at the deadline."""
        return self.failure(tr("it took more than {seconds:g} seconds", seconds=TOTAL_SECONDS))

    def _attempt(self) -> tuple[bytes, Book]:
        import requests

        try:
            data = self._followed()
        except requests.RequestException as exc:
            problem = connection_problem(exc)
            if problem is None:
                raise
            raise self.failure(problem, passing=True) from exc
        return data, checked_book(data, self.number, urlsplit(self.base).netloc)

    def _followed(self) -> bytes:
        """The body at the end of at most :data:`MAX_REDIRECTS` redirects, none of them to another host."""
        import requests

        address = f"{self.base}/cache/epub/{self.number}/pg{self.number}.txt"
        with requests.Session() as session:
            session.headers["User-Agent"] = "catsel"
            for _ in range(MAX_REDIRECTS + 1):
                request = session.prepare_request(requests.Request("GET", address))
                settings: dict[str, Any] = {**session.merge_environment_settings(address, {}, True, None, None)}
                timeout = (CONNECT_SECONDS, READ_SECONDS)
                # session.send would read the whole body of a redirect, however large
                with session.get_adapter(address).send(request, timeout=timeout, **settings) as response:
                    if not response.is_redirect:
                        return self._body(response)
                    address = self._next_address(address, response.headers["Location"])
        raise self.failure(tr("the request is sent on more than {count} times", count=MAX_REDIRECTS))

    def _next_address(self, address: str, location: str) -> str:
        """Where a redirect leads: the same scheme, host and port, or from http to https on the same host."""
        with suppress(ValueError):  # not an address at all
            target = urljoin(address, location)
            here, there = _place(address), _place(target)
            if there == here or (here[0], there[:2]) == ("http", ("https", here[1])):
                return target
        raise self.failure(
            tr("the request is sent on to “{place}”, another place, which is not followed", place=location[:100])
        )

    def _body(self, response: "requests.Response") -> bytes:
        """The body of an answer, unpacked, as long as it is no error and not too large."""
        import requests

        self.response = response  # before the look at the clock: from here on break_off can reach it
        self._check_time()
        self._check_status(response.status_code)
        total = int(response.headers.get("Content-Length", 0))
        self._check_size(total)
        if "Content-Encoding" in response.headers:
            total = 0  # of the packed bytes
        data = bytearray()
        try:
            for chunk in body(response, _CHUNK_BYTES):
                data += chunk
                self._check_size(len(data))
                self._check_time()
                self._tell(len(data), total)
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as exc:
            raise self.failure(tr(CUT_OFF), passing=True) from exc
        return bytes(data)

    def _tell(self, done: int, total: int) -> None:
        if self.progress is None:
            return
        try:
            self.progress(done, total)
        except Exception as exc:
            self.ended_by = exc
            raise

    def _check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise self.too_slow()

    def _check_size(self, n_bytes: int) -> None:
        most = current_settings().text_bytes
        if n_bytes > most:
            raise self.failure(tr("it is larger than {most:,} bytes", most=most))

    def _check_status(self, status: int) -> None:
        if status in {404, 410}:
            raise self.failure(tr("there is no plain text with this number (status {status})", status=status))
        if status >= 500:
            raise self.failure(tr("the server has a problem (status {status})", status=status), passing=True)
        if status != 200:
            raise self.failure(tr("the server refuses the request (status {status})", status=status))


def _place(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of a web address.

    Raises:
        ValueError: if it is no address, has another scheme, or a name and password in front of the host.
    """
    parts = urlsplit(address)
    if not parts.hostname or not WEB_ADDRESS.fullmatch(f"{parts.scheme}://{parts.netloc}"):
        raise ValueError(address)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
