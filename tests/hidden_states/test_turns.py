"""Turns at the model: fair between runs, by model, given up when nobody wants them. They are counted, not timed."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from catsel_core.hidden_states import turns as turns_module
from catsel_core.hidden_states.turns import STAY_TURNS, Patient, Turns
from catsel_core.models.spec import ModelSpec

A, B = (ModelSpec(name, "1", Path("/nowhere") / name, 1) for name in "ab")


class Hall:
    """Runs in threads of their own; ``order`` is who had which turn. Every turn ends when the test lets it."""

    def __init__(self, most: int = 1) -> None:
        self.turns = Turns(lambda: most)
        self.order: list[str] = []
        self.threads: list[threading.Thread] = []
        self.began = threading.Semaphore(0)
        self.held: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(0))

    def run(self, name: str, model: ModelSpec, chunks: int) -> None:
        """Begin a run of so many chunks; returns when it waits for its first turn or has it."""
        asked, held = threading.Event(), self.held[name]

        class Asking(Patient):
            def check(self) -> None:
                asked.set()

        def work() -> None:
            with self.turns.line(model, Asking()) as line:
                for _ in range(chunks):
                    with line.turn():
                        self.order.append(name)
                        self.began.release()
                        assert held.acquire(timeout=20)

        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()
        assert asked.wait(20)

    def wait_for_turn(self) -> None:
        assert self.began.acquire(timeout=20)

    def let(self, name: str, turns: int = 1) -> None:
        """So many turns of this run end."""
        self.held[name].release(turns)

    def settled(self) -> list[str]:
        """Who has had which turn, once nobody else gets one."""
        while self.began.acquire(timeout=0.3):
            pass
        return self.order

    def finish(self, last: str = "") -> list[str]:
        """Let every turn end, and all runs too; those of ``last`` after all others."""
        for name, held in self.held.items():
            if name != last:
                held.release(1000)
        if last:
            self.settled()
            self.let(last, 1000)
        for thread in self.threads:
            thread.join(20)
            assert not thread.is_alive()
        return self.order


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


def test_a_new_run_goes_beside_the_chunk_that_is_under_way(hall: Hall) -> None:
    hall.run("long", A, 9)
    hall.wait_for_turn()
    hall.run("new", A, 1)
    hall.wait_for_turn()
    hall.run("newer", A, 1)
    assert hall.settled() == ["long", "new"]  # two at once, not three
    hall.let("new")
    hall.wait_for_turn()
    assert hall.order == ["long", "new", "newer"]  # the long one has not moved
    hall.let("newer")
    hall.run("other", B, 1)
    hall.run("short", replace(A, precision="bfloat16"), 1)
    assert hall.settled() == ["long", "new", "newer"]  # the model is not driven out under the long one's hands
    assert hall.finish().index("other") == STAY_TURNS


def test_a_second_chunk_goes_beside_nothing(hall: Hall) -> None:
    hall.run("long", A, 2)
    hall.wait_for_turn()
    hall.run("two", A, 2)
    hall.wait_for_turn()
    hall.let("two")
    assert hall.settled() == ["long", "two"]
    assert hall.finish() == ["long", "two", "two", "long"]


def test_a_model_stays_until_what_goes_on_beside_has_ended(hall: Hall) -> None:
    hall.run("a", A, 1)
    hall.wait_for_turn()
    hall.run("beside", A, 1)
    hall.wait_for_turn()
    hall.run("b", B, 1)
    hall.let("a")
    assert hall.settled() == ["a", "beside"]
    hall.let("beside")
    hall.wait_for_turn()
    assert hall.finish() == ["a", "beside", "b"]


def test_new_runs_with_the_model_in_memory_do_not_make_its_stay_longer(hall: Hall) -> None:
    hall.run("a", A, STAY_TURNS + 1)
    hall.let("a", STAY_TURNS - 1)
    assert len(hall.settled()) == STAY_TURNS
    hall.run("b", B, 1)
    hall.run("new", A, 1)
    assert len(hall.settled()) == STAY_TURNS  # not beside: b's time has come
    assert hall.finish()[STAY_TURNS] == "b"


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
