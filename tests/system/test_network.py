"""Deadlines for work that knows none, one flight for all, and a sentence for every failed connection."""

import threading
import time

import pytest
import requests

from catsel_core.language import USUAL, speak, spoken
from catsel_core.system.network import NO_ANSWER, TooSlowError, connection_problem, in_time
from catsel_core.system.single_flight import SingleFlight
from tests.support.waiting import threads_that_wait


def test_what_is_done_in_time_is_returned() -> None:
    assert in_time(lambda: threading.current_thread().name, 60, "a name") == "a name"
    assert in_time(lambda: None, 60, "nothing") is None


def test_the_work_speaks_the_language_of_the_thread_that_waits() -> None:
    speak("de")
    try:
        assert in_time(spoken, 60, "speaks") == "de"
    finally:
        speak(USUAL)


@pytest.mark.parametrize("error", [ValueError("a"), TimeoutError("of the work itself")])
def test_what_the_work_raises_is_raised(error: Exception) -> None:
    def work() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        in_time(work, 60, "fails")
    assert caught.value is error


def test_what_is_not_done_in_time_is_left_alone() -> None:
    release = threading.Event()
    with pytest.raises(TooSlowError):
        in_time(lambda: release.wait(60), 0.05, "slow")
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "slow")
    assert thread.daemon
    release.set()
    thread.join(60)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (requests.exceptions.SSLError(), "the connection is not secure; a filter in the network may be the reason"),
        (requests.exceptions.ProxyError(), "the network's proxy does not let the request through"),
        (requests.ConnectTimeout(), NO_ANSWER),
        (requests.ReadTimeout(), NO_ANSWER),
        (requests.ConnectionError(), "there is no connection; check that this computer is online"),
        (requests.exceptions.InvalidURL(), None),
        (ValueError(), None),
    ],
)
def test_every_failed_connection_has_its_sentence(error: Exception, sentence: str | None) -> None:
    assert connection_problem(error) == sentence


def test_whoever_asks_for_what_is_under_way_gets_the_same() -> None:
    flights: SingleFlight[str, object] = SingleFlight()
    begun, release = threading.Event(), threading.Event()
    made: list[object] = []

    def work() -> object:
        begun.set()
        release.wait(60)
        return object()

    threads = [threading.Thread(target=lambda: made.append(flights.result("a", work))) for _ in range(3)]
    threads[0].start()
    assert begun.wait(60)
    for thread in threads[1:]:
        thread.start()
    assert flights.result("b", lambda: "another") == "another"
    while threads_that_wait() < 2:
        time.sleep(0.01)
    release.set()
    for thread in threads:
        thread.join(60)
    assert len(made) == 3
    assert len({id(one) for one in made}) == 1
    assert flights.result("a", lambda: "anew") == "anew"


def test_when_the_one_who_began_is_interrupted_the_others_do_not_wait_forever() -> None:
    flights: SingleFlight[str, str] = SingleFlight()

    def work() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        flights.result("a", work)
    assert flights.result("a", lambda: "anew") == "anew"
