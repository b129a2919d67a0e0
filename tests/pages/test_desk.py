"""Jobs: shared by equal requests, watched by visitors, stopped by each for himself, and none in another's way."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from catsel_core.settings import current_settings
from pages.ui.work import desk as desk_module
from pages.ui.work.desk import IN_LINE, WAKING, Desk, Job, StoppedError

SECONDS = 30
JOBS = current_settings().jobs


class Work:
    """Work that goes on when the test lets it, step by step; ``begun`` is what it was asked for, in order."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.came, self.go_on = threading.Semaphore(0), threading.Event()

    def __call__(self, request: Any, job: Job) -> Any:
        self.begun.append(request)
        self.came.release()
        assert self.go_on.wait(SECONDS)
        job.check()
        return f"done {request}"

    def wait(self, jobs: int = 1) -> None:
        for _ in range(jobs):
            assert self.came.acquire(timeout=SECONDS)


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.go_on.set()


def new_job(**settings: Any) -> Job:
    return Job(threading.Semaphore(JOBS), **settings)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that nobody waits for may end at once."""
    monkeypatch.setattr(desk_module, "PATIENCE_SECONDS", -1.0)


def ends(job: Job) -> bool:
    try:
        job.tell(1, 3)
    except StoppedError:
        return True
    return False


def test_twenty_who_want_the_same_share_one_job(work: Work) -> None:
    desk, together, all_have_it = Desk(work), threading.Barrier(20), threading.Barrier(21)

    def ask(_: int) -> Any:
        together.wait(SECONDS)
        job = desk.job("a")
        all_have_it.wait(SECONDS)
        with job.watched():
            return job.future.result(SECONDS)

    with ThreadPoolExecutor(20) as pool:
        asked = pool.map(ask, range(20))
        all_have_it.wait(SECONDS)
        work.go_on.set()
        assert list(asked) == ["done a"] * 20
    assert work.begun == ["a"]
    assert desk.running("a") is None
    assert desk.job("a").future.result(SECONDS) == "done a"  # what is over is no longer shared
    assert work.begun == ["a", "a"]


def test_errors_reach_all_who_wait_and_the_next_one_tries_again() -> None:
    calls: list[str] = []

    def fail(request: str, job: Job) -> None:
        calls.append(request)
        raise TimeoutError("from the work")  # must not be taken for a wait that is over

    desk = Desk(fail)
    for _ in range(2):
        with pytest.raises(TimeoutError, match="from the work"):
            desk.job("a").future.result(SECONDS)
    assert calls == ["a", "a"]


def test_work_that_nobody_waits_for_ends_and_waiting_keeps_it(impatient: None) -> None:
    job = new_job()
    with job.watched():
        assert not ends(job)
    assert ends(job)
    job.tell(3, 3)  # what is finished is not thrown away
    assert ends(job)
    with job.watched():
        assert not ends(job)


def test_work_is_given_a_while_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(desk_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    job = new_job()
    with job.watched():
        now[0] += 1000
    for seconds, over in ((desk_module.PATIENCE_SECONDS, False), (0.01, True)):
        now[0] += seconds
        assert ends(job) == over


def test_of_unknown_length_work_can_be_ended_too(impatient: None) -> None:
    with pytest.raises(StoppedError):
        new_job().tell(5, 0)


def test_lasting_work_goes_on_without_anybody_until_it_is_stopped(impatient: None) -> None:
    job = new_job(lasting=True)
    assert not ends(job)
    job.end_unless_watched()
    assert ends(job)


def test_a_stop_ends_only_the_waiting_of_the_one_who_stops() -> None:
    job = new_job()
    with ExitStack() as b:
        with job.watched():  # a, who leaves and has pressed Stop
            b.enter_context(job.watched())
        job.end_unless_watched()
        assert not ends(job)
    assert not ends(job)  # b has left a moment ago, and pressed nothing
    job.end_unless_watched()
    assert ends(job)


def test_whoever_comes_after_a_stop_keeps_the_work_going() -> None:
    job = new_job()
    with job.watched():
        pass
    job.end_unless_watched()
    with job.watched():
        assert not ends(job)
    assert not ends(job)


def test_counts_of_those_who_wait_are_exact(impatient: None) -> None:
    job, together = new_job(), threading.Barrier(16)

    def come_and_go(_: int) -> None:
        together.wait(SECONDS)
        for _ in range(2000):
            with job.watched():
                pass

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(come_and_go, range(16)))
    assert job._waiting == 0
    assert ends(job)
    with job.watched():
        assert not ends(job)


def test_a_few_jobs_work_at_a_time_and_one_that_stands_aside_lets_another_in(work: Work) -> None:
    aside, back = threading.Event(), threading.Event()

    def stand_aside(request: Any, job: Job) -> Any:
        if request == "aside":
            with job.aside():
                aside.set()
                assert back.wait(SECONDS)
            return job.message
        return work(request, job)

    desk = Desk(stand_aside)
    waits = desk.job("aside")
    assert waits.message in (WAKING, IN_LINE)
    assert aside.wait(SECONDS)
    assert waits.message == IN_LINE
    busy = [desk.job(number) for number in range(JOBS)]
    work.wait(JOBS)  # as many as may work, beside the one that stands aside
    late = desk.job("late")
    assert not work.came.acquire(timeout=0.2)
    back.set()
    work.go_on.set()
    assert [job.future.result(SECONDS) for job in (*busy, late)] == [
        *(f"done {n}" for n in range(JOBS)),
        "done late",
    ]
    assert waits.future.result(SECONDS) == WAKING


def test_any_number_may_stand_aside_at_once() -> None:
    together = threading.Barrier(3 * JOBS + 1)

    def stand_aside(request: int, job: Job) -> int:
        with job.aside():
            together.wait(SECONDS)
        return request

    desk = Desk(stand_aside)
    jobs = [desk.job(number) for number in range(3 * JOBS)]
    together.wait(SECONDS)
    assert [job.future.result(SECONDS) for job in jobs] == list(range(3 * JOBS))


def test_work_whose_visitor_left_before_it_began_is_dropped(work: Work, impatient: None) -> None:
    desk = Desk(work)
    slots = desk._slots = threading.Semaphore(JOBS)
    with ExitStack() as stay:
        jobs = []
        for number in range(JOBS):  # watched before they look
            job = Job(slots)
            stay.enter_context(job.watched())
            jobs.append(job)
            desk._jobs[number] = job
            threading.Thread(target=desk._run, args=(number, job), daemon=True).start()
        work.wait(JOBS)
        late = desk.job("late")
        work.go_on.set()
        with pytest.raises(StoppedError):
            late.future.result(SECONDS)
        assert {job.future.result(SECONDS) for job in jobs} == {f"done {number}" for number in range(JOBS)}
    assert "late" not in work.begun


def test_the_time_left_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(desk_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    job = new_job()
    seen: list[float | None] = []

    with job.watched():
        for done in range(4):
            job.tell(done, 10)
            seen.append(job.seconds_left())
            now[0] += 2
    assert seen == [None, 18.0, 16.0, 14.0]


def test_a_new_step_is_counted_anew_and_waiting_for_its_first_piece_says_nothing_of_its_pace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter(range(0, 1_000, 10))
    monkeypatch.setattr(desk_module, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
    job = new_job(lasting=True)
    job.tell(0, 0)  # ten seconds a call: a long wait for the first piece
    job.tell(0, 0)
    job.tell(10, 100)
    job.tell(20, 100)
    assert job.seconds_left() == pytest.approx(70)  # ten pieces in ten seconds, eighty to come, ten seconds ago
    job.say("Something else …")
    assert (job.message, job.done, job.total, job.seconds_left()) == ("Something else …", 0, 0, None)


def test_what_is_said_stands_until_something_is_counted() -> None:
    job = new_job()
    seen: list[str] = []
    with job.watched():
        for done in (0, 1):  # at first nothing is finished yet
            job.tell(done, 3)
            seen.append(job.message)
        with job.aside():
            seen.append(job.message)
        seen.append(job.message)
        job.tell(3, 3)
        job.say("Looking at it once more …")
        seen.append(job.message)
    assert seen == [WAKING, "", IN_LINE, "", "Looking at it once more …"]
