"""Books are jobs: one fetch for all who want one, told by the byte, and ended when nobody wants it any more."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.errors import FetchError
from catsel_core.inputs import gutenberg
from pages.ui.work import books
from pages.ui.work.books import DESK, Fetch
from pages.ui.work.desk import StoppedError
from tests.support.gutenberg_server import BOOK, GutenbergServer, Handler, serve, status

SECONDS = 30


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[GutenbergServer]:
    """The imitation in use, with an empty cache of books."""
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    made = GutenbergServer()
    try:
        monkeypatch.setenv("CATSEL_GUTENBERG", made.address)
        yield made
    finally:
        made.stop()


class Halves:
    """Answers with a book, the second half of which comes when the test says so."""

    def __init__(self) -> None:
        self.half, self.go_on = threading.Event(), threading.Event()
        self.data = BOOK.replace(b"as ever.", b"as ever. " * 20_000)

    def __call__(self, handler: Handler) -> None:
        handler.head(200, {"Content-Length": str(len(self.data))})
        middle = len(self.data) // 2
        handler.send(self.data[:middle])
        self.half.set()
        assert self.go_on.wait(SECONDS)
        for at in range(middle, len(self.data), 10_000):
            handler.send(self.data[at : at + 10_000])


def test_ten_visitors_cause_one_fetch(server: GutenbergServer) -> None:
    server.answers = [halves := Halves()]
    together = threading.Barrier(10)

    def visit(number: int) -> Any:
        together.wait(SECONDS)
        job = DESK.job(Fetch(11))
        with job.watched():
            return job.future.result(SECONDS)

    with ThreadPoolExecutor(10) as pool:
        visits = pool.map(visit, range(10))
        assert halves.half.wait(SECONDS)
        halves.go_on.set()
        assert list(visits) == [True] * 10
    assert len(server.paths) == 1
    assert gutenberg.is_cached(11)


def test_the_bar_knows_how_much_is_here(server: GutenbergServer) -> None:
    server.answers = [halves := Halves()]
    job = DESK.job(Fetch(12))
    with job.watched():
        assert halves.half.wait(SECONDS)
        assert job.total in (0, len(halves.data))
        halves.go_on.set()
        job.future.result(SECONDS)
    assert (job.done, job.total) == (len(halves.data), len(halves.data))


def test_a_fetch_ends_when_nobody_wants_it_and_leaves_nothing(server: GutenbergServer) -> None:
    server.answers = [halves := Halves(), serve(BOOK)]
    job = DESK.job(Fetch(13))
    with ExitStack() as b:
        with job.watched():  # a, who presses Stop
            b.enter_context(job.watched())
            assert halves.half.wait(SECONDS)
        job.end_unless_watched()
        assert not job.future.done()  # b waits
    job.end_unless_watched()
    halves.go_on.set()
    with pytest.raises(StoppedError):
        job.future.result(SECONDS)
    assert not gutenberg.is_cached(13)
    assert DESK.job(Fetch(13)).future.result(SECONDS)  # whoever comes next begins anew
    assert len(server.paths) == 2


def test_what_progress_raises_is_no_failure_of_the_network(server: GutenbergServer) -> None:
    class EnoughError(Exception):
        pass

    def enough(done: int, total: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        gutenberg.book(14, progress=enough)
    server.answers = [status(404)]
    with pytest.raises(FetchError, match="no plain text with this number"):
        gutenberg.book(15, progress=enough)


def page(number: int) -> None:
    """What the control of a text does with a book."""
    import streamlit as st

    from catsel_core.errors import CatselError
    from pages.ui.work import books

    if st.button("Fetch"):
        books.begin(number)
    if books.is_wanted(number):
        try:
            st.write("here" if books.fetched(number) else "stopped")
        except CatselError as exc:
            st.write(str(exc))


def shown(app: AppTest) -> list[str]:
    assert not app.exception
    return [each.value for each in app.markdown]


def test_a_visitor_fetches_a_book_and_gets_sentences_for_what_goes_wrong(server: GutenbergServer) -> None:
    server.answers = [status(404), serve(BOOK)]
    app = AppTest.from_function(page, kwargs={"number": 16}, default_timeout=SECONDS).run()
    assert shown(app) == []
    (text,) = shown(app.button[0].click().run())
    assert "no plain text with this number" in text
    assert shown(app.run()) == []  # it is not wanted any more
    assert shown(app.button[0].click().run()) == ["here"]
    assert gutenberg.is_cached(16)


def test_a_stopped_fetch_waits_for_another_click(server: GutenbergServer) -> None:
    app = AppTest.from_function(page, kwargs={"number": 17}, default_timeout=SECONDS)
    app.session_state["stopped"] = (Fetch(17), 0, 0)
    app.session_state[books._WANTED] = 17
    assert shown(app.run()) == ["stopped"]
    assert shown(app.run()) == []
    assert server.paths == []
    assert shown(app.button[0].click().run()) == ["here"]
