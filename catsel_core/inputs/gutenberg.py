"""Books of Project Gutenberg, by number: fetched once, then kept in the cache folder.

The address is made from a checked number only, never from a user's text. Whatever the other side does, a fetch
ends in time and in one clear sentence.
"""

import os
import queue
import re
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from catsel_core.errors import CatselError, FetchError, InputError
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.texts import Text, is_cut_off, make_text, without_boilerplate
from catsel_core.settings import texts_dir

if TYPE_CHECKING:
    import requests

THE_GREAT_GATSBY = 64317
LARGEST_NUMBER = 999_999

ADDRESS_VARIABLE = "CATSEL_GUTENBERG"
"""Environment variable with the address of a mirror, such as ``http://mirror.school:8080/gutenberg``."""
DEFAULT_ADDRESS = "https://www.gutenberg.org"

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
"""Longest silence of the other side."""
TOTAL_SECONDS = 60.0
"""Longest wait for everything: redirects, the second attempt, and a server that sends a byte now and then."""
PAUSE_SECONDS = 0.5
"""Between the first and the second attempt."""
MAX_BYTES = 12_000_000
"""Larger files are broken off; the longest books have about half of it."""
MAX_REDIRECTS = 3

_CHUNK_BYTES = 16_384  # what is read at once; packed 1:1000 it still unpacks to a bearable size
_ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:/[\w.~%+,=-]*)*", re.IGNORECASE)
_TITLE = re.compile(r"^Title:[ \t]*(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE)
_HEADER_CHARACTERS = 5_000
_WAY_OUT = "Use the built-in text, or download the file elsewhere and upload it."


class _PassingError(FetchError):
    """A failure that a second attempt may mend."""


def book(number: int, keep_boilerplate: bool = False) -> Text:
    """Book ``number`` from the cache folder, or else fetched and kept there.

    Args:
        number: 1 to 999,999, as in the book's address: 64317 is :data:`THE_GREAT_GATSBY`.
        keep_boilerplate: keep Project Gutenberg's header and licence, as the file is served.

    Raises:
        InputError: if the number or the address in ``$CATSEL_GUTENBERG`` cannot be one.
        FetchError: if the book cannot be fetched.
    """
    _check_number(number)
    text = _kept(number)
    if text is None:
        data, text = _fetch(number, base_address())
        with suppress(OSError):  # no space, no permission: it will be fetched again
            _keep(number, data)
    return text if keep_boilerplate else without_boilerplate(text)


def is_cached(number: int) -> bool:
    """Whether :func:`book` will look at a kept file first.

    Raises:
        InputError: if the number cannot be a book's.
    """
    _check_number(number)
    return os.path.isfile(texts_dir() / f"pg{number}.txt")


def base_address() -> str:
    """``$CATSEL_GUTENBERG`` without a slash at its end, or Project Gutenberg's own address.

    Raises:
        InputError: if it is not of the form ``http(s)://host[:port][/path]``.
    """
    chosen = os.environ.get(ADDRESS_VARIABLE) or DEFAULT_ADDRESS
    if _ADDRESS.fullmatch(chosen):
        with suppress(ValueError):  # a port beyond 65535
            if urlsplit(chosen).port != 0:
                return chosen.rstrip("/")
    raise InputError(f"{ADDRESS_VARIABLE} must look like https://host or http://host:8080/path; it is “{chosen}”.")


def _check_number(number: object) -> None:
    if type(number) is int and 1 <= number <= LARGEST_NUMBER:
        return
    shown = "a huge number" if isinstance(number, int) and number.bit_length() > 100 else repr(number)
    raise InputError(
        f"Books of Project Gutenberg have numbers from 1 to {LARGEST_NUMBER:,}; this is {shown}. "
        f"The Great Gatsby is {THE_GREAT_GATSBY}."
    )


def _kept(number: int) -> Text | None:
    """The kept book; None if there is none or its file is damaged."""
    try:
        with (texts_dir() / f"pg{number}.txt").open("rb") as file:
            return _text_of(file.read(MAX_BYTES + 1), number, "the cache")
    except (OSError, CatselError):
        return None


def _keep(number: int, data: bytes) -> None:
    folder = texts_dir()
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".pg{number}-{uuid.uuid4().hex}"
    try:
        temporary.write_bytes(data)
        temporary.replace(folder / f"pg{number}.txt")
    finally:
        temporary.unlink(missing_ok=True)


def _text_of(data: bytes, number: int, source: str) -> Text:
    """The whole text of a book's file, checked: plain text, not empty, not cut off."""
    try:
        content = decode(data, "book", MAX_BYTES)
    except InputError as exc:
        raise FetchError(_sentence(number, source, "what came is not text")) from exc
    if content.lstrip().lower().startswith(("<!doctype", "<html")):
        reason = "what came is not a plain text but a web page, perhaps a network's log-in page"
        raise FetchError(_sentence(number, source, reason))
    if is_cut_off(content):
        raise _PassingError(_sentence(number, source, "the text was cut off on the way"))
    title = _TITLE.search(content[:_HEADER_CHARACTERS])
    name = " ".join(title[1].split()) if title else f"Project Gutenberg book {number}"
    try:
        text = make_text(name, f"Project Gutenberg, book {number}", content)
        without_boilerplate(text)
    except InputError as exc:
        raise FetchError(_sentence(number, source, "there is nothing in it")) from exc
    return text


def _sentence(number: int, source: str, reason: str) -> str:
    return f"Book {number} cannot be had from {source}: {reason}. {_WAY_OUT}"


def _fetch(number: int, base: str) -> tuple[bytes, Text]:
    """A book as served and as text, within :data:`TOTAL_SECONDS`.

    The transfer has a thread of its own: names that are looked up for minutes and headers that come byte by byte
    know no time-out of their own.
    """
    transfer = _Transfer(number, base, time.monotonic() + TOTAL_SECONDS)
    outcomes: queue.SimpleQueue[tuple[bytes, Text] | Exception] = queue.SimpleQueue()
    threading.Thread(target=lambda: outcomes.put(transfer.outcome()), name="gutenberg", daemon=True).start()
    try:
        outcome = outcomes.get(timeout=TOTAL_SECONDS)
    except queue.Empty:
        transfer.break_off()
        raise transfer.too_slow() from None
    if isinstance(outcome, FetchError):
        raise outcome
    if isinstance(outcome, Exception):  # a broken address to be sent on to, a proxy of an unknown kind, …
        raise transfer.failure("the answer or this computer's network settings cannot be used") from outcome
    return outcome


@dataclass(slots=True)
class _Transfer:
    """One book on its way; ``deadline`` in seconds of the monotonic clock."""

    number: int
    base: str
    deadline: float
    response: "requests.Response | None" = None

    def outcome(self) -> tuple[bytes, Text] | Exception:
        """The book, or why it cannot be had."""
        try:
            try:
                return self._attempt()
            except _PassingError:
                if time.monotonic() + PAUSE_SECONDS > self.deadline:
                    raise
            time.sleep(PAUSE_SECONDS)
            return self._attempt()
        except Exception as exc:  # whatever it is, the waiting thread makes a sentence of it
            return exc

    def break_off(self) -> None:
        """End a body's reading in the other thread: a blocked read returns at once."""
        if self.response is not None:
            with suppress(Exception):  # closed in between, or a socket that cannot be shut down
                self.response.raw.shutdown()

    def failure(self, reason: str, passing: bool = False) -> FetchError:
        """The error that names book, host, ``reason`` and the way out."""
        return (_PassingError if passing else FetchError)(_sentence(self.number, urlsplit(self.base).netloc, reason))

    def too_slow(self) -> FetchError:
        """The error at the deadline."""
        return self.failure(f"it took more than {TOTAL_SECONDS:g} seconds")

    def _attempt(self) -> tuple[bytes, Text]:
        import requests

        try:
            data = self._followed()
        except requests.Timeout as exc:
            raise self.failure("there was no answer in time", passing=True) from exc
        except requests.exceptions.SSLError as exc:
            reason = "the connection is not secure; a filter of the network may stand in between"
            raise self.failure(reason, passing=True) from exc
        except requests.exceptions.ProxyError as exc:
            raise self.failure("the network's proxy does not let the request through", passing=True) from exc
        except requests.ConnectionError as exc:
            raise self.failure("there is no connection; look whether this computer is online", passing=True) from exc
        return data, _text_of(data, self.number, urlsplit(self.base).netloc)

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
        raise self.failure(f"the request is sent on more than {MAX_REDIRECTS} times")

    def _next_address(self, address: str, location: str) -> str:
        """Where a redirect leads: the same scheme, host and port, or from http to https on the same host."""
        with suppress(ValueError):  # not an address at all
            target = urljoin(address, location)
            here, there = _place(address), _place(target)
            if there == here or (here[0], there[:2]) == ("http", ("https", here[1])):
                return target
        raise self.failure(f"the request is sent on to “{location[:100]}”, another place, which is not followed")

    def _body(self, response: "requests.Response") -> bytes:
        """The body of an answer, unpacked, as long as it is no error and not too large."""
        import requests

        self.response = response  # before the look at the clock: from here on break_off can reach it
        self._check_time()
        self._check_status(response.status_code)
        self._check_size(int(response.headers.get("Content-Length", 0)))
        data = bytearray()
        try:
            for chunk in response.iter_content(_CHUNK_BYTES):
                data += chunk
                self._check_size(len(data))
                self._check_time()
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as exc:
            raise self.failure("the text was cut off on the way", passing=True) from exc
        except requests.ConnectionError as exc:  # how requests calls a time-out within a body
            raise self.failure("there was no answer in time", passing=True) from exc
        return bytes(data)

    def _check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise self.too_slow()

    def _check_size(self, n_bytes: int) -> None:
        if n_bytes > MAX_BYTES:
            raise self.failure(f"it is larger than {MAX_BYTES:,} bytes")

    def _check_status(self, status: int) -> None:
        if status in {404, 410}:
            raise self.failure(f"there is no plain text with this number (status {status})")
        if status >= 500:
            raise self.failure(f"the server has a fault (status {status})", passing=True)
        if status != 200:
            raise self.failure(f"the server refuses the request (status {status})")


def _place(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of a web address.

    Raises:
        ValueError: if it is no address, has another scheme, or a name and password in front of the host.
    """
    parts = urlsplit(address)
    if not parts.hostname or not _ADDRESS.fullmatch(f"{parts.scheme}://{parts.netloc}"):
        raise ValueError(address)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
