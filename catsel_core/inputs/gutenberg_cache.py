"""Fetched books in the cache folder, one file a book, and the last ones read in memory.

Both are bounded by bytes; what was not used for the longest time goes first. The time of a file's last use is its
access time, which is set at every use, so that the time of its last change tells whether it is still the same file.
"""

import os
import stat
import threading
import time
import uuid
from collections import OrderedDict
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from catsel_core.errors import CatselError
from catsel_core.inputs.gutenberg_book import Book, checked_book
from catsel_core.inputs.gutenberg_transfer import TOTAL_SECONDS
from catsel_core.settings import current_settings, texts_dir

_LOCK_FILES = 256
_ABANDONED_SECONDS = 3600.0  # a file half written for so long belongs to a program that is no more

Stamp = tuple[int, int, int]
"""Number of a file on its disk, its size, and when it was changed."""


def path_of(number: int) -> Path:
    """Where the book lies if it has been fetched."""
    return texts_dir() / f"pg{number}.txt"


def stamp_of(path: Path) -> Stamp | None:
    """What changes when the file does; None if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


class BookMemory:
    """The books used last, by their file. Safe to use from several threads."""

    def __init__(self) -> None:
        self._books: OrderedDict[Path, tuple[Stamp | None, Book]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, path: Path) -> Book | None:
        """The book, if it is here and its file is still what it was; no file is also what it was, if there was none."""
        stamp = stamp_of(path)
        with self._lock:
            remembered = self._books.get(path)
            if remembered is None or remembered[0] != stamp:
                return None
            self._books.move_to_end(path)
        _mark_used(path)
        return remembered[1]

    def put(self, path: Path, book: Book) -> None:
        """Remember the book, and forget those that there is no room for."""
        stamp = stamp_of(path)
        with self._lock:
            self._books[path] = (stamp, book)
            self._books.move_to_end(path)
            excess = sum(book.memory_bytes for _, book in self._books.values()) - current_settings().texts_memory_bytes
            while excess > 0 and len(self._books) > 1:
                _, (_, forgotten) = self._books.popitem(last=False)
                excess -= forgotten.memory_bytes


def read(number: int) -> Book | None:
    """The book from its file; None if there is none or it is damaged."""
    path = path_of(number)
    try:
        with path.open("rb") as file:
            data = file.read(current_settings().text_bytes + 1)
        book = checked_book(data, number, "the cache")
    except (OSError, CatselError):
        return None
    _mark_used(path)
    return book


def write(number: int, data: bytes) -> None:
    """Put a fetched book into its file, and make room for it.

    Raises:
        OSError: if there is no space or no permission.
    """
    folder = texts_dir()
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".pg{number}-{uuid.uuid4().hex}"
    try:
        temporary.write_bytes(data)
        temporary.replace(path_of(number))
    finally:
        temporary.unlink(missing_ok=True)
    _mark_used(path_of(number))
    _make_room(folder)


def alone(number: int) -> AbstractContextManager[object]:
    """As the only program that fetches this book, unless another one takes longer than a fetch may.

    Lock files lie beside the folder of books; they stay, 256 of them at most.
    """
    folder = texts_dir().with_name("texts-locks")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FileLock(folder / f"{number % _LOCK_FILES}.lock").acquire(timeout=TOTAL_SECONDS)
    except (OSError, Timeout):
        return nullcontext()


def _mark_used(path: Path) -> None:
    """Set the time of access, and only that."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _make_room(folder: Path) -> None:
    """Remove the files used longest ago while all together are too large, and what was never finished."""
    with suppress(OSError):  # another program may be removing the same files
        for path in folder.glob(".pg*"):
            if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                path.unlink(missing_ok=True)
        files = sorted(((path.stat(), path) for path in folder.glob("pg*.txt")), key=lambda file: file[0].st_atime_ns)
        excess = sum(found.st_size for found, _ in files) - current_settings().texts_bytes
        for found, path in files[:-1]:  # the one used last stays, however large
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= found.st_size
