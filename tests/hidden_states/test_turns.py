"""Turns at the model: fair between runs, by model, given up when nobody wants them. They are counted, not timed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby

import pytest

from catsel_core.hidden_states import turns as turns_module
from catsel_core.hidden_states.turns import STAY_TURNS, Patient, Turns
from tests.support.hall import A, B, Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_one_run_has_one_turn_after_the_other(hall: Hall) -> None:
    hall.run("x", A, 3)
    assert hall.finish() == ["x", "x", "x"]


def test_runs_take_turns_chunk_by_chunk(hall: Hall) -> None:
    hall.run("x", A, 4)
    hall.wait_for_turn()
    hall.run("y", A, 4)
    hall.wait_for_turn()  # the first of y goes beside the first of x
    hall.let("y")
    assert hall.settled() == ["x", "y"]
    assert hall.finish() == ["x", "y", *(["y", "x"] * 3)]


@pytest.mark.parametrize("others", [1, 2, 5])
def test_a_new_run_waits_for_no_more_than_the_chunk_that_is_under_way(others: int, hall: Hall) -> None:
    for number in range(others):
        hall.run(str(number), A, 20)
        hall.let(str(number), 3)
    assert len(hall.settled()) <= 3 * others + 2  # all of them are under way, or wait for their second chunk
    before = len(hall.order)
    hall.run("new", A, 1)
    order = hall.finish()[before:]
    assert order[0] == "new"
    assert len(order) == 20 * others - before + 1


def test_new_runs_do_not_go_first_twice_in_a_row(hall: Hall) -> None:
    hall.run("a", A, 5)
    hall.wait_for_turn()
    hall.run("b", A, 5)
    hall.wait_for_turn()
    hall.let("b")
    hall.settled()
    hall.let("a")
    hall.wait_for_turn()
    before = len(hall.settled())
    assert hall.order == ["a", "b", "b"]
    for number in range(3):
        hall.run(f"new {number}", A, 1)
    assert hall.settled()[before:] == ["new 0"]  # beside b, where it stays for now
    order = hall.finish(last="new 0")[before + 1 :]
    assert order[:5] == ["new 1", "a", "new 2", "b", "a"]


def blocks(order: list[str]) -> list[tuple[str, int]]:
    """``("a", 3)`` for three turns of the model a in a row; runs are named after their model."""
    return [(name, len(list(each))) for name, each in groupby(order, key=lambda run: run[0])]


def test_two_models_asked_for_in_turns_change_places_seldom(hall: Hall) -> None:
    hall.run("a", A, 3 * STAY_TURNS)
    hall.wait_for_turn()
    hall.run("b", B, 3 * STAY_TURNS)
    assert blocks(hall.finish()) == [("a", STAY_TURNS), ("b", STAY_TURNS)] * 3


def test_runs_of_one_model_share_its_stay(hall: Hall) -> None:
    hall.run("a1", A, STAY_TURNS)
    hall.wait_for_turn()
    hall.run("b", B, 2)
    hall.run("a2", A, STAY_TURNS)
    hall.let("a2")
    assert hall.settled() == ["a1", "a2"]
    order = hall.finish()
    assert blocks(order) == [("a", STAY_TURNS), ("b", 2), ("a", STAY_TURNS)]
    assert order[:4] == ["a1", "a2", "a2", "a1"]


def test_a_model_without_work_gives_way_at_once(hall: Hall) -> None:
    hall.run("a", A, 1)
    hall.wait_for_turn()
    hall.run("b", B, 1)
    hall.run("a2", A, 1)
    assert hall.finish() == ["a", "a2", "b"]  # one reading of b's weights, and none of a's
    hall.run("b", B, 1)
    hall.run("a3", A, 1)
    assert hall.finish()[3:] == ["b", "a3"]


def test_models_that_fit_beside_each_other_take_turns() -> None:
    hall = Hall(most=2)
    hall.run("a", A, 4)
    hall.wait_for_turn()
    hall.run("b", B, 4)
    assert hall.finish() == ["a", "b"] * 4


class UnwantedError(Exception):
    pass


class Impatient(Patient):
    """Gives up once it is told to; ``waits`` is set for as long as it waits."""

    def __init__(self) -> None:
        self.waits, self.unwanted = threading.Event(), threading.Event()

    def check(self) -> None:
        if self.unwanted.is_set():
            raise UnwantedError

    @contextmanager
    def aside(self) -> Iterator[None]:
        self.waits.set()
        yield
        self.waits.clear()


def in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    raised: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except UnwantedError as exc:
            raised.append(exc)

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread, raised


def test_what_waits_for_its_turn_can_be_stopped(hall: Hall) -> None:
    for name in ("x", "beside"):
        hall.run(name, A, 1)
        hall.wait_for_turn()
    waiter = Impatient()

    def wait() -> None:
        with hall.turns.line(A, waiter) as line, line.turn():
            raise AssertionError("its turn never comes")

    thread, raised = in_thread(wait)
    assert waiter.waits.wait(20)
    waiter.unwanted.set()
    thread.join(20)
    assert (len(raised), thread.is_alive()) == (1, False)
    hall.run("y", A, 1)  # nobody stands in its way
    assert hall.finish() == ["x", "beside", "y"]


def test_a_turn_that_ends_with_an_error_is_over() -> None:
    turns = Turns(lambda: 1)

    def fail() -> None:
        with turns.line(A, Patient()) as line, line.turn():
            raise UnwantedError

    for _ in range(2):
        with pytest.raises(UnwantedError):
            fail()


def test_who_waits_stands_aside_and_who_runs_does_not() -> None:
    turns, waiter, seen = Turns(lambda: 1), Impatient(), []
    with turns.line(A, waiter) as line:
        for _ in range(2):
            with line.turn():
                seen.append(waiter.waits.is_set())
    assert seen == [False, False]


def test_a_bad_number_of_models_is_told_to_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "POLL_SECONDS", 0.01)
    bad = [True]

    def most() -> int:
        if bad:
            raise UnwantedError
        return 1

    turns = Turns(most)
    with pytest.raises(UnwantedError), turns.line(A, Patient()) as line, line.turn():
        pass
    bad.clear()
    with turns.line(A, Patient()) as line, line.turn():
        pass
