"""Fetching books over real HTTP: every failure in one sentence, limits that hold, and redirects."""

import gzip
import re
import threading
import tracemalloc

import pytest

from catsel_core.errors import FetchError
from catsel_core.inputs import gutenberg_transfer
from catsel_core.inputs.gutenberg import book, is_cached
from catsel_core.system.network import NO_ANSWER
from tests.support import gutenberg_server as imitation
from tests.support.gutenberg_server import BODY, BOOK, Answer, GutenbergServer, redirect, serve, status

WAY_OUT = "Use the built-in text, or download the file elsewhere and upload it."


def failure(number: int = 7) -> str:
    """Why the book cannot be had; everything else about the sentence is checked here."""
    with pytest.raises(FetchError) as caught:
        book(number)
    found = re.fullmatch(
        rf"Book {number} could not be fetched from 127\.0\.0\.1:\d+: (.*)\. {WAY_OUT}", str(caught.value)
    )
    assert found
    assert not is_cached(number)
    return found[1]


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
    (status(500), "the server has a problem (status 500)"),
    (status(503), "the server has a problem (status 503)"),
    (imitation.hang, NO_ANSWER),
    (imitation.hang_in_body, NO_ANSWER),
    (imitation.hang_up, "there is no connection; check that this computer is online"),
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
    assert failure() == "there is no connection; check that this computer is online"


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
    assert failure() == "the server has a problem (status 500)"
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
    monkeypatch.setenv("CATSEL_UPLOAD_MB", str(len(BOOK) / 1e6))
    assert book(7).content == BODY
    monkeypatch.setenv("CATSEL_UPLOAD_MB", str((len(BOOK) - 1) / 1e6))
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
    assert failure() == "the connection is not secure; a filter in the network may be the reason"


def test_no_way_from_https_to_http() -> None:
    transfer = gutenberg_transfer._Transfer(7, "https://host", 0.0)
    assert transfer._next_address("https://host/a", "https://host:443/b") == "https://host:443/b"
    for location in ("http://host/b", "http://host:443/b", "https://host:8443/b", "https://other/b"):
        with pytest.raises(FetchError, match="another place"):
            transfer._next_address("https://host/a", location)
    assert transfer._next_address("http://host:8080/a", "https://host/b") == "https://host/b"
