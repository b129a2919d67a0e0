"""Books by their number: fetched once from the address in use, cached as served, and read from there."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from catsel_core.errors import CatselError, FetchError, InputError, SettingsError
from catsel_core.inputs.gutenberg import THE_GREAT_GATSBY, book, is_cached
from catsel_core.settings import current_settings, texts_dir
from tests.support import gutenberg_server as imitation
from tests.support.gutenberg_server import BODY, BOOK, Answer, GutenbergServer, serve


def cached_file(number: int) -> Path:
    return texts_dir() / f"pg{number}.txt"


def test_a_book_is_fetched_once_and_cached_as_served(server: GutenbergServer) -> None:
    assert not is_cached(7)
    text = book(7)
    assert server.paths == ["/cache/epub/7/pg7.txt"]
    assert (text.name, text.origin, text.content) == ("The Small Book", "Project Gutenberg, book 7", BODY)
    assert is_cached(7)
    assert not is_cached(8)
    assert cached_file(7).read_bytes() == BOOK
    assert [path.name for path in texts_dir().iterdir()] == ["pg7.txt"]
    server.stop()
    assert book(7) == text


def test_header_and_licence_can_stay(server: GutenbergServer) -> None:
    assert book(7, keep_boilerplate=True).content == BOOK.decode("utf-8-sig")
    assert book(7).content == BODY
    assert len(server.paths) == 1


def test_a_text_without_header_has_its_number_for_a_name(server: GutenbergServer) -> None:
    server.answers = [serve(b"Chapter I")]
    text = book(7)
    assert (text.name, text.content) == ("Project Gutenberg book 7", "Chapter I")


@pytest.mark.parametrize(
    "answer",
    [
        serve(BOOK, declared=False),
        serve(gzip.compress(BOOK), Content_Encoding="gzip"),
        imitation.chunked(BOOK),
    ],
)
def test_all_ways_to_send_a_body(server: GutenbergServer, answer: Answer) -> None:
    server.answers = [answer]
    assert book(7).content == BODY
    assert cached_file(7).read_bytes() == BOOK


@pytest.mark.parametrize("number", [0, -1, 1_000_000, pytest.param(10**5000, id="huge"), True, "7", 7.0, None])
def test_only_numbers_of_books(server: GutenbergServer, number: object) -> None:
    with pytest.raises(InputError, match=r"numbers from 1 to 999,999; this is .*\. The Great Gatsby is 64317\."):
        book(number)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="numbers from 1"):
        is_cached(number)  # type: ignore[arg-type]
    assert not server.paths


def test_the_first_and_the_last_number(server: GutenbergServer) -> None:
    book(1)
    book(999_999)
    assert server.paths == ["/cache/epub/1/pg1.txt", "/cache/epub/999999/pg999999.txt"]


@pytest.mark.parametrize(
    ("chosen", "used"),
    [
        (None, "https://www.gutenberg.org"),
        ("", "https://www.gutenberg.org"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("HTTPS://mirror.example/pub/gutenberg//", "HTTPS://mirror.example/pub/gutenberg"),
        ("http://[::1]:80/a_b-c.d~e", "http://[::1]:80/a_b-c.d~e"),
    ],
)
def test_addresses(monkeypatch: pytest.MonkeyPatch, chosen: str | None, used: str) -> None:
    monkeypatch.delenv("CATSEL_GUTENBERG", raising=False)
    if chosen is not None:
        monkeypatch.setenv("CATSEL_GUTENBERG", chosen)
    assert current_settings().gutenberg == used


@pytest.mark.parametrize(
    "chosen",
    [
        *("localhost:8080", "ftp://host", "http://", "http:///path", "file:///etc/passwd", " http://host"),
        *("http://host:port", "http://host:0", "http://host:65536", "http://host:123456", "http://host\n"),
        *("http://user:word@host", "http://host/?a=b", "http://host/#a", "http://host/a b", "http://host\\@other"),
        "http://[::1",
    ],
)
def test_what_is_no_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chosen: str) -> None:
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    monkeypatch.setenv("CATSEL_GUTENBERG", chosen)
    with pytest.raises(SettingsError) as caught:
        book(7)
    expected = f"CATSEL_GUTENBERG must look like https://host or http://host:8080/path; it is “{chosen}”."
    assert str(caught.value) == expected


def test_a_mirror_has_its_books_below_its_address(server: GutenbergServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_GUTENBERG", server.address + "/mirrors/pg/")
    assert book(7).content == BODY
    assert server.paths == ["/mirrors/pg/cache/epub/7/pg7.txt"]


def test_a_proxy_of_the_environment_is_used(server: GutenbergServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.setenv("CATSEL_GUTENBERG", "http://books.invalid")
    assert book(7).content == BODY
    assert server.paths == ["http://books.invalid/cache/epub/7/pg7.txt"]


@pytest.mark.parametrize("damaged", [b"", b"\0", BOOK[:200], b"<html>"])
def test_a_damaged_cached_file_is_fetched_anew(server: GutenbergServer, damaged: bytes) -> None:
    book(7)
    cached_file(7).write_bytes(damaged)
    assert book(7).content == BODY
    assert cached_file(7).read_bytes() == BOOK
    assert len(server.paths) == 2


def test_a_cache_that_cannot_be_used_is_no_failure(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cached_file(7).mkdir(parents=True)
    assert book(7).content == BODY
    assert not is_cached(7)
    assert [path.name for path in texts_dir().iterdir()] == ["pg7.txt"]
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "file"))
    assert book(7).content == BODY
    assert not is_cached(7)


def test_fetch_errors_are_errors_for_users() -> None:
    assert issubclass(FetchError, CatselError)
    assert THE_GREAT_GATSBY == 64317


def test_the_network_library_is_imported_only_for_a_fetch() -> None:
    program = "import sys, catsel_core.inputs.gutenberg; sys.exit('requests' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
