"""Fetching books over real HTTP: what is cached, every failure in one sentence, and limits that hold."""

import gzip
import re
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest

from catsel_core.errors import CatselError, FetchError, InputError, SettingsError
from catsel_core.inputs import gutenberg_transfer
from catsel_core.inputs.gutenberg import THE_GREAT_GATSBY, book, is_cached
from catsel_core.inputs.network import NO_ANSWER
from catsel_core.settings import current_settings, texts_dir
from tests.support import gutenberg_server as imitation
from tests.support.gutenberg_server import BODY, BOOK, Answer, GutenbergServer, redirect, serve, status

WAY_OUT = "Use the built-in text, or download the file elsewhere and upload it."


def failure(number: int = 7) -> str:
    """Why the book cannot be had; everything else about the sentence is checked here."""
    with pytest.raises(FetchError) as caught:
        book(number)
    found = re.fullmatch(rf"Book {number} cannot be had from 127\.0\.0\.1:\d+: (.*)\. {WAY_OUT}", str(caught.value))
    assert found
    assert not is_cached(number)
    return found[1]


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


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (status(404), "there is no plain text with this number (status 404)"),
        (status(410), "there is no plain text with this number (status 410)"),
        (status(403), "the server refuses the request (status 403)"),
        (status(204), "the server refuses the request (status 204)"),
        (status(304), "the server refuses the request (status 304)"),
        (serve(b""), "there is nothing in it"),
        (serve(b"\xef\xbb\xbf\r\n \r\n"), "there is nothing in it"),
        (serve(re.sub(rb"Chapter.*ever\.", b"", BOOK, flags=re.DOTALL)), "there is nothing in it"),
        (serve(b"\x89PNG\r\n\x1a\n\0\0"), "what came is not text"),
        (serve(bytes(range(1, 128))), "what came is not text"),
        (
            serve(b"\xef\xbb\xbf \r\n<!DOCTYPE html><p>Log in</p>"),
            "what came is not a plain text but a web page, perhaps a network's log-in page",
        ),
        (serve(b"<HTML>"), "what came is not a plain text but a web page, perhaps a network's log-in page"),
        (
            serve(BOOK, declared=False, Content_Length="x"),
            "the answer or this computer's network settings cannot be used",
        ),
    ],
)
def test_failures_that_are_not_tried_again(server: GutenbergServer, answer: Answer, reason: str) -> None:
    server.answers = [answer]
    assert failure() == reason
    assert len(server.paths) == 1


CUT_OFF = "the text was cut off on the way"
PASSING = [
    (status(500), "the server has a fault (status 500)"),
    (status(503), "the server has a fault (status 503)"),
    (imitation.hang, NO_ANSWER),
    (imitation.hang_in_body, NO_ANSWER),
    (imitation.hang_up, "there is no connection; look whether this computer is online"),
    (imitation.cut_off(BOOK), CUT_OFF),
    (imitation.chunked(BOOK, complete=False), CUT_OFF),
    (serve(BOOK[:200], declared=False), CUT_OFF),
    (serve(gzip.compress(BOOK)[:-50], Content_Encoding="gzip"), CUT_OFF),
    (serve(BOOK, Content_Encoding="gzip"), CUT_OFF),
]


@pytest.mark.parametrize(("answer", "reason"), PASSING)
def test_failures_that_are_tried_once_more(server: GutenbergServer, answer: Answer, reason: str) -> None:
    server.answers = [answer]
    assert failure() == reason
    assert len(server.paths) == 2


@pytest.mark.parametrize(("answer", "reason"), PASSING)
def test_the_second_attempt_counts(server: GutenbergServer, answer: Answer, reason: str) -> None:
    server.answers = [answer, serve(BOOK)]
    assert book(7).content == BODY
    assert len(server.paths) == 2


def test_no_server(server: GutenbergServer) -> None:
    server.stop()
    assert failure() == "there is no connection; look whether this computer is online"


