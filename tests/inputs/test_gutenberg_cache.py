"""Books are read once, fetched once for all who ask, and bounded on disk and in memory: counted, not timed."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catsel_core.errors import FetchError
from catsel_core.inputs import gutenberg_cache, gutenberg_transfer
from catsel_core.inputs.gutenberg import book, is_cached
from catsel_core.inputs.texts import Text
from catsel_core.settings import texts_dir
from tests.support import gutenberg_server as imitation
from tests.support.gutenberg_server import BODY, BOOK, Answer, GutenbergServer, Handler, serve
from tests.support.waiting import threads_that_wait

ROOT = Path(__file__).resolve().parents[2]
TEN = 10


def answered_when(ready: Callable[[], bool], answer: Answer) -> Answer:
    """``answer``, but not before ``ready``."""

    def wait(handler: Handler) -> None:
        while not ready():
            handler.wait(0.01)
        answer(handler)

    return wait


def ask_at_once(server: GutenbergServer, answer: Answer) -> list[Text | FetchError]:
    """What ten threads get that ask for one book; it is answered when nine of them wait for the one who began."""
    server.answers = [answered_when(lambda: threads_that_wait() == TEN - 1, answer), answer]
    found: list[Text | FetchError] = []

    def ask() -> None:
        try:
            found.append(book(7))
        except FetchError as exc:
            found.append(exc)

    threads = [threading.Thread(target=ask) for _ in range(TEN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def cached_numbers() -> list[int]:
    return sorted(int(path.stem[2:]) for path in texts_dir().glob("pg*.txt"))


def test_ten_who_want_a_book_at_once_cause_one_download(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gutenberg_transfer, "READ_SECONDS", 10)
    found = ask_at_once(server, serve(BOOK))
    assert [text.content for text in found if isinstance(text, Text)] == [BODY] * TEN
    assert len({id(text) for text in found}) == 1
    assert len(server.paths) == 1


def test_ten_who_want_a_book_that_cannot_be_had_share_the_failure(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gutenberg_transfer, "READ_SECONDS", 10)
    found = ask_at_once(server, imitation.hang_up)
    assert {str(error).split(": ")[1] for error in found if isinstance(error, FetchError)} == {
        "there is no connection; check that this computer is online. Use the built-in text, or download the file "
        "elsewhere and upload it."
    }
    assert len(server.paths) == 2  # the second attempt of the one who began
    server.answers = [serve(BOOK)]
    assert book(7).content == BODY


def test_programs_that_want_a_book_at_once_cause_one_download(server: GutenbergServer) -> None:
    asked: list[float] = []
    server.answers = [answered_when(lambda: bool(asked) and time.monotonic() > asked[0] + 0.3, serve(BOOK))]
    program = (
        "import sys\nimport requests\nfrom catsel_core.inputs.gutenberg import book\n"
        "print('ready', flush=True)\nsys.stdin.readline()\nprint(len(book(7).content))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    asked.append(time.monotonic())  # a moment for all of them to come as far as the book
    assert [one.communicate()[0] for one in started] == [f"{len(BODY)}\n"] * 3
    assert len(server.paths) == 1


def test_a_book_is_read_and_cut_once_while_its_file_stays_the_same(server: GutenbergServer) -> None:
    first, whole = book(7), book(7, keep_boilerplate=True)
    assert book(7) is first
    assert book(7, keep_boilerplate=True) is whole
    path = texts_dir() / "pg7.txt"
    path.write_bytes(BOOK.replace(b"Chapter I", b"Chapter 1"))
    assert "Chapter 1" in book(7).content
    path.unlink()
    assert not is_cached(7)
    assert book(7).content == BODY
    assert len(server.paths) == 2


def test_books_are_told_apart_and_so_are_folders(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.answers = [serve(b"one"), serve(b"two"), serve(b"three")]
    assert [book(number).content for number in (1, 2, 1)] == ["one", "two", "one"]
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "other"))
    assert book(1).content == "three"


def test_where_nothing_can_be_written_memory_saves_the_second_download(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "file"))
    assert book(7) is book(7)
    assert len(server.paths) == 1


def test_books_in_memory_are_bounded(server: GutenbergServer, monkeypatch: pytest.MonkeyPatch) -> None:
    book(1)
    read = gutenberg_cache.read(1)
    assert read is not None
    monkeypatch.setenv("CATSEL_TEXTS_MEMORY_MB", str(2.5 * read.memory_bytes / 1e6))
    memory = gutenberg_cache.BookMemory()
    paths = [texts_dir() / f"pg{number}.txt" for number in range(10, 14)]
    for at in (0, 1, 0, 2):
        if memory.get(paths[at]) is None:
            memory.put(paths[at], read)
    assert [memory.get(path) is not None for path in paths] == [True, False, True, False]
    memory.put(paths[3], read)
    assert [memory.get(path) is not None for path in paths] == [False, False, True, True]
    monkeypatch.setenv("CATSEL_TEXTS_MEMORY_MB", "0")
    memory.put(paths[0], read)
    assert [memory.get(path) is not None for path in paths] == [True, False, False, False]


@pytest.mark.parametrize("use", [book, gutenberg_cache.read])
def test_what_was_not_used_for_the_longest_time_leaves_the_disk(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch, use: Callable[[int], object]
) -> None:
    monkeypatch.setenv("CATSEL_TEXTS_MB", str(2.5 * len(BOOK) / 1e6))
    book(1)
    book(2)
    use(1)
    book(3)
    assert cached_numbers() == [1, 3]
    book(2)
    assert cached_numbers() == [2, 3]
    assert len(server.paths) == 4


def test_the_book_that_was_just_fetched_stays_however_large(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATSEL_TEXTS_MB", "0")
    book(1)
    book(2)
    assert cached_numbers() == [2]


def test_use_leaves_the_time_of_the_last_change(server: GutenbergServer) -> None:
    book(7)
    before = (texts_dir() / "pg7.txt").stat()
    book(7)
    after = (texts_dir() / "pg7.txt").stat()
    assert after.st_mtime_ns == before.st_mtime_ns
    assert after.st_atime_ns > before.st_atime_ns


def test_files_of_programs_that_were_killed_are_removed(server: GutenbergServer) -> None:
    book(1)
    abandoned, fresh = texts_dir() / ".pg5-old", texts_dir() / ".pg5-new"
    abandoned.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(abandoned, (0, 0))
    book(2)
    assert not abandoned.exists()
    assert fresh.exists()
