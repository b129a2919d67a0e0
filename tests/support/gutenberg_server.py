"""An imitation of Project Gutenberg on this machine, with every way in which a fetch can go wrong.

``server.answers = [status(500), serve(data)]`` answers the first request with the first, and every further one with
the last. The answers are plain functions of the request's handler.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOOK = (
    "\ufeffThe Project Gutenberg eBook of The Small Book\r\n\r\nTitle: The Small\r\n    Book\r\n\r\n"
    "*** START OF THE PROJECT GUTENBERG EBOOK THE SMALL BOOK ***\r\n\r\n"
    "   Chapter I\r\n\r\nThe café was full – as ever.\r\n\r\n"
    "*** END OF THE PROJECT GUTENBERG EBOOK THE SMALL BOOK ***\r\nThe licence.\r\n"
).encode()
BODY = "   Chapter I\r\n\r\nThe café was full – as ever."


class GutenbergServer:
    """Runs from construction to :meth:`stop`, on a port or on any; ``paths`` are those of the requests so far."""

    def __init__(self, port: int = 0) -> None:
        self.answers: Sequence[Answer] = [serve(BOOK)]
        self.paths: list[str] = []
        self.sent = 0
        self.stopped = threading.Event()
        self._listener = _Listener(self, port)
        self.address = f"http://127.0.0.1:{self._listener.server_port}"
        self._thread = threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        """End the server, and every answer that is under way; may be called twice."""
        if not self.stopped.is_set():
            self.stopped.set()
            self._listener.shutdown()
            self._listener.server_close()
            self._thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them

    def __init__(self, imitation: GutenbergServer, port: int) -> None:
        self.imitation = imitation
        super().__init__(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    """One request, and the means to answer it."""

    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        imitation = self.server.imitation
        self.close_connection = True
        imitation.paths.append(self.path)
        answer = imitation.answers[min(len(imitation.paths), len(imitation.answers)) - 1]
        with suppress(ConnectionError):  # the other side has had enough
            answer(self)

    def head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.server.imitation.sent += len(data)

    def wait(self, seconds: float) -> None:
        """Until the time is over; raises ConnectionError when the server stops."""
        if self.server.imitation.stopped.wait(seconds):
            raise ConnectionAbortedError

    def log_message(self, format: str, *args: object) -> None:
        pass


Answer = Callable[[Handler], None]


def serve(data: bytes, declared: bool = True, **headers: str) -> Answer:
    """The bytes, with their length in advance or not; ``Content_Type="text/html"`` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        handler.head(200, ({"Content-Length": str(len(data))} if declared else {}) | named)
        handler.send(data)

    return answer


def status(code: int) -> Answer:
    """Nothing but a status."""
    return lambda handler: handler.head(code, {"Content-Length": "0"})


def redirect(location: str, code: int = 302) -> Answer:
    """Send the request on to ``location``."""
    return lambda handler: handler.head(code, {"Content-Length": "0", "Location": location})


def hang(handler: Handler) -> None:
    """Accept the request and say nothing."""
    handler.wait(60)


def hang_in_body(handler: Handler) -> None:
    """Begin to answer and fall silent."""
    handler.head(200, {"Content-Length": str(len(BOOK))})
    handler.send(BOOK[:100])
    handler.wait(60)


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""


def drip(declared: bool) -> Answer:
    """A byte of the body now and then."""

    def answer(handler: Handler) -> None:
        handler.head(200, {"Content-Length": "10000"} if declared else {})
        for _ in range(10_000):
            handler.send(b"x")
            handler.wait(0.02)

    return answer


def drip_head(handler: Handler) -> None:
    """A byte of the headers now and then."""
    handler.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(10_000):
        handler.send(b"x")
        handler.wait(0.02)


def cut_off(data: bytes) -> Answer:
    """Half of the bytes, although all of them were announced."""

    def answer(handler: Handler) -> None:
        handler.head(200, {"Content-Length": str(len(data))})
        handler.send(data[: len(data) // 2])

    return answer


def chunked(data: bytes, complete: bool = True) -> Answer:
    """The bytes as one chunk, with or without the empty chunk that says that this was all."""

    def answer(handler: Handler) -> None:
        handler.head(200, {"Transfer-Encoding": "chunked"})
        handler.send(b"%x\r\n%s\r\n" % (len(data), data))
        if complete:
            handler.send(b"0\r\n\r\n")

    return answer


def large(n_bytes: int, code: int = 200, **headers: str) -> Answer:
    """Many letters; their number is announced only if ``Content_Length`` is given."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        handler.head(code, named)
        block = b"x" * 100_000
        for _ in range(n_bytes // len(block)):
            handler.send(block)

    return answer