def test_no_proxy(server: GutenbergServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    server.stop()
    assert failure() == "the network's proxy does not let the request through"


@pytest.mark.parametrize("answer", [imitation.drip(True), imitation.drip(False), imitation.drip_head])
def test_dripping_servers_meet_the_deadline(
    server: GutenbergServer, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    monkeypatch.setattr(gutenberg_transfer, "TOTAL_SECONDS", 0.4)
    server.answers = [answer]
    assert failure() == "it took more than 0.4 seconds"
    assert server.sent < 1_000  # of 10,000 that would come
    assert len(server.paths) == 1
    if answer is imitation.drip_head:
        server.stop()
    for thread in threading.enumerate():
        if thread.name == "gutenberg":
            thread.join(5)
            assert not thread.is_alive()


def test_no_second_attempt_after_the_deadline(server: GutenbergServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gutenberg_transfer, "PAUSE_SECONDS", gutenberg_transfer.TOTAL_SECONDS)
    server.answers = [status(500)]
    assert failure() == "the server has a fault (status 500)"
    assert len(server.paths) == 1


@pytest.mark.parametrize(
    "answer",
    [
        imitation.large(100_000_000),
        imitation.large(100_000_000, Content_Length="100000000"),
        serve(gzip.compress(b"x" * 100_000_000, 1), Content_Encoding="gzip"),
        imitation.large(100_000_000, code=302, Location="/cache/epub/7/large.txt"),
    ],
    ids=["undeclared", "declared", "packed", "redirected"],
)
def test_large_bodies_are_broken_off(server: GutenbergServer, answer: Answer) -> None:
    server.answers = [answer, imitation.large(100_000_000)]
    tracemalloc.start()
    try:
        assert failure() == "it is larger than 12,000,000 bytes"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000
    server.stop()
    assert server.sent < 60_000_000  # 12 MB and what two sockets buffer


def test_the_largest_body(server: GutenbergServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gutenberg_transfer, "MAX_BYTES", len(BOOK))
    assert book(7).content == BODY
    monkeypatch.setattr(gutenberg_transfer, "MAX_BYTES", len(BOOK) - 1)
    assert failure(8) == f"it is larger than {len(BOOK) - 1} bytes"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_on_the_same_host_are_followed(server: GutenbergServer, code: int) -> None:
    server.answers = [
        redirect("/files/7.txt", code),
        redirect(f"{server.address}/8.txt"),
        redirect("9.txt"),
        serve(BOOK),
    ]
    assert book(7).content == BODY
    assert server.paths == ["/cache/epub/7/pg7.txt", "/files/7.txt", "/8.txt", "/9.txt"]


def test_redirects_have_an_end(server: GutenbergServer) -> None:
    server.answers = [redirect("/again")]
    assert failure() == "the request is sent on more than 3 times"
    assert len(server.paths) == 4


@pytest.mark.parametrize(
    "location",
    [
        *("http://localhost:{port}/", "http://127.0.0.1:1/", "//127.0.0.2:{port}/", "http://127.0.0.1/"),
        *("file:///etc/passwd", "ftp://127.0.0.1:{port}/", "http://user:word@127.0.0.1:{port}/", "http://[::1/"),
        *("http://127.0.0.1:{port}\\@other/", "http://other\\@127.0.0.1:{port}/", "http://127.0.0.1:999999/"),
        "http://" + "x" * 1_000,
    ],
)
def test_redirects_to_other_places_are_refused(server: GutenbergServer, location: str) -> None:
    location = location.format(port=server.address.rpartition(":")[2])
    server.answers = [redirect(location), serve(BOOK)]
    assert failure() == f"the request is sent on to “{location[:100]}”, another place, which is not followed"
    assert len(server.paths) == 1


def test_an_upgrade_to_https_is_followed(server: GutenbergServer) -> None:
    server.answers = [redirect(server.address.replace("http:", "https:") + "/7.txt")]
    assert failure() == "the connection is not secure; a filter of the network may stand in between"


def test_no_way_from_https_to_http() -> None:
    transfer = gutenberg_transfer._Transfer(7, "https://host", 0.0)
    assert transfer._next_address("https://host/a", "https://host:443/b") == "https://host:443/b"
    for location in ("http://host/b", "http://host:443/b", "https://host:8443/b", "https://other/b"):
        with pytest.raises(FetchError, match="another place"):
            transfer._next_address("https://host/a", location)
    assert transfer._next_address("http://host:8080/a", "https://host/b") == "https://host/b"


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
